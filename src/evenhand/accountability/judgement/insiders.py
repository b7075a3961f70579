"""Who is barred from judging an item, whatever role they hold, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.core import Decision


@dataclass(frozen=True, slots=True)
class Term:
    """A seat on a panel: from when to when, both days included, and for which organisation."""

    member: str
    starts: date
    ends: date | None = None
    organisation: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the seat was held on this day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Ties:
    """What an item is tied to, and what one member is tied to.

    ``bound`` holds everybody who has held a duty on the item, the body it is addressed to, and the
    teams of either; ``hands`` who offered, reviewed or redacted its evidence, agreed its criterion
    for a side, or made the claim. ``speaks_for`` is the member with their teams, ever;
    ``organisation`` whom they sit for. ``declared`` are interests they declared themselves.
    """

    member: str
    speaks_for: frozenset[str]
    bound: frozenset[str]
    hands: frozenset[str]
    organisation: str = ""
    declared: tuple[str, ...] = ()


def list_bars(ties: Ties) -> tuple[str, ...]:
    """Every reason for which this member may not judge this item; empty: none is known."""
    bars = []
    if ties.member in ties.bound:
        bars.append("They hold, or held, a duty on this item.")
    elif ties.speaks_for & ties.bound:
        bars.append("They belong, or belonged, to a team that owns this item.")
    if ties.organisation and ties.organisation in ties.bound:
        bars.append("They sit for the body that this item is addressed to, or that owns it.")
    if ties.member in ties.hands:
        bars.append("They had a hand in what is judged: its evidence, its criterion or the claim.")
    bars += [f"They declared an interest: {each.rstrip('.')}." for each in ties.declared]
    return tuple(bars)


def may_sit(ties: Ties, term: Term | None, on: date) -> Decision:
    """May this member judge this item on this day?"""
    if term is None or not term.holds_on(on):
        return Decision(False, "Only a member of this panel, within their term, may judge.")
    bars = list_bars(ties)
    return Decision(not bars, " ".join(bars))
