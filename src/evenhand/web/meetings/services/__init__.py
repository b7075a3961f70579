"""Commands of meetings, commissions, snapshots and papers."""

from evenhand.web.meetings.services.agenda import (
    add_agenda_item,
    ask_at_meeting,
    place_agenda_item,
    record_minute,
    take_off_agenda,
)
from evenhand.web.meetings.services.commissions import (
    accept_report,
    commission_report,
    postpone_commission,
    send_report_back,
    withdraw_commission,
)
from evenhand.web.meetings.services.issuing import (
    abandon_paper,
    correct_paper,
    issue_paper,
)
from evenhand.web.meetings.services.meetings import (
    agree_minutes,
    cancel_meeting,
    hold_meeting,
    move_meeting,
    plan_meeting,
)
from evenhand.web.meetings.services.papers import begin_paper, edit_section, set_template
from evenhand.web.meetings.services.snapshots import take_snapshot

__all__ = [
    "abandon_paper",
    "accept_report",
    "add_agenda_item",
    "agree_minutes",
    "ask_at_meeting",
    "begin_paper",
    "cancel_meeting",
    "commission_report",
    "correct_paper",
    "edit_section",
    "hold_meeting",
    "issue_paper",
    "move_meeting",
    "place_agenda_item",
    "plan_meeting",
    "postpone_commission",
    "record_minute",
    "send_report_back",
    "set_template",
    "take_off_agenda",
    "take_snapshot",
    "withdraw_commission",
]
