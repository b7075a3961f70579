"""Questions about proposals: what was asked for, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.machines import RELEASE
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.releases.gathering import Asked, view_at
from evenhand.web.releases.models import FrozenRelease, ReleaseStanding


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal and how it stands. ``number`` is its number on the public side, once there."""

    ref: str
    title: str
    statement: str
    reasons: str
    asked: Asked
    viewed_at: datetime
    content_sha256: str
    records: int
    proposed_by: str
    proposed_at: datetime
    state: str
    by: str
    reason: str
    since: date
    number: int | None

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"release:{self.ref}"

    @property
    def state_words(self) -> str:
        """What a page calls the state."""
        return RELEASE.state(self.state).words

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == RELEASE.start

    @property
    def as_of(self) -> AsOf:
        """The viewpoint from which it was proposed."""
        return view_at(self.viewed_at)


def list_proposals(*, state: str = "") -> list[ProposalRow]:
    """Every proposal, the latest first; those in one state."""
    rows = ReleaseStanding.objects.as_of(None).select_related("release")
    if state:
        rows = rows.filter(state=state)
    numbers = _numbers()
    return [_row(row, numbers) for row in rows.order_by("-release__recorded_at", "-release__pk")]


def get_proposal(ref: str) -> ProposalRow:
    """The proposal with this reference."""
    row = ReleaseStanding.objects.as_of(None).filter(release__ref=ref).first()
    if row is None:
        raise NotThere("there is no such release.", rule="release-exists")
    return _row(row, _numbers())


def read_asked(text: str) -> Asked:
    """What was asked for, from the words it is kept in."""
    kept = json.loads(text)
    return Asked(
        tuple(kept["publications"]),
        tuple(kept["recommendations"]),
        frozenset(kept["words"]),
        frozenset(kept.get("files", ())),
    )


def _numbers() -> dict[int, int]:
    """The public number of every release that was approved, by the event that approved it."""
    return dict(FrozenRelease.objects.values_list("event_id", "number"))


def _row(row: ReleaseStanding, numbers: dict[int, int]) -> ProposalRow:
    release = row.release
    events = release.standings.filter(state="released").values_list("event_id", flat=True)
    number = next((numbers[event] for event in events if event in numbers), None)
    return ProposalRow(
        release.ref,
        release.title,
        release.statement,
        release.reasons,
        read_asked(release.asked),
        release.viewed_at,
        release.content_sha256,
        release.records,
        release.proposed_by,
        release.recorded_at,
        row.state,
        row.by,
        row.reason,
        day_of(row.recorded_at),
        number,
    )
