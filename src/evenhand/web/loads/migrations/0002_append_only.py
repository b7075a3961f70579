"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record; files that only wait are not yet of it."""

    dependencies = (("loads", "0001_initial"),)

    operations = (
        AppendOnly("loads_load"),
        AppendOnly("loads_loadstanding", facts=True),
    )
