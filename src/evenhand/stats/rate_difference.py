"""How many more events does one group have than another for the same number of people?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.chunks import Limits, in_chunks
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Rate,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.pairs import Pair, as_estimates, pair_rates
from evenhand.stats.roots import find_bracketed

RateDifferenceMethod = Literal["score", "mover", "wald"]


def rate_difference(
    group: Rate,
    comparator: Rate,
    *,
    per: float = 1.0,
    method: RateDifferenceMethod = "score",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How many more events has the group than the comparator for the same number of people?

    The score interval (Miettinen and Nurminen) holds every difference that the data do not
    reject; it is defined when one count, or both, are zero.

    Parameters
    ----------
    group, comparator : Rate
        Events over population or person-time, of shapes that broadcast together.
    per : float
        The unit of the answer: 1000 gives a difference per 1,000. Finite and above 0.
    method : {"score", "mover", "wald"}
        ``mover`` joins the two rates' own score limits in closed form, as Newcombe's interval does
        for proportions; ``wald`` is the textbook interval, kept to reproduce what others printed.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Differences per ``per``. No events in both is 0 with its interval. A population of 0:
        undefined.

    Raises
    ------
    UsageProblem
        If ``per`` is not above 0, shapes do not line up, the method is unknown or the confidence
        is a bare number.

    Notes
    -----
    Assumes independent events and populations known without error. Not for populations that do
    not describe who is there.

    References
    ----------
    O. Miettinen, M. Nurminen (1985), *Statistics in Medicine* 4, 213-226, section 5. G. Y. Zou, A.
    Donner (2008), *Statistics in Medicine* 27, 1693-1702 (mover).

    Examples
    --------
    >>> from evenhand.stats import Rate, rate_difference
    >>> found = rate_difference(Rate([60], 51.4775), Rate([30], 54.3087))
    >>> found.value.round(4), found.low.round(4), found.high.round(4)
    (array([0.6132]), array([0.2658]), array([0.9892]))

    The group has 0.61 more events for each unit of time, plausibly 0.27 to 0.99 more.
    """
    require_method(method, tuple(_LIMITS))
    if not 0 < per < np.inf:
        raise UsageProblem(f"per must be finite and above 0, not {per!r}.", rule="per-is-a-unit")
    pair = pair_rates(group, comparator)
    nobody = (pair.n1 == 0) | (pair.n2 == 0)
    reason = np.where(nobody, Reason.NO_POPULATION, Reason.DEFINED).astype(np.uint8)
    sound = np.flatnonzero(~nobody)
    some = pair.take(sound)
    limits = partial(_LIMITS[method], z=critical_value(require_confidence(confidence)))
    columns = np.full((3, pair.x1.size), np.nan)
    columns[0, sound] = some.x1 / some.n1 - some.x2 / some.n2
    columns[1:, sound] = in_chunks(limits, some)
    value, low, high = columns * per
    named = (_NAME[method], confidence)
    return as_estimates((value, low, high), reason, shape=pair.shape, named=named)


def _score(pair: Pair, z: float) -> Limits:
    # The upper limit is the lower one with the groups changed over and its sign with them.
    return _score_low(pair, z), -_score_low(pair.swapped(), z)


def _score_low(pair: Pair, z: float) -> Floats:
    # In units of the larger rate's error, so that tolerances mean the same for any person-time.
    unit = np.sqrt((pair.x1 + 1) / pair.n1**2 + (pair.x2 + 1) / pair.n2**2)
    scaled = (pair.x1, pair.n1 * unit, pair.x2, pair.n2 * unit, np.full(unit.shape, z))
    seen = (pair.x1 / pair.n1 - pair.x2 / pair.n2) / unit
    return unit * find_bracketed(_gap, seen - z, np.full(unit.shape, 0.3), *scaled)


def _gap(difference: Floats, *parts: Floats) -> Floats:
    """How far the score statistic of a difference is above its target; falls as it rises."""
    x1, t1, x2, t2, target = parts
    # The constrained maximum solves a quadratic whose root is written without cancellation.
    scaled = (t1 + t2) * difference
    root = np.hypot(scaled - x1 + x2, 2 * np.sqrt(x1 * x2))
    half = x1 + x2 - scaled
    with np.errstate(divide="ignore", invalid="ignore"):
        # half + root, or where that cancels the product of both roots over the other one.
        twice = np.where(half >= 0, half + root, 4 * x2 * scaled / (root - half))
    second = twice / (2 * (t1 + t2))
    first = np.maximum(second + difference, 0.0)
    variance = first / t1 + np.maximum(second, 0.0) / t2
    gap: Floats = (x1 / t1 - x2 / t2 - difference) - target * np.sqrt(variance)
    return gap


def _mover(pair: Pair, z: float) -> Limits:
    r1, r2 = pair.x1 / pair.n1, pair.x2 / pair.n2
    (low1, high1), (low2, high2) = _own(pair.x1, pair.n1, z), _own(pair.x2, pair.n2, z)
    below, above = np.hypot(r1 - low1, high2 - r2), np.hypot(high1 - r1, r2 - low2)
    return r1 - r2 - below, r1 - r2 + above


def _own(count: Floats, time: Floats, z: float) -> Limits:
    """The Poisson score limits of one rate."""
    middle, reach = count + z * z / 2, z * np.sqrt(count + z * z / 4)
    return np.where(count == 0, 0.0, middle - reach) / time, (middle + reach) / time


def _wald(pair: Pair, z: float) -> Limits:
    gap = pair.x1 / pair.n1 - pair.x2 / pair.n2
    reach = z * np.sqrt(pair.x1 / pair.n1**2 + pair.x2 / pair.n2**2)
    return gap - reach, gap + reach


_LIMITS: dict[str, Callable[..., Limits]] = {"score": _score, "mover": _mover, "wald": _wald}
_NAME = {"score": "Miettinen–Nurminen score", "mover": "hybrid score (MOVER)", "wald": "Wald"}
