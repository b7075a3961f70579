"""What was found when words were erased, how each copy stands now, and what is due about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.accountability.remnants import Place, Standing, Step, find_step
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.queries.copies import IssuedCopy, list_issued_copies
from evenhand.web.releases.queries.copies import CopyRow, list_copies
from evenhand.web.remnants.models import RemnantStanding

Copy = CopyRow | IssuedCopy


@dataclass(frozen=True, slots=True)
class RemnantRow:
    """A copy that held words when they were erased, and the step that is due about it."""

    ref: str
    place: Place
    title: str
    found_on: date
    erasure: int
    copy: Copy
    state: str
    by: str
    reason: str
    step: Step

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"remnant:{self.ref}"

    @property
    def waits(self) -> bool:
        """Whether something is left to do."""
        return self.step is not Step.NOTHING

    @property
    def address(self) -> str:
        """The recommendation on whose public page it stands, if it does."""
        return self.copy.address if isinstance(self.copy, CopyRow) else ""


def list_remnants(*, as_of: AsOf) -> list[RemnantRow]:
    """Everything found by then: the most pressing step first, the longest known first."""
    rows = list(RemnantStanding.objects.as_of(as_of.moment).select_related("remnant"))
    keys: dict[Place, set[int]] = defaultdict(set)
    for row in rows:
        keys[Place(row.remnant.place)].add(row.remnant.copy)
    copies = _list_copies(keys, as_of)
    found = [_row(row, copies[Place(row.remnant.place), row.remnant.copy]) for row in rows]
    steps = list(Step)
    return sorted(found, key=lambda row: (steps.index(row.step), row.found_on, row.ref))


def get_remnant(ref: str, *, as_of: AsOf) -> RemnantRow:
    """One of them."""
    for row in list_remnants(as_of=as_of):
        if row.ref == ref:
            return row
    raise NotThere("there is no such copy.", rule="remnant-exists")


def list_still_public(*, as_of: AsOf) -> Mapping[str, date]:
    """The recommendations on whose public pages erased words stand, and since when it is known."""
    found: dict[str, date] = {}
    for row in list_remnants(as_of=as_of):
        if row.step is Step.WITHDRAW and row.address:
            found[row.address] = min(row.found_on, found.get(row.address, row.found_on))
    return found


def _list_copies(keys: Mapping[Place, set[int]], as_of: AsOf) -> Mapping[tuple[Place, int], Copy]:
    found: dict[tuple[Place, int], Copy] = {
        (each.place, each.key): each for each in list_copies(keys, as_of=as_of)
    }
    for issued in list_issued_copies(keys.get(Place.PAPER, set()), as_of=as_of):
        found[Place.PAPER, issued.key] = issued
    return found


def _row(row: RemnantStanding, copy: Copy) -> RemnantRow:
    place, dismissed = Place(row.remnant.place), row.state == "dismissed"
    standing = Standing(place, shown=copy.shown, erased=copy.erased, dismissed=dismissed)
    return RemnantRow(
        row.remnant.ref,
        place,
        copy.title,
        day_of(row.remnant.recorded_at),
        row.remnant.event_id,
        copy,
        row.state,
        row.by,
        row.reason,
        find_step(standing),
    )
