"""Reasons that the law may have erased can be replaced by the mark, and by nothing else."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers that permit erasure, in place of those that do not."""

    dependencies = (("register", "0004_append_only"),)

    operations = (
        AppendOnly("register_link", erasable=("reason",)),
        AppendOnly("register_linkstanding", facts=True, erasable=("reason",)),
        AppendOnly("register_response", facts=True, erasable=("reason",)),
        AppendOnly("register_duty", facts=True, erasable=("reason",)),
        AppendOnly("register_duedate", facts=True, erasable=("reason",)),
        AppendOnly("register_workstate", facts=True, erasable=("reason",)),
        AppendOnly("register_reportedlevel", facts=True, erasable=("reason",)),
    )
