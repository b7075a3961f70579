"""A whole table of groups at once: rates, ratios, differences, odds, tests, and like with like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.chance import conditional_rate_test, fisher
from evenhand.stats.chi_squared import ChiSquared
from evenhand.stats.cochran_mantel_haenszel import cochran_mantel_haenszel
from evenhand.stats.columns import Estimates, Floats, Proportion, PValues, Rate, Reason
from evenhand.stats.homogeneity import breslow_day, rate_ratio_homogeneity
from evenhand.stats.mantel_haenszel import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
)
from evenhand.stats.mantel_haenszel_rates import (
    mantel_haenszel_rate_difference,
    mantel_haenszel_rate_ratio,
)
from evenhand.stats.multiplicity import benjamini_hochberg, family_size
from evenhand.stats.odds_ratio import odds_ratio
from evenhand.stats.proportion import proportion
from evenhand.stats.rate import rate
from evenhand.stats.rate_difference import rate_difference
from evenhand.stats.rate_ratio import rate_ratio
from evenhand.stats.risk_difference import risk_difference
from evenhand.stats.risk_ratio import risk_ratio

Cells = Proportion | Rate

# From this many people in every cell of a pair the score interval of the odds ratio stands in for
# the conditional mid-p one, at a fiftieth of the cost: its limits are then within 7% of
# the other's (tests/properties/stats/test_disparity.py), far inside the interval's own width.
LARGE_CELL = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every group's rate, and every other group against the comparator.

    ``rate`` has shape ``(…, groups)``; ``ratio``, ``difference``, ``odds``, ``test`` and
    ``adjusted`` have shape ``(…, groups − 1)``, in the order of ``groups``, which are positions in
    the table. ``odds`` is None for rates, which have none. ``adjusted`` is Benjamini and
    Hochberg's p over all ``family`` comparisons of the table; nan where the test is.
    """

    rate: Estimates
    groups: tuple[int, ...]
    ratio: Estimates
    difference: Estimates
    odds: Estimates | None
    test: PValues
    adjusted: Floats
    family: int


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Each other group against the comparator within strata, then pooled (Mantel–Haenszel).

    Shapes are ``(…, groups − 1)``. ``homogeneity`` asks whether one figure fits all strata.
    """

    ratio: Estimates
    difference: Estimates
    odds: Estimates | None
    test: ChiSquared
    homogeneity: ChiSquared


def compare_groups(
    cells: Cells, *, comparator: int = 0, confidence: Confidence = NINETY_FIVE
) -> Comparison:
    """How does every group in a table compare with one of them, and which gaps are not chance?

    Each method is the room's default for its question: Wilson or exact Poisson intervals for
    rates, Koopman's score or the conditional mid-p interval for ratios, Newcombe's or the score
    interval for differences, conditional mid-p for odds (score from ten people in every cell),
    Fisher's or the conditional exact mid-p test, and Benjamini–Hochberg over the whole table.

    Parameters
    ----------
    cells
        ``Proportion`` or ``Rate`` of shape ``(…, groups)``, two groups or more.
    comparator
        Position of the group the others are set against.
    confidence
        Confidence of the intervals.

    Returns
    -------
    Comparison; each undefined figure carries its reason.

    Raises
    ------
    UsageProblem
        When there is no group axis or the comparator is not on it.

    Notes
    -----
    Comparisons that share a comparator are not independent; the false-discovery rate is still held.
    Say why the comparator was chosen: a small one makes every comparison uncertain.

    References
    ----------
    Those of the methods named; Benjamini Y, Hochberg Y (1995), J R Stat Soc B 57:289–300.

    Examples
    --------
    >>> table = compare_groups(Proportion([65, 12, 0], [400, 40, 25]))
    >>> table.ratio.value.round(2), table.adjusted.round(3), table.family
    (array([1.85, 0.  ]), array([0.037, 0.028]), 2)

    Of two comparisons both stand at 5%: one group nearly twice as often, the other never.
    """
    _require_group(cells, comparator)
    groups = _others(cells, comparator)
    ours, theirs = _pick(cells, groups), _pick(cells, (comparator,))
    ratio, difference, odds, test = _pairwise(ours, theirs, confidence)
    return Comparison(
        _rate(cells, confidence),
        groups,
        ratio,
        difference,
        odds,
        test,
        benjamini_hochberg(test.p),
        family_size(test.p),
    )


def like_for_like(
    cells: Cells, *, comparator: int = 0, confidence: Confidence = NINETY_FIVE
) -> LikeForLike:
    """Does the gap remain once each group is compared within the same rank, unit or area?

    Mantel–Haenszel figures pooled over strata with the Cochran–Mantel–Haenszel test, for every
    group at once, and the test of whether strata agree (Breslow–Day for proportions).

    Parameters
    ----------
    cells
        ``Proportion`` or ``Rate`` of shape ``(…, strata, groups)``.
    comparator
        Position of the group the others are set against.
    confidence
        Confidence of the intervals.

    Returns
    -------
    LikeForLike; the same shapes less the strata.

    Raises
    ------
    UsageProblem
        When there are no strata and groups axes or the comparator is not among the groups.

    Notes
    -----
    A pooled figure says little where ``homogeneity`` is rejected: look at the strata. A stratum in
    which one side has nobody says nothing and is left out.

    References
    ----------
    Mantel N, Haenszel W (1959), J Natl Cancer Inst 22:719–748. Bickel PJ et al. (1975),
    Science 187:398–404 (the table of the example).

    Examples
    --------
    >>> admitted = [[512, 89], [353, 17], [120, 202], [138, 131], [53, 94], [22, 24]]
    >>> applied = [[825, 108], [560, 25], [325, 593], [417, 375], [191, 393], [373, 341]]
    >>> pooled = like_for_like(Proportion(admitted, applied))
    >>> crude = compare_groups(Proportion(np.sum(admitted, 0), np.sum(applied, 0)))
    >>> crude.ratio.value.round(2), pooled.ratio.value.round(2)
    (array([0.68]), array([1.06]))

    Women were admitted two thirds as often as men overall, but as often within departments.
    """
    _require_group(cells, comparator)
    if _size(cells).ndim < 2:
        raise UsageProblem(
            f"cells has shape {_size(cells).shape}; it must be (…, strata, groups).",
            rule="strata-are-an-axis",
        )
    ours = _strata_last(_pick(cells, _others(cells, comparator)))
    theirs = _strata_last(_pick(cells, (comparator,)))
    test = cochran_mantel_haenszel(ours, theirs)
    if isinstance(ours, Proportion) and isinstance(theirs, Proportion):
        return LikeForLike(
            mantel_haenszel_risk_ratio(ours, theirs, confidence=confidence).estimate,
            mantel_haenszel_risk_difference(ours, theirs, confidence=confidence).estimate,
            mantel_haenszel_odds_ratio(ours, theirs, confidence=confidence).estimate,
            test,
            breslow_day(ours, theirs),
        )
    group, against = _as_rate(ours), _as_rate(theirs)
    return LikeForLike(
        mantel_haenszel_rate_ratio(group, against, confidence=confidence).estimate,
        mantel_haenszel_rate_difference(group, against, confidence=confidence).estimate,
        None,
        test,
        rate_ratio_homogeneity(group, against),
    )


def _require_group(cells: Cells, comparator: int) -> None:
    shape = _size(cells).shape
    if not shape or shape[-1] < 2:
        raise UsageProblem(
            f"cells has shape {shape}; its last axis must be two groups or more.",
            rule="groups-are-the-last-axis",
        )
    if not 0 <= comparator < shape[-1]:
        raise UsageProblem(
            f"comparator {comparator} is outside 0 to {shape[-1] - 1}.", rule="comparator-exists"
        )


def _size(cells: Cells) -> NDArray[np.generic]:
    return cells.total if isinstance(cells, Proportion) else cells.population


def _others(cells: Cells, comparator: int) -> tuple[int, ...]:
    return tuple(group for group in range(_size(cells).shape[-1]) if group != comparator)


def _pick(cells: Cells, groups: tuple[int, ...]) -> Cells:
    kept = list(groups)
    if isinstance(cells, Proportion):
        return Proportion(cells.count[..., kept], cells.total[..., kept])
    return Rate(cells.events[..., kept], cells.population[..., kept])


def _strata_last(cells: Cells) -> Cells:
    if isinstance(cells, Proportion):
        return Proportion(np.swapaxes(cells.count, -1, -2), np.swapaxes(cells.total, -1, -2))
    return Rate(np.swapaxes(cells.events, -1, -2), np.swapaxes(cells.population, -1, -2))


def _as_rate(cells: Cells) -> Rate:
    return Rate(cells.count, cells.total) if isinstance(cells, Proportion) else cells


def _rate(cells: Cells, confidence: Confidence) -> Estimates:
    if isinstance(cells, Proportion):
        return proportion(cells, confidence=confidence)
    return rate(cells, confidence=confidence)


def _pairwise(
    ours: Cells, theirs: Cells, confidence: Confidence
) -> tuple[Estimates, Estimates, Estimates | None, PValues]:
    if isinstance(ours, Proportion) and isinstance(theirs, Proportion):
        return (
            risk_ratio(ours, theirs, confidence=confidence),
            risk_difference(ours, theirs, confidence=confidence),
            odds(ours, theirs, confidence=confidence),
            fisher(ours, theirs),
        )
    group, against = _as_rate(ours), _as_rate(theirs)
    return (
        rate_ratio(group, against, confidence=confidence),
        rate_difference(group, against, confidence=confidence),
        None,
        conditional_rate_test(group, against),
    )


def odds(
    group: Proportion, comparator: Proportion, *, confidence: Confidence = NINETY_FIVE
) -> Estimates:
    """Odds ratios of a large table: conditional mid-p where a cell is small, score elsewhere.

    The two agree within 7% from :data:`LARGE_CELL` people in every cell; which was used is told by
    the counts alone. For a single pair, or to have one method throughout, use :func:`odds_ratio`.
    """
    counts = np.broadcast_arrays(group.count, group.total, comparator.count, comparator.total)
    x1, n1, x2, n2 = (column.ravel() for column in counts)
    large = np.minimum.reduce([x1, n1 - x1, x2, n2 - x2]) >= LARGE_CELL
    columns = np.full((3, *x1.shape), np.nan)
    reason = np.full(x1.shape, Reason.NOT_ESTIMABLE, np.uint8)
    for chosen, method in ((~large, "mid-p"), (large, "score")):
        pair = (Proportion(x1[chosen], n1[chosen]), Proportion(x2[chosen], n2[chosen]))
        if method == "mid-p":
            found = odds_ratio(*pair, confidence=confidence)
        else:
            found = odds_ratio(*pair, method="score", confidence=confidence)
        for column, part in zip(columns, (found.value, found.low, found.high), strict=True):
            column[chosen] = part
        reason[chosen] = found.reason
    name = f"conditional mid-p; score from {LARGE_CELL} in every cell"
    value, low, high = columns.reshape(3, *counts[0].shape)
    return Estimates(value, low, high, reason.reshape(value.shape), name, confidence)
