"""Rates and shares of the simulated workforce: round, plausible, and invented.

The published tables that the orders of magnitude come from are the Home Office police workforce
statistics (ranks, sex, kinds of worker) and the board papers on the race and faith inquiry.
"""

from __future__ import annotations

from dataclasses import dataclass

UNITS = (
    "Alder Vale", "Amber Reach", "Ash Hollow", "Birch Cross", "Bramble Heath", "Briar Gate",
    "Clover Down", "Copper Row", "Coral Bank", "Fern Hatch", "Flint Orchard", "Gorse Landing",
    "Crime command", "Public order", "Intelligence", "Training", "Custody", "Contact", "Forensics",
    "Headquarters",
)  # fmt: skip
"""Invented boroughs of the invented service, and commands; all are drawn alike."""

ROLES = {"officer": 0.66, "staff": 0.26, "pcso": 0.04, "special": 0.04}
"""Share of each role type among those who are there at the start."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Grades from the bottom; per step the months that must pass and how often people apply.

    ``applying`` is the chance of applying in a month once the wait is over; ``kinds`` are the
    processes an applicant goes through, one after another.
    """

    grades: tuple[str, ...]
    wait: tuple[int, ...] = ()
    applying: tuple[float, ...] = ()
    kinds: tuple[str, ...] = ("promotion",)

    def chance(self, step: int) -> float:
        """The chance of promotion in a month: applying, and passing every stage."""
        result = self.applying[step]
        for kind in self.kinds:
            for _, passing in STAGES[kind]:
                result *= passing
        return result


LADDERS = {
    "officer": Ladder(
        ("constable", "sergeant", "inspector", "chief-inspector", "superintendent",
         "chief-superintendent", "assistant-chief-constable"),
        wait=(36, 24, 24, 24, 24, 24),
        applying=(0.0068, 0.015, 0.015, 0.017, 0.017, 0.008),
        kinds=("exam", "promotion"),
    ),
    "staff": Ladder(
        ("band-g", "band-f", "band-e", "band-d", "band-c", "band-b", "band-a"),
        wait=(12, 12, 18, 24, 24, 24),
        applying=(0.015, 0.012, 0.009, 0.007, 0.006, 0.005),
    ),
    "pcso": Ladder(("pcso",)),
    "special": Ladder(("special-constable",)),
}  # fmt: skip

STAGES: dict[str, tuple[tuple[str, float], ...]] = {
    "recruitment": (
        ("sift", 0.6), ("assessment", 0.6), ("interview", 0.7), ("vetting", 0.94), ("medical", 0.97)
    ),
    "exam": (("exam", 0.5),),
    "promotion": (("support", 0.8), ("board", 0.6)),
    "specialist": (("sift", 0.7), ("interview", 0.6)),
}  # fmt: skip
"""The stages of each kind of process in their order, each with its pass rate."""

SPECIALIST_APPLYING, SPECIALIST_WAIT = 0.006, 24
"""Monthly chance that a uniformed constable with two years' service applies to be a detective."""
DETECTIVES, OTHER_SPECIALISM = 0.16, 0.08
"""Shares of officers who are detectives, and in other specialist posts, at the start."""

LEAVING = {"officer": 0.0038, "staff": 0.0070, "pcso": 0.0090, "special": 0.0150}
"""Monthly chance of leaving before retirement: 4.5%, 8%, 10% and 17% a year."""
JOINING = {role: share * LEAVING[role] for role, share in ROLES.items()}
"""Weights of the role types among recruits: each place is filled by the kind of person it lost."""
NEW_MONTHS, NEW_LEAVING = 24, 1.5
"""In their first two years people leave at one and a half times the rate."""
PENSION_MONTHS, RETIRING = 360, 0.04
"""After thirty years' service the monthly chance of retiring."""
REASONS = {
    "resigned": 0.62, "transferred to another service": 0.18, "ill health": 0.07,
    "dismissed": 0.05, "required to resign": 0.03, "end of contract": 0.04, "died": 0.01,
}  # fmt: skip
"""Reasons for leaving before retirement."""

TRANSFERRING = 0.006
"""Monthly chance of moving to another unit, drawn from all the others alike."""

TEMPORARY_START, TEMPORARY_END = 0.0006, 0.12
"""Monthly chance of a temporary promotion among those who may be promoted, and of its ending."""
TEMPORARY_MONTHS, TEMPORARY_OPEN, TEMPORARY_EXTEND = 6, 0.06, 0.5
"""Length planned, share without a planned end, share extended when the planned end is reached."""

PART_TIME = {"officer": 0.07, "staff": 0.20, "pcso": 0.15, "special": 1.0}

GROUPS: dict[str, dict[str, float]] = {
    "sex": {"female": 0.34, "male": 0.655, "other": 0.002, "prefer_not_to_say": 0.003},
    "ethnicity": {
        "W1": 0.760, "W2": 0.012, "W3": 0.001, "W9": 0.037, "M1": 0.008, "M2": 0.003, "M3": 0.007,
        "M9": 0.006, "A1": 0.022, "A2": 0.018, "A3": 0.010, "A4": 0.004, "A9": 0.012,
        "B1": 0.018, "B2": 0.016, "B9": 0.004, "O2": 0.002, "O9": 0.010,
        "prefer_not_to_say": 0.035, "blank": 0.015,
    },
    "disability": {"disabled": 0.06, "not-disabled": 0.72, "prefer_not_to_say": 0.05,
                   "not_asked": 0.12, "blank": 0.05},
    "religion": {"none": 0.33, "christian": 0.34, "buddhist": 0.006, "hindu": 0.015,
                 "jewish": 0.006, "muslim": 0.045, "sikh": 0.018, "other": 0.01,
                 "prefer_not_to_say": 0.10, "not_asked": 0.09, "blank": 0.04},
    "sexual_orientation": {"heterosexual": 0.66, "gay-or-lesbian": 0.03, "bisexual": 0.015,
                           "other": 0.005, "prefer_not_to_say": 0.12, "not_asked": 0.12,
                           "blank": 0.05},
}  # fmt: skip
"""Shares of each answer, the same for everybody whatever their role, unit or time: so a
difference that a measure finds was planted, or is chance."""

AGES = (("25-and-under", 0), ("26-40", 26), ("41-55", 41), ("over-55", 56))
"""Age bands and the age in years at which each begins."""
