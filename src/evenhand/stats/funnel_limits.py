"""Between which values does chance keep a unit of a given size?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import Confidence, UsageProblem
from evenhand.stats.columns import (
    Floats,
    as_population,
    require_broadcastable,
    require_confidence,
)
from evenhand.stats.exact_quantiles import (
    continuous_binomial,
    continuous_poisson,
    interpolated_binomial,
    interpolated_poisson,
)

Limits = Literal["mid-p", "interpolated", "continuous"]


@dataclass(frozen=True, slots=True)
class Band:
    """The limits that hold units like all the others with probability ``confidence``."""

    confidence: Confidence
    low: Floats
    high: Floats


def rate_limits(
    size: ArrayLike, target: ArrayLike, *, confidence: Confidence, how: Limits = "mid-p"
) -> Band:
    """Between which rates does chance keep a unit of this size, if its true rate is the target?

    Exact Poisson limits, for drawing the funnel over a grid of sizes.

    Parameters
    ----------
    size, target
        Population (or expected events, with target 1) and target rate; shapes that broadcast.
    confidence
        0.95 for the inner funnel, 0.998 for the outer.
    how
        ``mid-p`` (the default), ``interpolated`` (as Spiegelhalter printed them) or ``continuous``
        (gamma quantiles, as many published funnels draw them).

    Returns
    -------
    Band of rates. A size of 0 has no limits: nan.

    Raises
    ------
    UsageProblem
        A negative size or target, or an unknown way.

    Notes
    -----
    All hold for a target known beforehand; one estimated from few units is itself uncertain. Below
    about 5 expected events chance passes the upper ``interpolated`` limit up to six times as often
    as stated, and hardly ever the ``continuous`` one; ``mid-p`` stays within twice, and its average
    over sizes is as stated.

    References
    ----------
    Spiegelhalter DJ (2005), Stat Med 24:1185–1202, appendix A.1.1.

    Examples
    --------
    >>> from evenhand.core import NINETY_FIVE
    >>> band = rate_limits([15, 20, 30], 1, confidence=NINETY_FIVE, how="continuous")
    >>> band.low.round(2).tolist(), band.high.round(2).tolist()
    ([0.56, 0.61, 0.67], [1.65, 1.54, 1.43])

    A unit that expects 15 events may show 8 to 24 without being unusual.
    """
    people, goal = _sizes(size, target)
    mean = np.where((people > 0) & (goal > 0), people * goal, 1.0)
    if _known(how) == "continuous":
        return _limits(people, goal, confidence, lambda p: continuous_poisson(p, mean))
    return _limits(
        people, goal, confidence, lambda p: interpolated_poisson(p, mean, mid=how == "mid-p")
    )


def proportion_limits(
    size: ArrayLike, target: ArrayLike, *, confidence: Confidence, how: Limits = "mid-p"
) -> Band:
    """Between which proportions does chance keep a unit of this many people?

    Exact binomial limits, for drawing the funnel over a grid of sizes.

    Parameters
    ----------
    size, target
        People in the unit and target proportion, 0 to 1; shapes that broadcast.
    confidence
        0.95 for the inner funnel, 0.998 for the outer.
    how
        ``mid-p`` (the default), ``interpolated`` (as Spiegelhalter printed them) or ``continuous``
        (beta quantiles).

    Returns
    -------
    Band of proportions. A size of 0 has no limits: nan.

    Raises
    ------
    UsageProblem
        A negative size, a target outside 0 to 1, or an unknown way.

    Notes
    -----
    All hold for a target known beforehand; one estimated from few units is itself uncertain. Below
    about 5 expected events chance passes the upper ``interpolated`` limit up to six times as often
    as stated, and hardly ever the ``continuous`` one; ``mid-p`` stays within twice, and its average
    over sizes is as stated.

    References
    ----------
    Spiegelhalter DJ (2005), Stat Med 24:1185–1202, appendix A.1.1.

    Examples
    --------
    >>> from evenhand.core import NINETY_FIVE
    >>> band = proportion_limits([10, 100, 1000], 0.2, confidence=NINETY_FIVE)
    >>> band.low.round(2).tolist(), band.high.round(2).tolist()
    ([0.0, 0.12, 0.18], [0.49, 0.28, 0.23])

    Of ten people, none or four are both within chance of one in five; of a thousand, 25% is not.
    """
    people, goal = _sizes(size, target)
    if (goal > 1).any():
        raise UsageProblem(
            f"target {goal[goal > 1].flat[0]!r} is above 1.", rule="target-is-a-proportion"
        )
    total = np.where(people > 0, people, 1.0)
    mid, share = how == "mid-p", np.where((goal > 0) & (goal < 1), goal, 0.5)
    if _known(how) == "continuous":
        band = _limits(people, goal, confidence, lambda p: continuous_binomial(p, total, share))
    else:
        band = _limits(
            people, goal, confidence, lambda p: interpolated_binomial(p, total, share, mid=mid)
        )
    everybody = (people > 0) & (goal >= 1)
    return Band(confidence, np.where(everybody, 1.0, band.low), np.where(everybody, 1.0, band.high))


def _known(how: str) -> str:
    if how not in get_args(Limits):
        raise UsageProblem(
            f"how must be one of {', '.join(get_args(Limits))}, not {how!r}.", rule="known-limits"
        )
    return how


def _sizes(size: ArrayLike, target: ArrayLike) -> tuple[Floats, Floats]:
    people, goal = as_population(size, name="size"), as_population(target, name="target")
    require_broadcastable("size and target", people, goal)
    shape = np.broadcast_shapes(people.shape, goal.shape)
    return np.broadcast_to(people, shape), np.broadcast_to(goal, shape)


def _limits(
    people: Floats, goal: Floats, confidence: Confidence, count: Callable[[Floats], Floats]
) -> Band:
    """Limits as counts over people: blank without people, and 0 where nobody ever has it."""
    tail = require_confidence(confidence).tail
    tails = np.array([tail, 1 - tail]).reshape(2, *(1 for _ in people.shape))
    low, high = np.where(goal > 0, count(tails), 0.0) / np.where(people > 0, people, np.nan)
    return Band(confidence, low, high)
