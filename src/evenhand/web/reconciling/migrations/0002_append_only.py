"""What another ledger said, and what was decided about it, can be neither changed nor deleted."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on both tables."""

    dependencies = (("reconciling", "0001_initial"),)

    operations = (
        AppendOnly("reconciling_outsideledger"),
        AppendOnly("reconciling_outsidedecision"),
    )
