"""The statistics of every pair at once, for rates over residents and for shares of events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.indicators.compare import Floats, Ints, Pairs
from evenhand.stats import (
    Estimates,
    Proportion,
    Rate,
    conditional_rate_test,
    detectable_rate_ratio,
    detectable_risk_ratio,
    fisher,
    proportion,
    rate,
    rate_ratio,
    rate_ratio_unknowns,
    risk_ratio,
    risk_ratio_unknowns,
)
from evenhand.stats.unknowns import UnknownBounds


@dataclass(frozen=True, slots=True)
class Statistics:
    """Columns over pairs: both sides' values, their ratio, its p-value, and what qualifies it.

    ``first_ratio`` is the ratio with exact repeats removed; ``low_bound`` and ``high_bound`` the
    ratio if all unknowns belonged to the comparator or to the group; ``detectable`` the smallest
    ratio above 1 that these denominators would have shown four times in five.
    """

    own: Estimates
    other: Estimates
    ratio: Estimates
    first_ratio: Floats
    p: Floats
    low_bound: Floats
    high_bound: Floats
    detectable: Floats


def estimate_rates(pairs: Pairs, present: NDArray[np.bool_], *, per: float) -> Statistics:
    """Rates per ``per`` person-years, by exact Poisson methods."""
    own = Rate(_counts(pairs.count, present), _sizes(pairs.of, present))
    other = Rate(_counts(pairs.other_count, present), _sizes(pairs.other_of, present))
    first = (
        Rate(_counts(pairs.first_count, present), _sizes(pairs.first_of, present)),
        Rate(_counts(pairs.first_other_count, present), _sizes(pairs.first_other_of, present)),
    )
    low, high = _bounds(rate_ratio_unknowns(own, other, _counts(pairs.unknown, present)))
    return Statistics(
        own=rate(own, per=per),
        other=rate(other, per=per),
        ratio=rate_ratio(own, other),
        first_ratio=rate_ratio(*first, method="log").value,
        p=conditional_rate_test(own, other).p,
        low_bound=low,
        high_bound=high,
        detectable=detectable_rate_ratio(own.population, other, method="normal").ratio_above,
    )


def estimate_shares(pairs: Pairs, present: NDArray[np.bool_]) -> Statistics:
    """Shares of events, by score intervals and Fisher's test with mid-p."""
    own, other = (
        _share(pairs.count, pairs.of, present),
        _share(pairs.other_count, pairs.other_of, present),
    )
    first = (
        _share(pairs.first_count, pairs.first_of, present),
        _share(pairs.first_other_count, pairs.first_other_of, present),
    )
    unknown = _share(pairs.unknown, pairs.unknown_of, present)
    low, high = _bounds(risk_ratio_unknowns(own, other, unknown))
    return Statistics(
        own=proportion(own),
        other=proportion(other),
        ratio=risk_ratio(own, other),
        first_ratio=risk_ratio(*first, method="log").value,
        p=fisher(own, other).p,
        low_bound=low,
        high_bound=high,
        detectable=detectable_risk_ratio(own.total, other, method="normal").ratio_above,
    )


def _bounds(unknowns: UnknownBounds) -> tuple[Floats, Floats]:
    """The least and the most the ratio is with every unknown in the one group or the other."""
    either = unknowns.known.value, unknowns.if_group.value, unknowns.if_comparator.value
    return np.minimum.reduce(either), np.maximum.reduce(either)


def _share(count: Ints, of: Floats, present: NDArray[np.bool_]) -> Proportion:
    return Proportion(_counts(count, present), _sizes(of, present))


def _counts(count: Ints, present: NDArray[np.bool_]) -> Ints:
    return np.where(present, count, 0)


def _sizes(of: Floats, present: NDArray[np.bool_]) -> Floats:
    return np.where(present & np.isfinite(of), of, 0.0)
