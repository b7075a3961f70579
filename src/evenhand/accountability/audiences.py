"""Which disclosure policy a person's view of figures is made under: the more they must not infer,
the more is hidden."""

from __future__ import annotations

from enum import StrEnum

from evenhand.accountability.roles import Actor, Role, Where


class Audience(StrEnum):
    """The audiences that figures are kept for, each by the name of its disclosure policy."""

    PUBLIC = "public"
    STAFF = "staff"
    CLEARED = "cleared"

    @property
    def words(self) -> str:
        """What a page says about what its reader is shown."""
        return _WORDS[self]


_WORDS = {
    Audience.PUBLIC: "Small counts are hidden as they are for the public.",
    Audience.STAFF: "Small counts, and all or none of a small group, are hidden as they are for "
    "colleagues, who know one another.",
    Audience.CLEARED: "You are cleared to see small counts. Do not pass them on: what others see "
    "is hidden where it could point to a person.",
}

INSIDERS = (Role.OWNER, Role.UNIT_COMMANDER, Role.ASSOCIATION)
"""Roles held inside the service: colleagues can put a name to a small number."""


def audience_of(actor: Actor, where: Where, *, clearance: bool = True) -> Audience:
    """For which audience are figures about this place made when this person reads them?

    An analyst whose role reaches the place is cleared; without ``clearance`` (a token that does
    not ask for it) nobody is. Someone inside the service gets what
    colleagues get, whatever else they are; everyone else gets what the public gets.

    Examples
    --------
    >>> from datetime import date
    >>> from evenhand.accountability.roles import ANYWHERE, Grant
    >>> owner = Actor("person:o", date(2026, 1, 1), (Grant(Role.OWNER), Grant(Role.MEMBER)))
    >>> audience_of(owner, ANYWHERE)
    <Audience.STAFF: 'staff'>

    An owner who is also a member still knows their colleagues.
    """
    if clearance and actor.has(Role.ANALYST, where=where):
        return Audience.CLEARED
    return Audience.STAFF if actor.has(*INSIDERS) else Audience.PUBLIC
