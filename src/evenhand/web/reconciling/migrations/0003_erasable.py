"""Words that the law may have erased can be replaced by the mark, and by nothing else."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers that permit erasure, in place of those that do not."""

    dependencies = (("reconciling", "0002_append_only"),)

    operations = (AppendOnly("reconciling_outsidedecision", erasable=("reason",)),)
