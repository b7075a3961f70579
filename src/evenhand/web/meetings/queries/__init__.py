"""Questions about meetings. Each takes ``as_of=``, but for what stands for good once recorded."""

from evenhand.web.meetings.queries.commissions import (
    CommissionRow,
    get_commission,
    list_commissions,
    list_late_reports,
)
from evenhand.web.meetings.queries.copies import IssuedCopy, list_issued_copies
from evenhand.web.meetings.queries.earlier import find_earlier, get_earlier
from evenhand.web.meetings.queries.gathering import gather_register, recount
from evenhand.web.meetings.queries.meetings import (
    AgendaRow,
    MeetingRow,
    MinuteRow,
    get_agenda_item,
    get_meeting,
    list_agenda,
    list_meetings,
    list_minutes,
)
from evenhand.web.meetings.queries.papers import (
    IssueRow,
    PaperRow,
    VersionRow,
    find_template,
    get_paper,
    get_version,
    list_papers,
    list_texts,
    list_versions,
)
from evenhand.web.meetings.queries.snapshots import get_snapshot, list_snapshots

__all__ = [
    "AgendaRow",
    "CommissionRow",
    "IssueRow",
    "IssuedCopy",
    "MeetingRow",
    "MinuteRow",
    "PaperRow",
    "VersionRow",
    "find_earlier",
    "find_template",
    "gather_register",
    "get_agenda_item",
    "get_commission",
    "get_earlier",
    "get_meeting",
    "get_paper",
    "get_snapshot",
    "get_version",
    "list_agenda",
    "list_commissions",
    "list_issued_copies",
    "list_late_reports",
    "list_meetings",
    "list_minutes",
    "list_papers",
    "list_snapshots",
    "list_texts",
    "list_versions",
    "recount",
]
