"""The invented boroughs and the truths planted in them. None of them is, or resembles, a place."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import UsageProblem

SERVICE = "eldermarch"
TITLE = "Eldermarch Police"

VISITED = "Old Exchange"
UNEVEN = ("Cinder Quay", "Larch Basin")
UNSTATED = "Pebble Common"
IMPROVING = "Rowan Steps"
SILENT = "Heron Fields"
TIMELESS = "Otter Sluice"

_PLANTED = (VISITED, *UNEVEN, UNSTATED, IMPROVING, SILENT, TIMELESS)
_ORDINARY = (
    "Alder Vale", "Amber Reach", "Ash Hollow", "Birch Cross", "Bramble Heath", "Briar Gate",
    "Clover Down", "Copper Row", "Coral Bank", "Fern Hatch", "Flint Orchard", "Gorse Landing",
    "Hazel Rise", "Holly Staithe", "Indigo Wharf", "Ivory Tarn", "Juniper Lanes", "Kestrel Moor",
    "Linden Court", "Marl Spinney", "Nettle Green", "Quill Meadow", "Saffron Weir",
    "Sedge March", "Teasel Park",
)  # fmt: skip

MOST = len(_PLANTED) + len(_ORDINARY)
FEWEST = len(_PLANTED) + 3

UNEVEN_FACTOR = 2.2
"""How many times the usual disparity the two uneven boroughs have: about three times the spread of
the ordinary ones, so that they stand out of an over-dispersed funnel and nothing else does."""
UNEVEN_ARRESTS = 0.6
"""In them a search of a Black person leads to arrest this much less often: searched on less."""
IMPROVING_FROM = 2.2
"""The improving borough starts as uneven as those two and ends as even as the rest."""
UNSTATED_SHARE, UNSTATED_BLANK = 0.45, 0.08
"""Self-defined ethnicity not stated and blank where it is seldom asked: three times the usual."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Something planted on purpose, so that whether it is found can be checked."""

    unit: str
    kind: str
    words: str


def list_boroughs(number: int) -> tuple[str, ...]:
    """The first boroughs of the service: those with planted truths, then ordinary ones."""
    if not FEWEST <= number <= MOST:
        raise UsageProblem(
            f"there can be {FEWEST} to {MOST} boroughs, not {number}.", rule="synthetic-boroughs"
        )
    return (*_PLANTED, *_ORDINARY)[:number]


def get_code(position: int) -> str:
    """The code of the borough in this position; X99 stands for nothing in any real register."""
    return f"X99{position + 1:06d}"


def list_truths(silent: str, doubled: str) -> tuple[Truth, ...]:
    """What was planted; ``silent`` and ``doubled`` are the months concerned."""
    uneven = (
        f"Black people are stopped {UNEVEN_FACTOR:g} times as often, against White people, as in an"
        f" ordinary borough; searches of them end in arrest {UNEVEN_ARRESTS:g} times as often."
    )
    return (
        *(Truth(name, "uneven", uneven) for name in UNEVEN),
        Truth(
            IMPROVING,
            "improving",
            f"the disparity falls evenly from {IMPROVING_FROM:g} times the ordinary to the"
            " ordinary over the whole period.",
        ),
        Truth(
            UNSTATED,
            "unstated",
            f"self-defined ethnicity is not stated for {UNSTATED_SHARE:.0%} and blank for"
            f" {UNSTATED_BLANK:.0%}.",
        ),
        Truth(SILENT, "gap", f"{silent} is missing: a gap, not a zero."),
        Truth(TIMELESS, "midnight", "every time is midnight: the hour is unknown."),
        Truth(
            VISITED,
            "visitors",
            "hardly anybody lives there and most people stopped are visitors: a rate over"
            " residents means nothing.",
        ),
        Truth("", "doubled", f"the file of {doubled} lists every row twice."),
    )
