"""Words that the law may have erased can be replaced by the mark, and by nothing else."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers that permit erasure, in place of those that do not."""

    dependencies = (("work", "0003_append_only"),)

    operations = (
        AppendOnly("work_action", erasable=("title", "description")),
        AppendOnly("work_evidence", erasable=("title",)),
        AppendOnly("work_evidenceversion", erasable=("filename", "address", "method", "limits")),
        AppendOnly("work_actionstanding", facts=True, erasable=("reason",)),
        AppendOnly("work_actioncoverage", facts=True, erasable=("uncovered",)),
        AppendOnly("work_evidencestanding", facts=True, erasable=("reason",)),
        AppendOnly("work_evidenceuse", facts=True, erasable=("shows",)),
    )
