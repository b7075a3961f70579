"""Who lives in each invented borough: the groups of London, mixed differently everywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.codelists import get_codelist
from evenhand.datasets.synthetic.chance import spread
from evenhand.datasets.synthetic.figures import CITY_BLACK, CITY_RESIDENTS, RESIDENTS
from evenhand.datasets.synthetic.places import VISITED

EDITION = "ethnicity-2021"
GROUPS = tuple(RESIDENTS)

MEAN_RESIDENTS = 150_000
"""Half of London's mean borough (275,000): two years of stops then come to about 200,000 rows, a
size that is measured while a person waits."""
_SIZE_SPREAD = 0.25
"""London's boroughs, City aside, have residents with a log standard deviation of 0.23 (TS021)."""
_SHARE_SPREAD = {"white": 0.15, "mixed": 0.2, "asian": 0.5, "black": 0.5, "other": 0.35}
"""Log standard deviations of broad shares over London's boroughs, rounded down (TS021)."""


def build_residents(rng: np.random.Generator, boroughs: tuple[str, ...]) -> NDArray[np.int64]:
    """People by borough and group of 2021, shape (boroughs, 19)."""
    broad = [get_codelist(EDITION).get(group).broad for group in GROUPS]
    kinds = list(dict.fromkeys(broad))
    factor = np.stack([spread(rng, _SHARE_SPREAD[kind], len(boroughs)) for kind in kinds], axis=1)
    shares = np.array(list(RESIDENTS.values()), dtype=np.float64)
    weights = shares * factor[:, [kinds.index(kind) for kind in broad]]
    weights /= weights.sum(axis=1, keepdims=True)
    sizes = MEAN_RESIDENTS * spread(rng, _SIZE_SPREAD, len(boroughs))
    people: NDArray[np.int64] = np.rint(weights * sizes[:, None]).astype(np.int64)
    people[boroughs.index(VISITED)] = _city(shares, np.array([kind == "black" for kind in broad]))
    return people


def _city(shares: NDArray[np.float64], black: NDArray[np.bool_]) -> NDArray[np.int64]:
    parts = np.where(
        black,
        CITY_BLACK * shares / shares[black].sum(),
        (CITY_RESIDENTS - CITY_BLACK) * shares / shares[~black].sum(),
    )
    people: NDArray[np.int64] = np.rint(parts).astype(np.int64)
    return people
