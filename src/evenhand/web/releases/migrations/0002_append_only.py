"""What was proposed, decided and released can be neither changed nor deleted."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table of releases."""

    dependencies = (("releases", "0001_initial"),)

    operations = (
        AppendOnly("releases_release"),
        AppendOnly("releases_releasestanding", facts=True),
        AppendOnly("releases_frozenrelease"),
        AppendOnly("releases_frozenrecord"),
    )
