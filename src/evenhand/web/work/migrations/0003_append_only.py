"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record."""

    dependencies = (("work", "0002_more"),)

    operations = (
        AppendOnly("work_challenge", erasable=("question",)),
        AppendOnly("work_action"),
        AppendOnly("work_evidence"),
        AppendOnly("work_evidenceversion"),
        AppendOnly("work_update", erasable=("progress", "challenges", "next_steps")),
        AppendOnly("work_answer", erasable=("text",)),
        AppendOnly("work_challengestanding", facts=True, erasable=("reason",)),
        AppendOnly("work_actionstanding", facts=True),
        AppendOnly("work_actioncoverage", facts=True),
        AppendOnly("work_evidencestanding", facts=True),
        AppendOnly("work_evidenceuse", facts=True),
    )
