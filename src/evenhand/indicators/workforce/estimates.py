"""The statistics of all comparisons of a measure at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE
from evenhand.indicators.estimate import Statistics
from evenhand.indicators.workforce.definition import Kind
from evenhand.indicators.workforce.pairs import Pairs
from evenhand.indicators.workforce.tensors import Floats
from evenhand.stats import (
    Estimates,
    Proportion,
    Rate,
    Reason,
    cochran_mantel_haenszel,
    conditional_rate_test,
    detectable_rate_ratio,
    detectable_risk_ratio,
    fisher,
    mantel_haenszel_rate_ratio,
    mantel_haenszel_risk_ratio,
    proportion,
    rate,
    rate_ratio,
    representation,
    risk_ratio,
    risk_ratio_unknowns,
)

KNOWN_WELL = 10_000_000
"""As many people as make a benchmark's share count as known when asking what could be seen."""


def estimate(kind: Kind, pairs: Pairs) -> Statistics:
    """Shares of people, or rates over person-years, against the comparator's.

    Where like is compared with like, the ratio is Mantel and Haenszel's within the strata and
    the test Cochran's, with continuity correction. Where the strata are too thin for them (see
    :func:`find_adjusted`) the two sides are compared as a whole by exact methods: of so few,
    what their make-up could explain is far less than what chance does. What the unknowns could
    change and what could be seen are worked out crudely.
    """
    crude = _rates(pairs) if kind is Kind.RATE else _shares(pairs)
    if pairs.strata is None:
        return crude
    own, other = _stratified(kind, pairs)
    if isinstance(own, Rate) and isinstance(other, Rate):
        pooled = mantel_haenszel_rate_ratio(own, other)
        test = cochran_mantel_haenszel(own, other, continuity=True)
    elif isinstance(own, Proportion) and isinstance(other, Proportion):
        pooled = mantel_haenszel_risk_ratio(own, other)
        test = cochran_mantel_haenszel(own, other, continuity=True)
    thick = find_adjusted(kind, pairs)
    ratio = _choose(thick, pooled.estimate, crude.ratio)
    return Statistics(
        own=crude.own,
        other=crude.other,
        ratio=ratio,
        first_ratio=crude.ratio.value,
        p=np.where(thick, test.p, crude.p),
        low_bound=_moved(crude.low_bound, crude.ratio.value, ratio.value),
        high_bound=_moved(crude.high_bound, crude.ratio.value, ratio.value),
        detectable=crude.detectable,
    )


ENOUGH = 5.0
"""Of the possible counts on either side of the expected one (Mantel and Fleiss 1980, Am J
Epidemiol 112:129): with fewer, a chi-squared test over strata is not to be trusted."""


def find_adjusted(kind: Kind, pairs: Pairs) -> NDArray[np.bool_]:
    """Which comparisons are made within strata: those whose strata hold enough to go by."""
    if pairs.strata is None:
        return np.zeros(len(pairs), dtype=bool)
    count, of, other, other_of = pairs.strata
    both = (of > 0) & (other_of > 0)
    events, size = np.where(both, count + other, 0.0), np.where(both, of + other_of, 1.0)
    expected = events * np.where(both, of, 0.0) / size
    if kind is Kind.RATE:
        least, most = np.zeros_like(events), events
    else:
        least, most = np.maximum(events - other_of, 0.0), np.minimum(events, of)
        least, most = np.where(both, least, 0.0), np.where(both, most, 0.0)
    room = np.minimum((expected - least).sum(axis=1), (most - expected).sum(axis=1))
    return np.asarray(room >= ENOUGH)


def _choose(mask: NDArray[np.bool_], one: Estimates, other: Estimates) -> Estimates:
    """The first where the mask holds, the second elsewhere; named for the first."""
    value, low, high = (
        np.where(mask, a, b)
        for a, b in ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    )
    reason = np.where(mask, one.reason, other.reason).astype(np.uint8)
    method = f"{one.method} ({other.method} where strata are thin)"
    return Estimates(value, low, high, reason, method, one.confidence)


def _moved(bound: Floats, crude: Floats, adjusted: Floats) -> Floats:
    """How far the unknowns move the crude ratio, put to the adjusted one."""
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = bound / crude * adjusted
    return np.where(np.isfinite(moved), moved, adjusted)


