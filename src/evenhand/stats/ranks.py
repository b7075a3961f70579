"""How sure is a unit's place in the table?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Estimates, Floats, Mask, Reason, require_confidence
from evenhand.stats.shrinkage import Shrunken

# 4,000 draws put a 2.5% tail within about half a percentage point (binomial standard error 0.25).
_DRAWS = 4_000
# Families are taken in batches of about this many draws, to keep memory under 300 MB.
_BATCH = 5_000_000


@dataclass(frozen=True, slots=True)
class RankIntervals:
    """Each unit's place: expected, and between which places with the stated probability.

    Place 1 is the highest rate. ``estimate.value`` is the expected place (a fraction), ``low`` and
    ``high`` are whole places. ``highest`` and ``lowest`` are the probabilities of being first and
    last. Units with nobody in them have no place (``NO_POPULATION``).
    """

    estimate: Estimates
    highest: Floats
    lowest: Floats


def rank_intervals(
    shrunken: Shrunken,
    *,
    rng: np.random.Generator,
    draws: int = _DRAWS,
    confidence: Confidence = NINETY_FIVE,
) -> RankIntervals:
    """Between which places in the league table could each unit really lie?

    Each unit's true rate is drawn from what is known of it (its posterior), the units are ranked,
    and this is done many times over.

    Parameters
    ----------
    shrunken
        What `shrink` returned, of shape ``(…, units)``.
    rng
        The source of random numbers; the same generator state gives the same answer.
    draws
        How many times to draw, at least 100.
    confidence
        Probability of the intervals.

    Returns
    -------
    RankIntervals of shape ``(…, units)``. The expected places of n units add up to n(n + 1)/2.

    Raises
    ------
    UsageProblem
        Fewer than 100 draws.

    Notes
    -----
    Wide intervals are the finding: most league tables cannot tell most units apart. Do not print
    the places without them. Assumes what `shrink` assumes.

    References
    ----------
    Goldstein H, Spiegelhalter DJ (1996), J R Stat Soc A 159:385–443. Marshall EC, Spiegelhalter DJ
    (1998), BMJ 316:1701–1705. Laird NM, Louis TA (1989), J Educ Stat 14:29–46.

    Examples
    --------
    >>> from evenhand.stats.columns import Proportion
    >>> from evenhand.stats.shrinkage import shrink
    >>> shrunken = shrink(Proportion([10, 12, 30], [100, 100, 100]))
    >>> places = rank_intervals(shrunken, rng=np.random.default_rng(1))
    >>> places.estimate.low.tolist(), places.estimate.high.tolist()
    ([2.0, 2.0, 1.0], [3.0, 3.0, 1.0])

    The third unit is highest; which of the other two is lower cannot be told.
    """
    require_confidence(confidence)
    if draws < 100:
        raise UsageProblem(f"draws must be at least 100, not {draws!r}.", rule="enough-draws")
    there = ~np.isnan(shrunken.a)
    columns = np.full((5, *there.shape), np.nan)
    flat = columns.reshape(5, -1, there.shape[-1])
    posterior = (shrunken.a.reshape(flat.shape[1:]), shrunken.b.reshape(flat.shape[1:]))
    batch = max(1, _BATCH // max(draws * there.shape[-1], 1))
    for first in range(0, flat.shape[1], batch):
        rows = slice(first, first + batch)
        places = _places((posterior[0][rows], posterior[1][rows]), shrunken.rates, rng, draws)
        flat[:, rows] = _summary(places, ~np.isnan(posterior[0][rows]), confidence)
    columns[:, ~there] = np.nan
    reason = np.where(there, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    value, low, high, highest, lowest = columns
    estimate = Estimates(value, low, high, reason, "rank by posterior simulation", confidence)
    return RankIntervals(estimate, highest, lowest)


def _places(
    posterior: tuple[Floats, Floats], rates: bool, rng: np.random.Generator, draws: int
) -> NDArray[np.int32]:
    """The place of each unit in each draw, of shape ``(draws, families, units)``; empties last."""
    there = ~np.isnan(posterior[0])
    a, b = (np.where(there, part, 1.0) for part in posterior)
    size = (draws, *a.shape)
    rate = rng.gamma(a, size=size) / b if rates else rng.beta(a, b, size=size)
    order = np.argsort(np.where(there, -rate, np.inf), axis=-1)
    places = np.empty(order.shape, dtype=np.int32)
    numbers = np.arange(1, a.shape[-1] + 1, dtype=np.int32)
    np.put_along_axis(places, order, np.broadcast_to(numbers, order.shape), axis=-1)
    return places


def _summary(places: NDArray[np.int32], there: Mask, confidence: Confidence) -> Floats:
    """Expected place, its interval, and the chances of the first and the last place."""
    draws = places.shape[0]
    last = there.sum(axis=-1, keepdims=True)
    # Rounding first keeps 0.025 × 4,000 from becoming 100.00000000000009.
    low = math.floor(round(confidence.tail * draws, 6))
    high = math.ceil(round((1 - confidence.tail) * draws, 6)) - 1
    between = np.partition(places, (low, high), axis=0)
    return np.stack(
        [
            places.mean(axis=0),
            between[low].astype(np.float64),
            between[high].astype(np.float64),
            (places == 1).mean(axis=0),
            (places == last).mean(axis=0),
        ]
    )
