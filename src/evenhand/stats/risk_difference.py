"""How many percentage points apart are two groups?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.chunks import Limits, in_chunks
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Proportion,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.constrained import constrained_variance
from evenhand.stats.pairs import Pair, as_estimates, pair_proportions
from evenhand.stats.proportion import wilson_limits
from evenhand.stats.roots import find_bracketed

RiskDifferenceMethod = Literal["newcombe", "miettinen-nurminen", "agresti-caffo", "wald"]


def risk_difference(
    group: Proportion,
    comparator: Proportion,
    *,
    method: RiskDifferenceMethod = "newcombe",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How much more often does it happen to the group than to the comparator, as a share?

    Newcombe's hybrid score interval joins the two groups' Wilson intervals: closed-form, never
    outside -1 to 1, and sane at none and at all.

    Parameters
    ----------
    group, comparator : Proportion
        Counts of totals, of shapes that broadcast together.
    method : {"newcombe", "miettinen-nurminen", "agresti-caffo", "wald"}
        ``miettinen-nurminen`` inverts the score test; ``agresti-caffo`` adds one event and one
        non-event to each group; ``wald`` is the textbook interval, wrong in small cells and kept
        only to reproduce what others printed.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Differences of shares from -1 to 1: 0.05 is five percentage points. No events in both groups
        is a difference of 0 with its interval. A total of 0: undefined.

    Raises
    ------
    UsageProblem
        If shapes do not line up, the method is unknown or the confidence is a bare number.

    Notes
    -----
    Assumes two separate sets of independent people; not for the same people measured twice. A
    difference hides how many times likelier something is when both shares are small: print
    :func:`risk_ratio` beside it.

    References
    ----------
    R. G. Newcombe (1998), *Statistics in Medicine* 17, 873-890 (method 10). O. Miettinen, M.
    Nurminen (1985), *Statistics in Medicine* 4, 213-226, equations 8 to 10. A. Agresti, B. Caffo
    (2000), *The American Statistician* 54, 280-288.

    Examples
    --------
    >>> from evenhand.stats import Proportion, risk_difference
    >>> found = risk_difference(Proportion([56, 0], [70, 10]), Proportion([48, 0], [80, 20]))
    >>> found.value.round(3), found.low.round(3), found.high.round(3)
    (array([0.2, 0. ]), array([ 0.052, -0.161]), array([0.334, 0.278]))

    In the first pair the group is 20 points higher, plausibly 5 to 33; in the second nothing
    happened to anyone, which still leaves 16 points one way and 28 the other open.
    """
    require_method(method, tuple(_LIMITS))
    pair = pair_proportions(group, comparator)
    nobody = (pair.n1 == 0) | (pair.n2 == 0)
    reason = np.where(nobody, Reason.NO_POPULATION, Reason.DEFINED).astype(np.uint8)
    sound = np.flatnonzero(~nobody)
    some = pair.take(sound)
    limits = partial(_LIMITS[method], z=critical_value(require_confidence(confidence)))
    columns = np.full((3, pair.x1.size), np.nan)
    columns[0, sound] = some.x1 / some.n1 - some.x2 / some.n2
    columns[1:, sound] = in_chunks(limits, some)
    value, low, high = columns
    named = (_NAME[method], confidence)
    return as_estimates((value, low, high), reason, shape=pair.shape, named=named)


def _newcombe(pair: Pair, z: float) -> Limits:
    p1, p2 = pair.x1 / pair.n1, pair.x2 / pair.n2
    low1, high1 = wilson_limits(pair.x1, pair.n1, z)
    low2, high2 = wilson_limits(pair.x2, pair.n2, z)
    below, above = np.hypot(p1 - low1, high2 - p2), np.hypot(high1 - p1, p2 - low2)
    return p1 - p2 - below, p1 - p2 + above


def _wald(pair: Pair, z: float) -> Limits:
    p1, p2 = pair.x1 / pair.n1, pair.x2 / pair.n2
    reach = z * np.sqrt(p1 * (1 - p1) / pair.n1 + p2 * (1 - p2) / pair.n2)
    return p1 - p2 - reach, p1 - p2 + reach


def _agresti_caffo(pair: Pair, z: float) -> Limits:
    low, high = _wald(Pair(pair.x1 + 1, pair.n1 + 2, pair.x2 + 1, pair.n2 + 2, pair.shape), z)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def _miettinen_nurminen(pair: Pair, z: float) -> Limits:
    everyone = pair.n1 + pair.n2
    target = z * np.sqrt(everyone / (everyone - 1))
    guess_low, guess_high = _newcombe(pair, z)
    # The upper limit is the lower one with the groups changed over and its sign with them.
    return _score_low(pair, target, guess_low), -_score_low(pair.swapped(), target, -guess_high)


def _score_low(pair: Pair, target: Floats, guess: Floats) -> Floats:
    seen = pair.x1 / pair.n1 - pair.x2 / pair.n2
    low = np.full(seen.shape, -1.0)
    # Only when the group has none and the comparator all is a difference of -1 not rejected.
    some = np.flatnonzero(seen > -1)
    width = (seen - guess)[some]
    parts = (*pair.take(some).columns, target[some], width)
    one = np.ones(some.size)
    low[some] = seen[some] - width * find_bracketed(_score, one, 0.2 * one, *parts)
    limited: Floats = np.maximum(low, -1.0)
    return limited


def _score(widths: Floats, *parts: Floats) -> Floats:
    """How far the score statistic is above its target, ``widths`` below the difference seen.

    In widths of the closed-form interval, so that a difference of one in a thousand million is
    found to as many digits as any other.
    """
    x1, n1, x2, n2, target, width = parts
    below = widths * width
    difference = x1 / n1 - x2 / n2 - below
    variance = constrained_variance(np.clip(difference, -1.0, 1.0), x1, n1, x2, n2)
    gap: Floats = (below - target * np.sqrt(variance)) / width
    return gap


_LIMITS: dict[str, Callable[..., Limits]] = {
    "newcombe": _newcombe,
    "miettinen-nurminen": _miettinen_nurminen,
    "agresti-caffo": _agresti_caffo,
    "wald": _wald,
}
_NAME = {
    "newcombe": "Newcombe hybrid score",
    "miettinen-nurminen": "Miettinen–Nurminen score",
    "agresti-caffo": "Agresti–Caffo",
    "wald": "Wald",
}
