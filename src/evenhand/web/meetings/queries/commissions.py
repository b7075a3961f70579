"""Questions about reports that members asked for: what is to come, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.accountability.commissions import Asked, LateReport, list_late
from evenhand.accountability.machines import COMMISSION
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.models import CommissionStanding, MeetingStanding


@dataclass(frozen=True, slots=True)
class CommissionRow:
    """A commissioned report and how it stood; ``wanted_on`` is the day of its meeting."""

    pk: int
    ref: str
    title: str
    question: str
    asked_of: str
    asked_of_name: str
    asked_by: str
    asked_on: date
    state: str
    reason: str
    meeting: str
    meeting_title: str
    wanted_on: date
    first_wanted_on: date
    postponed: int
    paper: str

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"commission:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls its state."""
        return COMMISSION.state(self.state).words

    @property
    def asked(self) -> Asked:
        """The commission as the rules of lateness see it."""
        return Asked(self.ref, self.state, self.wanted_on, self.first_wanted_on, self.postponed)


def list_commissions(*, as_of: AsOf, state: str = "") -> list[CommissionRow]:
    """Commissioned reports by the day they are wanted, the earliest first."""
    found = CommissionStanding.objects.as_of(as_of.moment).select_related(
        "commission__asked_of", "commission__first_meeting", "meeting", "paper"
    )
    if state:
        found = found.filter(state=state)
    days = dict(MeetingStanding.objects.as_of(as_of.moment).values_list("meeting", "held_on"))
    first = _first_days()
    rows = [_row(each, days, first) for each in found]
    return sorted(rows, key=lambda row: (row.wanted_on, row.asked_on, row.pk))


def get_commission(ref: str, *, as_of: AsOf) -> CommissionRow:
    """The commission with this reference."""
    for row in list_commissions(as_of=as_of):
        if row.ref == ref:
            return row
    raise NotThere("there is no such commissioned report at that date.", rule="commission-exists")


def list_late_reports(*, as_of: AsOf) -> list[tuple[CommissionRow, LateReport]]:
    """Commissioned reports that are late on the day, the longest late first."""
    rows = {row.ref: row for row in list_commissions(as_of=as_of, state="asked_for")}
    late = list_late((row.asked for row in rows.values()), on=as_of.on)
    return [(rows[each.ref], each) for each in late]


def _first_days() -> dict[int, date]:
    """The day each meeting was first planned for: what a report was first wanted by."""
    days: dict[int, date] = {}
    for meeting, on in MeetingStanding.objects.order_by("-recorded_at", "-pk").values_list(
        "meeting", "held_on"
    ):
        days[meeting] = on
    return days


def _row(each: CommissionStanding, days: dict[int, date], first: dict[int, date]) -> CommissionRow:
    commission = each.commission
    return CommissionRow(
        commission.pk,
        commission.ref,
        commission.title,
        commission.question,
        commission.asked_of.subject,
        commission.asked_of.name,
        commission.asked_by,
        day_of(commission.recorded_at),
        each.state,
        each.reason,
        each.meeting.ref,
        each.meeting.title,
        days[each.meeting.pk],
        first[commission.first_meeting_id],
        each.postponed,
        each.paper.ref if each.paper else "",
    )
