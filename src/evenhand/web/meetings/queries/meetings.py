"""Questions about meetings: their agenda and minutes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.machines import MEETING
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.choices import MinuteKind
from evenhand.web.meetings.models import AgendaPlace, MeetingStanding, Minute, MinuteSubject


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting and how it stood."""

    pk: int
    ref: str
    title: str
    body: str
    body_name: str
    on: date
    place: str
    state: str
    reason: str

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"meeting:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls its state."""
        return MEETING.state(self.state).words


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """A minute: what it says, about which recommendations, and what corrects it."""

    ref: str
    item: str
    meeting: str
    meeting_title: str
    meeting_pk: int
    kind: str
    words: str
    challenge: str
    corrects: str
    by: str
    recorded_at: datetime
    about: tuple[str, ...]

    @property
    def kind_words(self) -> str:
        """What a page calls the kind."""
        return str(MinuteKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """An item of an agenda with its paper's reference and its minutes."""

    pk: int
    ref: str
    number: int
    title: str
    paper: str
    meeting: str
    reason: str
    minutes: tuple[MinuteRow, ...]


def list_meetings(*, as_of: AsOf) -> list[MeetingRow]:
    """Every meeting that had been planned, in the order of their days."""
    found = MeetingStanding.objects.as_of(as_of.moment).select_related("meeting__body")
    return [_meeting(row) for row in found.order_by("held_on", "pk")]


def get_meeting(ref: str, *, as_of: AsOf) -> MeetingRow:
    """The meeting with this reference."""
    found = MeetingStanding.objects.as_of(as_of.moment).select_related("meeting__body")
    row = found.filter(meeting__ref=ref).first()
    if row is None:
        raise NotThere("there is no such meeting at that date.", rule="meeting-exists")
    return _meeting(row)


def list_agenda(meeting: str, *, as_of: AsOf) -> list[AgendaRow]:
    """The agenda of a meeting in order, with its minutes; what was taken off is not on it."""
    found = AgendaPlace.objects.as_of(as_of.moment).filter(item__meeting__ref=meeting, number__gt=0)
    minutes: dict[str, list[MinuteRow]] = defaultdict(list)
    for each in list_minutes(as_of=as_of, meeting=meeting):
        minutes[each.item].append(each)
    rows = found.select_related("item__meeting", "paper").order_by("number", "pk")
    return [_agenda(row, tuple(minutes[row.item.ref])) for row in rows]


def get_agenda_item(ref: str, *, as_of: AsOf) -> AgendaRow:
    """One item of an agenda, with its minutes."""
    found = AgendaPlace.objects.as_of(as_of.moment).filter(item__ref=ref)
    row = found.select_related("item__meeting", "paper").first()
    if row is None:
        raise NotThere("there is no such agenda item at that date.", rule="agenda-item-exists")
    meeting = row.item.meeting.ref
    minutes = [m for m in list_minutes(as_of=as_of, meeting=meeting) if m.item == ref]
    return _agenda(row, tuple(minutes))


def list_minutes(
    *, as_of: AsOf, meeting: str = "", recommendation: str = "", challenge: str = ""
) -> list[MinuteRow]:
    """Minutes as recorded: of a meeting, about a recommendation, or about a question."""
    found = Minute.objects.as_of(as_of.moment).select_related(
        "item__meeting", "challenge", "corrects"
    )
    if meeting:
        found = found.filter(item__meeting__ref=meeting)
    if recommendation:
        about = MinuteSubject.objects.as_of(as_of.moment).filter(recommendation__ref=recommendation)
        found = found.filter(pk__in=about.values("minute"))
    if challenge:
        found = found.filter(challenge=challenge)
    rows = list(found.order_by("recorded_at", "pk"))
    about_each: dict[int, list[str]] = defaultdict(list)
    subjects = MinuteSubject.objects.filter(minute__in=[row.pk for row in rows])
    for minute, ref in subjects.order_by("pk").values_list("minute", "recommendation__ref"):
        about_each[minute].append(ref)
    return [_minute(row, tuple(about_each[row.pk])) for row in rows]


def _meeting(row: MeetingStanding) -> MeetingRow:
    meeting = row.meeting
    return MeetingRow(
        meeting.pk,
        meeting.ref,
        meeting.title,
        meeting.body.subject,
        meeting.body.name,
        row.held_on,
        row.place,
        row.state,
        row.reason,
    )


def _agenda(row: AgendaPlace, minutes: tuple[MinuteRow, ...]) -> AgendaRow:
    item = row.item
    return AgendaRow(
        item.pk,
        item.ref,
        row.number,
        item.title,
        row.paper.ref if row.paper else "",
        item.meeting.ref,
        row.reason,
        minutes,
    )


def _minute(row: Minute, about: tuple[str, ...]) -> MinuteRow:
    return MinuteRow(
        row.ref,
        row.item.ref,
        row.item.meeting.ref,
        row.item.meeting.title,
        row.item.meeting.pk,
        row.kind,
        row.words,
        row.challenge.ref if row.challenge else "",
        row.corrects.ref if row.corrects else "",
        row.by,
        row.recorded_at,
        about,
    )
