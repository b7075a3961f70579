"""How much less do many events of few people say than as many events of different people?"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from evenhand.core import UsageProblem
from evenhand.stats.columns import (
    Estimates,
    Floats,
    as_counts,
    as_population,
    require_broadcastable,
)

Scale = Literal["identity", "log", "logit"]


_SCALES = {"log": (np.log, np.exp), "logit": (logit, expit)}


def repeat_inflation(events: ArrayLike, squares: ArrayLike) -> Floats:
    """By how much do repeat events of the same people widen the uncertainty of a count?

    The variance of a count of events that come in bunches (one person searched many times), over
    that of as many single events: the sum of squares of events per person over the sum of events.

    Parameters
    ----------
    events
        Events in each cell: the sum over people of their events. Any shape.
    squares
        The sum over people of the square of their events; at least ``events``.

    Returns
    -------
    The inflation of the variance, 1 or more: 1 where nobody had a second event, and where there
    were no events.

    Raises
    ------
    UsageProblem
        Squares below events, negative or fractional counts, or shapes that do not line up.

    Notes
    -----
    Needs a person key. Assumes that people, not events, are independent (a compound Poisson
    process); people stopped together are not. Pass the result to `widen`.

    References
    ----------
    Cox DR, Lewis PAW (1966), The Statistical Analysis of Series of Events, section 4.6. Rao JNK,
    Scott AJ (1992), Biometrics 48:577–585.

    Examples
    --------
    >>> repeat_inflation(10, 28)
    array(2.8)

    Ten searches, of which one person had four and another three, say as much as four separate ones.
    """
    count, square = as_counts(events, name="events"), as_counts(squares, name="squares")
    require_broadcastable("events and squares", count, square)
    count, square = np.broadcast_arrays(count, square)
    if (square < count).any():
        worst = np.flatnonzero(square < count)[0]
        raise UsageProblem(
            f"squares {square.flat[worst].item()} is below events {count.flat[worst].item()}.",
            rule="squares-reach-events",
        )
    return np.asarray(np.where(count > 0, square / np.where(count > 0, count, 1), 1.0))


def proportion_design_effect(
    people: ArrayLike,
    total: ArrayLike,
    count: ArrayLike,
    sums: tuple[ArrayLike, ArrayLike, ArrayLike],
) -> Floats:
    """By how much do repeat events widen the uncertainty of a proportion of events?

    The variance of a ratio of two totals over people (finds over searches), by linearisation, over
    the binomial variance that takes every event as separate.

    Parameters
    ----------
    people
        How many people (clusters) are behind each cell; with the rest, of shapes that broadcast.
    total, count
        Events, and those with the outcome.
    sums
        Over people: the sum of squared outcomes, of outcomes times events, of squared events.

    Returns
    -------
    The design effect; below 1 where repeats balance out. 1 where the proportion is 0 or 1, or fewer
    than two people are behind it, so that nothing can be said of their variation.

    Raises
    ------
    UsageProblem
        Negative or fractional counts.

    Notes
    -----
    Unsteady with fewer than about 20 people: show it as an indication.

    References
    ----------
    Rao JNK, Scott AJ (1992), Biometrics 48:577–585, equation 2. Cochran WG (1977), Sampling
    Techniques, 3rd ed., section 3.12.

    Examples
    --------
    >>> # Four people searched 5 times each; two had something found every time, two never.
    >>> proportion_design_effect(4, 20, 10, (50, 50, 100)).round(2)
    np.float64(6.67)

    Twenty searches of four people, all alike for each, say as much as three of different people.
    """
    k, n, x = (
        as_counts(part, name=name).astype(np.float64)
        for part, name in ((people, "people"), (total, "total"), (count, "count"))
    )
    yy, yn, nn = (as_population(part, name="sums") for part in sums)
    require_broadcastable("people, total, count and the sums", k, n, x, yy, yn, nn)
    share = np.where(n > 0, x / np.where(n > 0, n, 1.0), 0.0)
    squares = np.maximum(yy - 2 * share * yn + share**2 * nn, 0.0)
    chance = n * share * (1 - share)
    known = (chance > 0) & (k > 1)
    scatter = squares * k / np.maximum(k - 1, 1)
    return np.asarray(np.where(known, scatter / np.where(known, chance, 1.0), 1.0))


def widen(estimates: Estimates, inflation: ArrayLike, *, scale: Scale = "log") -> Estimates:
    """What is the interval once repeat events are allowed for?

    Each limit is moved away from the value by the square root of the inflation: on the log scale
    for rates and ratios, the logit scale for proportions, as it is for differences.

    Parameters
    ----------
    estimates
        Any estimates with intervals, of any shape.
    inflation
        From `repeat_inflation` or `proportion_design_effect`; inflation below 1 is taken as 1.
    scale
        ``log`` for rates and ratios, ``logit`` for proportions, ``identity`` for differences.

    Returns
    -------
    Estimates with the same values and wider limits. A limit at the end of the scale stays. A value
    there has no distance to stretch: its other limit is moved as if there had been that many times
    fewer people (the limit of a rate of 0 in a population so much smaller).

    Raises
    ------
    UsageProblem
        An inflation that is negative or not finite.

    Notes
    -----
    An approximation for many people; the intervals stay somewhat narrow for few.

    References
    ----------
    Rao JNK, Scott AJ (1992), Biometrics 48:577–585.

    Examples
    --------
    >>> from evenhand.stats.columns import Rate
    >>> from evenhand.stats.rate import rate
    >>> wider = widen(rate(Rate(10, 100)), repeat_inflation(10, 28))
    >>> wider.low.round(3), wider.high.round(3)
    (np.float64(0.029), np.float64(0.277))

    Allowing for repeats, the rate is anywhere from 3 to 28 in a hundred.
    """
    times = np.maximum(as_population(inflation, name="inflation"), 1.0)
    require_broadcastable("estimates and inflation", estimates.value, times)
    stretch, value = np.sqrt(times), estimates.value
    if scale == "identity":
        low = value - stretch * (value - estimates.low)
        high = value + stretch * (estimates.high - value)
        return replace(estimates, low=np.asarray(low), high=np.asarray(high))
    if scale not in _SCALES:
        raise UsageProblem(
            f"scale must be 'log', 'logit' or 'identity', not {scale!r}.", rule="known-scale"
        )
    there, back = _SCALES[scale]
    with np.errstate(divide="ignore", invalid="ignore"):
        on, low, high = there(value), there(estimates.low), there(estimates.high)
        stretched = back(on - stretch * (on - low)), back(on + stretch * (high - on))
        moved = back(low - np.log(times)), back(high + np.log(times))
    edge = np.isinf(on)
    low, high = (np.where(edge, m, s) for m, s in zip(moved, stretched, strict=True))
    return replace(estimates, low=low, high=high)