def _stratified(kind: Kind, pairs: Pairs) -> tuple[Rate | Proportion, Rate | Proportion]:
    count, of, other, other_of = pairs.strata or (pairs.count,) * 4
    if kind is Kind.RATE:
        # Somebody may leave from a cell in which nobody was seen at a month's first day.
        return _rate(count, of), _rate(other, other_of)
    return Proportion(count, of), Proportion(other, other_of)


def _rate(count: Floats, of: Floats) -> Rate:
    return Rate(np.where(of > 0, count, 0), of)


def _shares(pairs: Pairs) -> Statistics:
    own, other = Proportion(pairs.count, pairs.of), Proportion(pairs.other_count, pairs.other_of)
    unknown = Proportion(pairs.unknown, pairs.unknown_of)
    bounds = risk_ratio_unknowns(own, other, unknown)
    either = bounds.known.value, bounds.if_group.value, bounds.if_comparator.value
    return Statistics(
        own=proportion(own),
        other=proportion(other),
        ratio=risk_ratio(own, other),
        first_ratio=np.full(len(pairs), np.nan),
        p=fisher(own, other).p,
        low_bound=np.minimum.reduce(either),
        high_bound=np.maximum.reduce(either),
        detectable=detectable_risk_ratio(own.total, other, method="normal").ratio_above,
    )


def _rates(pairs: Pairs) -> Statistics:
    own, other = _rate(pairs.count, pairs.of), _rate(pairs.other_count, pairs.other_of)
    ratio = rate_ratio(own, other)
    # Unlike residents, people whose answer is unknown are at risk too: with them go their years.
    if_group = _ratio(pairs.count + pairs.unknown, pairs.of + pairs.unknown_of, other)
    if_other = _ratio(
        pairs.other_count + pairs.unknown, pairs.other_of + pairs.unknown_of, own, other_way=True
    )
    either = ratio.value, if_group, if_other
    return Statistics(
        own=rate(own, per=100.0),
        other=rate(other, per=100.0),
        ratio=ratio,
        first_ratio=np.full(len(pairs), np.nan),
        p=conditional_rate_test(own, other).p,
        low_bound=np.minimum.reduce(either),
        high_bound=np.maximum.reduce(either),
        detectable=detectable_rate_ratio(own.population, other, method="normal").ratio_above,
    )


def _ratio(count: Floats, of: Floats, against: Rate, *, other_way: bool = False) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ours, theirs = count / of, against.events / against.population
        return np.asarray(theirs / ours if other_way else ours / theirs)


def estimate_benchmark(pairs: Pairs, benchmark: Floats) -> Statistics:
    """Shares against shares that are taken as known: exact intervals and the binomial test."""
    share = Proportion(pairs.count, pairs.of)
    known = np.isfinite(benchmark)
    found = representation(share, np.where(known, benchmark, 0.0))
    unknown = pairs.unknown
    with np.errstate(divide="ignore", invalid="ignore"):
        low = pairs.count / (pairs.of + unknown) / benchmark
        high = (pairs.count + unknown) / (pairs.of + unknown) / benchmark
    reason = np.where(known, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    fixed = Estimates(benchmark, benchmark, benchmark, reason, "as published", NINETY_FIVE)
    ratio = found.ratio
    if not known.all():
        hidden = [np.where(known, part, np.nan) for part in (ratio.value, ratio.low, ratio.high)]
        reasons = np.where(known, ratio.reason, Reason.NO_POPULATION).astype(np.uint8)
        ratio = Estimates(hidden[0], hidden[1], hidden[2], reasons, ratio.method, ratio.confidence)
    sure = Proportion(np.round(np.nan_to_num(benchmark) * KNOWN_WELL), KNOWN_WELL)
    return Statistics(
        own=proportion(share),
        other=fixed,
        ratio=ratio,
        first_ratio=np.full(len(pairs), np.nan),
        p=np.where(known, found.chance.p, np.nan),
        low_bound=np.where(known, low, np.nan),
        high_bound=np.where(known, high, np.nan),
        detectable=detectable_risk_ratio(share.total, sure, method="normal").ratio_above,
    )
