"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record."""

    dependencies = (("measures", "0001_initial"),)

    operations = (
        AppendOnly("measures_run"),
        AppendOnly("measures_figure"),
        AppendOnly("measures_findingnote"),
        AppendOnly("measures_runstanding", facts=True),
        AppendOnly("measures_findingreview", facts=True),
    )
