"""Early warning from reviews: who may see that one person is unhappy, and when only a number is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.core import Decision

FEWEST = 10
"""Below this many reviewed people a count of the dissatisfied points at them: see nobody's."""

LONGEST_CHAIN = 20
"""No line of command is longer; a chain that is goes round in a circle."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team's reviews as a line manager or commander sees them: how many, and of how many."""

    dissatisfied: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class TeamNotice:
    """What may be said of a team: the count, or None and the reason why it is not said."""

    dissatisfied: int | None
    reviewed: int | None
    reason: str


def may_see_flag(viewer: str, subject: str, *, managers: Mapping[str, str]) -> Decision:
    """May this person be told that a review of another notes dissatisfaction?

    Only those above them in their own line of command may: whose work it is to put it right.
    Not the person's colleagues, not an analyst, not the panel. Every look is to be recorded,
    whatever is decided.

    Parameters
    ----------
    viewer, subject
        Keys of the two people.
    managers
        Each person's line manager; who has none is left out.

    Examples
    --------
    >>> managers = {"officer": "sergeant", "sergeant": "inspector"}
    >>> may_see_flag("inspector", "officer", managers=managers).allowed
    True
    >>> may_see_flag("officer", "sergeant", managers=managers).allowed
    False

    It goes up the line, and not down.
    """
    if viewer == subject:
        return Decision(
            allowed=False, reason="People read their own review where it is kept, not here."
        )
    if viewer in list_chain(subject, managers=managers):
        return Decision(allowed=True, reason="In this person’s line of command.")
    return Decision(
        allowed=False, reason="Only those above a person in their own line of command see this."
    )


def list_chain(subject: str, *, managers: Mapping[str, str]) -> tuple[str, ...]:
    """Everybody above a person, nearest first; a line that goes in a circle ends where it began."""
    chain: list[str] = []
    above = managers.get(subject, "")
    while above and above != subject and above not in chain and len(chain) < LONGEST_CHAIN:
        chain.append(above)
        above = managers.get(above, "")
    return tuple(chain)


def describe_team(team: Team, *, fewest: int = FEWEST) -> TeamNotice:
    """What a line manager or commander may be told of a team as a whole.

    Nothing of a team smaller than ``fewest``; nothing where all, or none, are dissatisfied, for
    that says something of each of them; and no count below three, which points at people.

    Examples
    --------
    >>> describe_team(Team(4, 25)).dissatisfied
    4
    >>> describe_team(Team(4, 4)).reason
    'Fewer than 10 people were reviewed: no number is given.'

    A team of four is told nothing, however many of them are unhappy.
    """
    if team.reviewed < fewest:
        return TeamNotice(None, None, f"Fewer than {fewest} people were reviewed: no number is "
                          "given.")  # fmt: skip
    if team.dissatisfied in (0, team.reviewed):
        return TeamNotice(
            None, team.reviewed, "All, or none: that would say something of each of them."
        )
    if team.dissatisfied < SMALLEST or team.reviewed - team.dissatisfied < SMALLEST:
        return TeamNotice(None, team.reviewed, "So few that the number would point at people.")
    return TeamNotice(team.dissatisfied, team.reviewed, "")


SMALLEST = 3
"""Of one or two, each knows the other: no number below this is given."""
