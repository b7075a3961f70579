"""How much of a difference is who the people are, and how much is what happens to like people?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Mask,
    Proportion,
    Rate,
    Reason,
    critical_value,
    require_method,
)
from evenhand.stats.strata import check_strata

Ways = Literal["two", "three"]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Parts of a crude difference that add up to it; estimates of shape ``(…)``.

    ``composition`` is what the different mix over strata makes, ``rates`` what different rates
    within strata make, ``interaction`` (0 in two ways) both at once. ``composition_by_stratum`` and
    ``rates_by_stratum`` add up to them. ``strata_borrowed`` counts strata where one side had nobody
    and the other side's rate stood in.
    """

    difference: Estimates
    composition: Estimates
    rates: Estimates
    interaction: Estimates
    composition_by_stratum: Floats
    rates_by_stratum: Floats
    strata_borrowed: Counts


@dataclass(frozen=True, slots=True)
class _Side:
    """One side's shares of its people by stratum, rates, their variances, and people behind."""

    share: Floats
    rate: Floats
    variance: Floats
    people: Floats
    there: Mask


@dataclass(frozen=True, slots=True)
class _Part:
    """A component: its pieces by stratum and its slopes by each side's rates and shares."""

    pieces: Floats
    by_rate: tuple[Floats, Floats]
    by_share: tuple[Floats, Floats]


def kitagawa(
    group: Proportion | Rate,
    comparator: Proportion | Rate,
    *,
    ways: Ways = "two",
    confidence: Confidence = NINETY_FIVE,
) -> Decomposition:
    """How much of the gap would remain if both sides had the same mix of ranks, years or boroughs?

    Kitagawa's decomposition of the crude difference of two rates. In two ways, the difference in
    mix is valued at the average of both sides' rates, and the difference in rates at the average
    of both mixes. In three, both are valued at the comparator's and what is left is interaction.

    Parameters
    ----------
    group, comparator
        Both `Proportion` or both `Rate`, of shape ``(…, strata)``.
    ways
        ``two`` or ``three``.
    confidence
        Confidence of the intervals.

    Returns
    -------
    Decomposition of shape ``(…)``: group less comparator. ``NO_POPULATION`` where a side is empty.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Arithmetic, not cause: a mix may itself be the result of unequal treatment (who is promoted is
    where the years of service come from). Where one side has nobody in a stratum its rate there is
    unknown; the other side's is used, so that the whole effect counts as mix. Intervals take the
    mix of a `Proportion` as a sample and that of a `Rate` as known, and add half an event to a
    stratum's variance so that none and all do not pass for certainty.

    References
    ----------
    Kitagawa EM (1955), J Am Stat Assoc 50:1168–1194. Das Gupta P (1978), Demography 15:99–112.

    Examples
    --------
    >>> women = Proportion([30, 4], [100, 40])
    >>> men = Proportion([60, 45], [200, 450])
    >>> parts = kitagawa(women, men)
    >>> [part.value.round(3).item() for part in (parts.difference, parts.composition, parts.rates)]
    [0.081, 0.081, 0.0]

    All of the 8-point gap is that women work more in the first unit; within units there is none.
    """
    require_method(ways, get_args(Ways))
    check_strata(group, comparator)
    one, other, borrowed = _sides(group, comparator)
    parts = _two_ways(one, other) if ways == "two" else _three_ways(one, other)
    whole = _Part(
        one.share * one.rate - other.share * other.rate,
        (one.share, -other.share),
        (one.rate, -other.rate),
    )
    reason = np.where(
        one.there.any(axis=-1) & other.there.any(axis=-1), Reason.DEFINED, Reason.NO_POPULATION
    ).astype(np.uint8)
    sampled = isinstance(group, Proportion)
    estimates = []
    for part in (whole, *parts):
        value = part.pieces.sum(axis=-1)
        reach = critical_value(confidence) * np.sqrt(_variance(part, (one, other), sampled))
        columns = (np.where(reason == 0, c, np.nan) for c in (value, value - reach, value + reach))
        middle, low, high = columns
        name = f"Kitagawa decomposition, {ways} ways"
        estimates.append(Estimates(middle, low, high, reason, name, confidence))
    pieces = [np.where(reason[..., None] == 0, part.pieces, np.nan) for part in parts[:2]]
    return Decomposition(
        estimates[0], estimates[1], estimates[2], estimates[3], pieces[0], pieces[1], borrowed
    )


def _sides(group: Proportion | Rate, comparator: Proportion | Rate) -> tuple[_Side, _Side, Counts]:
    one, other = _side(group), _side(comparator)
    only_one, only_other = one.there & ~other.there, other.there & ~one.there
    filled_one = np.where(only_other, other.rate, one.rate)
    filled_other = np.where(only_one, one.rate, other.rate)
    borrowed = np.asarray((only_one | only_other).sum(axis=-1))
    return (
        _Side(one.share, filled_one, one.variance, one.people, one.there),
        _Side(other.share, filled_other, other.variance, other.people, other.there),
        borrowed,
    )


def _side(side: Proportion | Rate) -> _Side:
    count = np.asarray(side.events if isinstance(side, Rate) else side.count, np.float64)
    size = np.asarray(side.population if isinstance(side, Rate) else side.total, np.float64)
    there, people = size > 0, size.sum(axis=-1)
    safe = np.where(there, size, 1.0)
    rate = np.where(there, count / safe, 0.0)
    if isinstance(side, Rate):
        variance = (count + 0.5) / safe**2
    else:
        near = (count + 0.5) / (safe + 1)
        variance = near * (1 - near) / safe
    share = size / np.where(people > 0, people, 1.0)[..., None]
    return _Side(share, rate, np.where(there, variance, 0.0), people, there)


def _two_ways(one: _Side, other: _Side) -> tuple[_Part, _Part, _Part]:
    mix, gap = one.share - other.share, one.rate - other.rate
    rate, share = (one.rate + other.rate) / 2, (one.share + other.share) / 2
    none = np.zeros_like(mix)
    return (
        _Part(mix * rate, (mix / 2, mix / 2), (rate, -rate)),
        _Part(gap * share, (share, -share), (gap / 2, gap / 2)),
        _Part(none, (none, none), (none, none)),
    )


def _three_ways(one: _Side, other: _Side) -> tuple[_Part, _Part, _Part]:
    mix, gap = one.share - other.share, one.rate - other.rate
    none = np.zeros_like(mix)
    return (
        _Part(mix * other.rate, (none, mix), (other.rate, -other.rate)),
        _Part(gap * other.share, (other.share, -other.share), (none, gap)),
        _Part(mix * gap, (mix, -mix), (gap, -gap)),
    )


def _variance(part: _Part, sides: tuple[_Side, _Side], sampled: bool) -> Floats:
    """Delta method: independent rates, and shares that are multinomial where sampled."""
    total = np.zeros(part.pieces.shape[:-1])
    for side, by_rate, by_share in zip(sides, part.by_rate, part.by_share, strict=True):
        total = total + (by_rate**2 * side.variance).sum(axis=-1)
        if sampled:
            centre = (side.share * by_share).sum(axis=-1, keepdims=True)
            spread = (side.share * (by_share - centre) ** 2).sum(axis=-1)
            total = total + spread / np.where(side.people > 0, side.people, 1.0)
    return np.asarray(total)
