"""Tables of meetings. Touched only by this app's own services and queries."""

from evenhand.web.meetings.models.commissions import Commission, CommissionStanding
from evenhand.web.meetings.models.meetings import (
    AgendaItem,
    AgendaPlace,
    Meeting,
    MeetingStanding,
    Minute,
    MinuteSubject,
)
from evenhand.web.meetings.models.papers import (
    Paper,
    PaperIssue,
    PaperStanding,
    PaperText,
    PaperVersion,
    Snapshot,
    WordTemplate,
)

__all__ = [
    "AgendaItem",
    "AgendaPlace",
    "Commission",
    "CommissionStanding",
    "Meeting",
    "MeetingStanding",
    "Minute",
    "MinuteSubject",
    "Paper",
    "PaperIssue",
    "PaperStanding",
    "PaperText",
    "PaperVersion",
    "Snapshot",
    "WordTemplate",
]
