"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record."""

    dependencies = (("ledger", "0001_initial"),)

    operations = (
        AppendOnly("ledger_event"),
        AppendOnly("ledger_touch"),
        AppendOnly("ledger_node"),
        AppendOnly("ledger_checkpointrow"),
        AppendOnly("ledger_refusedattempt"),
    )
