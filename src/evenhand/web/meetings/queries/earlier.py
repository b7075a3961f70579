"""Which earlier snapshot a paper is compared with: that of the last board, where known."""

from __future__ import annotations

from evenhand.core import UsageProblem
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.models import PaperIssue, Snapshot
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.meetings.queries.meetings import MeetingRow, get_meeting, list_meetings


def find_earlier(plan: PaperPlan, snapshot: Snapshot, *, as_of: AsOf) -> Snapshot | None:
    """The snapshot of the last issued paper of this kind to this body; None at a first board.

    A paper on one report is followed by the next on that report. Where no such paper was issued,
    it is the last snapshot taken up to the day of the body's meeting before.
    """
    meeting = get_meeting(plan.meeting, as_of=as_of)
    taken = Snapshot.objects.as_of(as_of.moment).filter(recorded_at__lt=snapshot.recorded_at)
    issues = PaperIssue.objects.as_of(as_of.moment).filter(
        version__paper__kind=plan.kind,
        version__paper__publication=plan.publication or None,
        version__paper__meeting__body__ref=meeting.body.partition(":")[2],
        version__snapshot__in=taken,
    )
    last = issues.order_by("-recorded_at", "-pk").values_list("version__snapshot", flat=True)
    found: Snapshot | None = taken.defer("content").filter(pk__in=last[:1]).first()
    if found is not None:
        return found
    held = _last_held(meeting, as_of)
    if held is None:
        return None
    rows = taken.defer("content").order_by("recorded_at", "pk")
    until = [each for each in rows if day_of(each.recorded_at) <= held.on]
    return until[-1] if until else None


def get_earlier(ref: str, snapshot: Snapshot) -> Snapshot:
    """The snapshot chosen to compare with; refused where it was not taken before the other."""
    found: Snapshot | None = Snapshot.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such snapshot.", rule="snapshot-exists")
    if found.recorded_at >= snapshot.recorded_at:
        raise UsageProblem(
            "a paper is compared with a snapshot that was taken before its own.",
            remedy="Choose an earlier one to compare with, or a later one for the paper.",
            rule="compared-with-earlier",
        )
    return found


def _last_held(meeting: MeetingRow, as_of: AsOf) -> MeetingRow | None:
    """The body's last meeting that was held before this one."""
    held = [
        each
        for each in list_meetings(as_of=as_of)
        if each.body == meeting.body and each.on < meeting.on and each.state in ("held", "minuted")
    ]
    return held[-1] if held else None
