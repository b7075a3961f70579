"""Named policies: how much each audience may see, as data with a version and a reason."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Policy:
    """What is hidden from one audience.

    ``count_below``: a count from 1 to ``count_below`` - 1 is hidden, and so is one whose
    complement within its total is that small. ``population_below``: what is derived over fewer
    people than this is hidden. ``hide_all_or_none``: also hide 0% and 100%, which say something
    about everyone in the group (group disclosure).
    """

    name: str
    version: int
    audience: str
    count_below: int
    population_below: int
    hide_all_or_none: bool
    reason: str


PUBLIC = Policy(
    name="public",
    version=1,
    audience="anyone",
    count_below=5,
    population_below=100,
    hide_all_or_none=False,
    reason="Counts of 1 to 4 can point to a person (ONS policy on protecting confidentiality in "
    "tables of birth and death statistics; NHS England small-number guidance).",
)

STAFF = Policy(
    name="staff",
    version=1,
    audience="people inside the service without clearance for small groups",
    count_below=10,
    population_below=10,
    hide_all_or_none=True,
    reason="Colleagues know one another: 0% or 100% of a small team says something of each member.",
)

CLEARED = Policy(
    name="cleared",
    version=1,
    audience="named analysts cleared to see small numbers",
    count_below=0,
    population_below=0,
    hide_all_or_none=False,
    reason="Nothing is hidden; every figure still says how many people it rests on.",
)

POLICIES = {policy.name: policy for policy in (PUBLIC, STAFF, CLEARED)}


def get_policy(name: str) -> Policy:
    """The policy with this name; an unknown name is refused with the names there are."""
    if name not in POLICIES:
        raise UsageProblem(
            f"there is no disclosure policy called {name!r}.",
            remedy=f"Choose one of: {', '.join(POLICIES)}.",
        )
    return POLICIES[name]
