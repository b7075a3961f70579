"""That a token was made, and ended, can be neither changed nor deleted."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on the tables of the record; the pace of a token is not of it."""

    dependencies = (("api", "0001_initial"),)

    operations = (
        AppendOnly("api_token"),
        AppendOnly("api_tokenend"),
    )
