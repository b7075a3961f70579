"""A recommendation as a page shows it: its text and everything that stood about it at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.accountability.machines import OPEN_WORK, WORK
from evenhand.accountability.permissions import Item
from evenhand.accountability.roles import Where


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with the name of who holds it. ``party_pk`` finds when they leave."""

    party: str
    party_pk: int
    name: str
    role: str
    starts: date
    ends: date | None
    reason: str
    event: int = -1

    def holds_on(self, day: date) -> bool:
        """Whether it was held on this day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, strand or area."""

    ref: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """By when; the original beside it; how often it has been moved, and when last."""

    state: str
    due_on: date | None
    original_on: date
    slips: int
    since: date
    reason: str
    event: int = -1


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of the publication's scale, as reported."""

    code: str
    words: str
    closes: bool
    applies: bool
    as_at: date
    reason: str = ""
    event: int = -1


@dataclass(frozen=True, slots=True)
class WorkRow:
    """The state of the work, since when, and why."""

    state: str
    since: date
    reason: str
    event: int = -1

    @property
    def words(self) -> str:
        """What a page calls the state."""
        return WORK.state(self.state).words


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """What the body answered."""

    state: str
    reason: str
    responded_on: date
    event: int = -1


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A recommendation or sub-item and what stood about it; ``on`` is the day it is judged by."""

    pk: int
    ref: str
    number: str
    place: int
    heading: str
    text: str
    page: str
    is_item: bool
    parent: str
    publication: str
    publication_title: str
    inquiry: str
    inquiry_title: str
    scale: str
    addressed_to: str
    addressed_name: str
    recorded_on: date
    on: date
    title: str
    work: WorkRow
    level: LevelRow | None
    response: ResponseRow | None
    due: DueRow | None
    duties: tuple[DutyRow, ...]
    themes: tuple[ThemeRow, ...]

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"recommendation:{self.ref}"

    @property
    def name(self) -> str:
        """The working title, the published heading, or the beginning of the text."""
        if self.title or self.heading:
            return self.title or self.heading
        return self.text if len(self.text) <= 100 else f"{self.text[:97].rsplit(' ', 1)[0]}…"

    @property
    def full_number(self) -> str:
        """The number as people say it: ``12``, or ``3(b)`` of a sub-item."""
        if not self.parent:
            return self.number
        return f"{self.parent.rpartition('/')[2]}({self.number})"

    @property
    def label(self) -> str:
        """Publication and number, as people say it."""
        return f"{self.publication_title}, {self.full_number}"

    @property
    def holder(self) -> DutyRow | None:
        """Who is responsible on the day."""
        held = [duty for duty in self.duties if duty.role == "responsible"]
        return next((duty for duty in held if duty.holds_on(self.on)), None)

    @property
    def current_duties(self) -> tuple[DutyRow, ...]:
        """Every duty held on the day."""
        return tuple(duty for duty in self.duties if duty.holds_on(self.on))

    @property
    def is_open(self) -> bool:
        """Whether the service itself says there is something left to do."""
        return self.work.state in OPEN_WORK

    @property
    def item(self) -> Item:
        """The recommendation as permission rules see it."""
        return Item(self.subject, self.where, owners_of(self.current_duties))

    @property
    def where(self) -> Where:
        """Where it sits."""
        return place_of(self.inquiry, self.addressed_to, self.current_duties)


def owners_of(duties: tuple[DutyRow, ...]) -> frozenset[str]:
    """Who is bound by these duties: being consulted binds nobody."""
    return frozenset(duty.party for duty in duties if duty.role != "consulted")


def place_of(inquiry: str, addressed_to: str, duties: tuple[DutyRow, ...]) -> Where:
    """The scopes that reach an item: its inquiry, its bodies, the teams that hold duties."""
    parties = {duty.party for duty in duties}
    bodies = {party for party in (*parties, addressed_to) if party.startswith("body:")}
    units = {party for party in parties if party.startswith("team:")}
    return Where(inquiry, frozenset(bodies), frozenset(units))
