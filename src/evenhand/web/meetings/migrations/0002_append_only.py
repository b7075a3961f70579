"""What is on the record can be neither changed nor deleted: the database refuses it."""

from __future__ import annotations

from django.db import migrations

from evenhand.web.foundation.append_only import AppendOnly


class Migration(migrations.Migration):
    """Triggers on every table that holds the record."""

    dependencies = (("meetings", "0001_initial"),)

    operations = (
        AppendOnly("meetings_meeting"),
        AppendOnly("meetings_agendaitem"),
        AppendOnly("meetings_minute", erasable=("words",)),
        AppendOnly("meetings_minutesubject"),
        AppendOnly("meetings_commission", erasable=("question",)),
        AppendOnly("meetings_snapshot"),
        AppendOnly("meetings_paper"),
        AppendOnly("meetings_paperversion", erasable=("changed", "why")),
        AppendOnly("meetings_paperissue", erasable=("decision", "content")),
        AppendOnly("meetings_meetingstanding", facts=True, erasable=("reason",)),
        AppendOnly("meetings_agendaplace", facts=True, erasable=("reason",)),
        AppendOnly("meetings_commissionstanding", facts=True, erasable=("reason",)),
        AppendOnly("meetings_paperstanding", facts=True, erasable=("reason",)),
        AppendOnly("meetings_papertext", facts=True, erasable=("text",)),
        AppendOnly("meetings_wordtemplate", facts=True),
    )
