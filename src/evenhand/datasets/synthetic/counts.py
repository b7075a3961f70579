"""How many stops of whom, where and when: expected numbers, the planted truths, then chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.codelists import get_codelist, get_mapping
from evenhand.datasets.synthetic.chance import spread
from evenhand.datasets.synthetic.figures import (
    CITY_STOPS,
    NOT_RECORDED,
    NOT_STATED,
    RATES,
    SUBJECTS,
)
from evenhand.datasets.synthetic.places import (
    IMPROVING,
    IMPROVING_FROM,
    SILENT,
    UNEVEN,
    UNEVEN_FACTOR,
    VISITED,
)
from evenhand.datasets.synthetic.residents import EDITION, GROUPS

RECORDED_IN = "ethnicity-2011"
RECORDED = tuple(RATES)
BROAD = tuple(get_codelist(RECORDED_IN).get(group).broad for group in RECORDED)
KINDS = ("white", "black", "asian", "mixed", "other")

_LEVEL_SPREAD = 0.3
"""Log standard deviation of stops per resident over boroughs; London's of 2022 spread by more."""
_DISPARITY_SPREAD = 0.2
"""Log standard deviation of a group's rate against White over ordinary boroughs: half of the 0.4
that published Black/White ratios of London's boroughs had in 2022, so that what is planted stands
clear of it."""
_MONTH_SHAPE = 40.0
"""Gamma shape of a borough's month: a coefficient of variation of 16%, where London's months of
2022 had 13% for the whole city."""

Floats = NDArray[np.float64]


def build_counts(
    rng: np.random.Generator, boroughs: tuple[str, ...], residents: NDArray[np.int64], months: int
) -> NDArray[np.int64]:
    """Stops by borough, month and recorded group, shape (boroughs, months, 18)."""
    expected = _expected(rng, boroughs, residents)[:, None, :] * _disparity(boroughs, months)
    visitors = expected.sum(axis=(0, 1)) / expected.sum()
    expected[boroughs.index(VISITED)] = CITY_STOPS * visitors
    expected *= rng.gamma(_MONTH_SHAPE, 1 / _MONTH_SHAPE, (len(boroughs), months, 1))
    counts = rng.poisson(expected)
    counts[boroughs.index(SILENT), get_silent_month(months)] = 0
    return counts


def get_silent_month(months: int) -> int:
    """Position of the month one borough lacks: two fifths of the way."""
    return months * 2 // 5


def get_doubled_month(months: int) -> int:
    """Position of the month whose file lists every row twice: seven tenths of the way."""
    return months * 7 // 10


def _expected(
    rng: np.random.Generator, boroughs: tuple[str, ...], residents: NDArray[np.int64]
) -> Floats:
    """Stops a month by borough and group, as published rates and the usual spread would have it."""
    mapping = get_mapping(EDITION, RECORDED_IN).as_dict
    people = np.zeros((len(boroughs), len(RECORDED)))
    for position, group in enumerate(GROUPS):
        people[:, RECORDED.index(mapping[group])] += residents[:, position]
    # Published rates leave out unreported ethnicity and vehicle-only searches; the rows do not.
    stated = 1 - NOT_STATED - NOT_RECORDED
    persons = 1 - SUBJECTS["vehicle"] / sum(SUBJECTS.values())
    monthly = np.array(list(RATES.values())) / 1000 / 12 / stated / persons
    level = spread(rng, _LEVEL_SPREAD, (len(boroughs), 1))
    uneven = {kind: spread(rng, _DISPARITY_SPREAD, len(boroughs)) for kind in KINDS[1:]}
    for position in [boroughs.index(name) for name in (*UNEVEN, IMPROVING)]:
        uneven["black"][position] = 1.0  # here it is what is planted that counts
    uneven["white"] = np.ones(len(boroughs))
    return people * monthly * level * np.stack([uneven[kind] for kind in BROAD], axis=1)


def _disparity(boroughs: tuple[str, ...], months: int) -> Floats:
    """Planted factors on stops of Black people, shape (boroughs, months, 18)."""
    factors = np.ones((len(boroughs), months, len(RECORDED)))
    black = np.array(BROAD) == "black"
    for name in UNEVEN:
        factors[boroughs.index(name)][:, black] = UNEVEN_FACTOR
    falling = np.linspace(IMPROVING_FROM, 1.0, months)
    factors[boroughs.index(IMPROVING)][:, black] = falling[:, None]
    return factors
