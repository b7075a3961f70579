"""In how many years does a group first reach a share, or a number, if things go on like this?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Floats, require_confidence
from evenhand.stats.projection import Projection, simulated_heads, simulated_shares


@dataclass(frozen=True, slots=True)
class TargetYear:
    """When the share first reaches the target; years from today, nan if not within the horizon.

    ``chance`` is the share of simulations in which the target is met in each year, and
    ``reached`` the share in which it was met at any time within the horizon.
    """

    year: float
    low: float
    high: float
    reached: float
    chance: Floats
    confidence: Confidence


def target_year(
    future: Projection,
    group: int,
    *,
    target: float,
    rank: int | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> TargetYear:
    """In how many years does the group's share first reach the target, if ever?

    Parameters
    ----------
    future
        From :func:`project`.
    group, rank
        Which group; which rank, or the whole service when left out.
    target
        The share to reach, strictly between 0 and 1.
    confidence
        The central share of futures between ``low`` and ``high``.

    Returns
    -------
    TargetYear, one number each (shape ``()``); ``year`` is the median, nan when fewer than half of
    the futures reach it, and ``high`` is nan when too few do to close the interval. ``reached``
    says how many did.

    Raises
    ------
    UsageProblem
        If there is no such group or rank, or the target is not strictly between 0 and 1.

    Notes
    -----
    "First reaches" is not "stays above": a small group can pass the target by chance and fall back.
    Not a promise: it holds only while the flows do.

    References
    ----------
    Bartholomew DJ, Forbes AF, McClean SI (1991), Statistical Techniques for Manpower Planning, 2nd
    ed., Wiley, on stocks and flows.

    Examples
    --------
    >>> from evenhand.stats import Flows, project
    >>> flows = Flows([[20.0], [40.0]], [[0.05], [0.05]], promotion=[[0.0], [0.0]])
    >>> future = project([[100], [900]], flows, years=20, rng=np.random.default_rng(1))
    >>> answer = target_year(future, 0, target=0.2)
    >>> answer.year, answer.low, answer.high
    (10.0, 8.0, 13.0)

    At this pace a share of 20% is reached in about ten years, give or take three.
    """
    if not 0 < target < 1:
        raise UsageProblem(
            f"target must be a share strictly between 0 and 1, not {target!r}.",
            rule="target-is-a-share",
        )
    require_confidence(confidence)
    share = simulated_shares(future, group, rank=rank)
    met: NDArray[np.bool_] = np.nan_to_num(share, nan=-1.0) >= target
    return _first_met(met, confidence)


def number_year(
    future: Projection,
    group: int,
    *,
    number: int,
    rank: int | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> TargetYear:
    """In how many years does the group first count so many people, if ever?

    Parameters
    ----------
    future
        From :func:`project`.
    group, rank
        Which group; which rank, or the whole service when left out.
    number
        The people to reach, a whole number of 0 or more.
    confidence
        The central share of futures between ``low`` and ``high``.

    Returns
    -------
    TargetYear, one number each (shape ``()``), as :func:`target_year` gives it.

    Raises
    ------
    UsageProblem
        If there is no such group or rank, or the number is not whole or below 0.

    Notes
    -----
    A number says nothing of a share: a service that grows can reach it while the share falls. For
    the rest as :func:`target_year`.

    References
    ----------
    Bartholomew, Forbes and McClean (1991), as :func:`target_year`.

    Examples
    --------
    >>> from evenhand.stats import Flows, project
    >>> flows = Flows([[20.0], [40.0]], [[0.05], [0.05]], promotion=[[0.0], [0.0]])
    >>> future = project([[100], [900]], flows, years=20, rng=np.random.default_rng(1))
    >>> number_year(future, 0, number=160).year
    5.0

    With twenty joining a year and one in twenty leaving, sixty more take about five years.
    """
    if number != int(number) or number < 0:
        raise UsageProblem(
            f"number must be a whole number of people, 0 or more, not {number!r}.",
            rule="target-is-a-number",
        )
    require_confidence(confidence)
    return _first_met(simulated_heads(future, group, rank=rank)[..., group] >= number, confidence)


def _first_met(met: NDArray[np.bool_], confidence: Confidence) -> TargetYear:
    """When each simulated future first meets a target: ``met`` has shape ``(draws, years + 1)``."""
    first = np.where(met.any(axis=1), met.argmax(axis=1), np.inf)
    quantiles = np.quantile(
        first, [confidence.tail, 0.5, 1 - confidence.tail], method="inverted_cdf"
    )
    low, year, high = (float(q) if np.isfinite(q) else float("nan") for q in quantiles)
    return TargetYear(year, low, high, float(met.any(axis=1).mean()), met.mean(axis=0), confidence)
