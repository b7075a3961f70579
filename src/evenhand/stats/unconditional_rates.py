"""Could the gap between two rates be chance, when nothing but the time watched was fixed?"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln, xlogy

from evenhand.core import UsageProblem
from evenhand.stats.columns import Floats, PValues, Rate, Reason
from evenhand.stats.pairs import Pair, pair_rates

# The work is a table of some 16 standard deviations each way: 750 by 750 counts for this many.
LARGEST_COUNT = 2_000

# A count this many standard deviations (and 25 events) beyond its mean has a chance below 1e-14.
_REACH, _EXTRA = 8.0, 25.0
# Statistics within this of the one seen are ties: they differ by rounding alone.
_TIE = 1e-10


def unconditional_rate_test(group: Rate, comparator: Rate) -> PValues:
    """If both groups had the same rate, how often would a gap this large come up by chance?

    Krishnamoorthy and Thomson's E-test: the chance, at the rate both groups share if nothing is
    wrong, of a standardised difference at least as large as the one seen, in either direction.
    Unlike :func:`conditional_rate_test` it does not fix how many events there were in all, and so
    finds more when there are few.

    Parameters
    ----------
    group, comparator : Rate
        Events over population or person-time, of shapes that broadcast together. The events of
        both together must not be above 2,000.

    Returns
    -------
    PValues
        ``p`` from 0 to 1; nan with its reason where a population is 0 or nothing happened.

    Raises
    ------
    UsageProblem
        If there are too many events or shapes do not line up.

    Notes
    -----
    Assumes events arrive independently at a constant rate. That rate is estimated, so the promise
    holds nearly and not exactly. Each distinct pair is worked through by itself, milliseconds
    each: for a few small counts that matter; for a table use :func:`conditional_rate_test`.

    References
    ----------
    K. Krishnamoorthy, J. Thomson (2004), *Journal of Statistical Planning and Inference* 119,
    23-35, section 3.

    Examples
    --------
    >>> from evenhand.stats import Rate, conditional_rate_test, unconditional_rate_test
    >>> none, three = Rate([0], [100]), Rate([3], [100])
    >>> unconditional_rate_test(none, three).p.round(3)
    array([0.088])
    >>> conditional_rate_test(none, three, mid_p=False).p.round(3)
    array([0.25])

    None against three in the same time is not much of a surprise by either test: chance alone.
    """
    pair = pair_rates(group, comparator)
    reason = np.where(pair.x1 + pair.x2 == 0, Reason.NO_EVENTS, Reason.DEFINED).astype(np.uint8)
    reason[(pair.n1 == 0) | (pair.n2 == 0)] = Reason.NO_POPULATION
    sound = np.flatnonzero(reason == Reason.DEFINED)
    _require_few(pair.take(sound))
    p = np.full(reason.shape, np.nan)
    if sound.size:
        distinct, place = np.unique(np.stack(pair.take(sound).columns), axis=1, return_inverse=True)
        p[sound] = np.array([_chance(*column) for column in distinct.T])[place.ravel()]
    shape = pair.shape
    return PValues(p.reshape(shape), reason.reshape(shape), "unconditional (E-test)")


def _require_few(pair: Pair) -> None:
    events = pair.x1 + pair.x2
    if events.size and events.max() > LARGEST_COUNT:
        raise UsageProblem(
            f"{events.max():.0f} events are above {LARGEST_COUNT}, the most this test works out.",
            remedy="Use conditional_rate_test, which takes any number.",
            rule="events-are-few",
        )


def _chance(x1: float, t1: float, x2: float, t2: float) -> float:
    """The chance of a statistic as large, at the pooled rate."""
    pooled = (x1 + x2) / (t1 + t2)
    (y1, f1), (y2, f2) = _counts(pooled * t1), _counts(pooled * t2)
    ratio = t1 / t2
    seen = _statistic(np.array(x1), np.array(x2), ratio)
    as_large = _statistic(y1[:, None], y2[None, :], ratio) >= seen * (1 - _TIE)
    return min(float(f1 @ (as_large @ f2)), 1.0)


def _statistic(x1: Floats, x2: Floats, ratio: float) -> Floats:
    """The squared standardised difference of the rates; 0 where nothing happened."""
    gap, spread = x1 - x2 * ratio, x1 + x2 * ratio**2
    return np.asarray(gap**2 / np.where(spread > 0, spread, 1.0))


def _counts(mean: float) -> tuple[Floats, Floats]:
    """The counts worth listing about a Poisson mean, and their chances."""
    reach = _REACH * np.sqrt(mean) + _EXTRA
    count = np.arange(np.floor(max(mean - reach, 0.0)), np.ceil(mean + reach) + 1)
    return count, np.exp(xlogy(count, mean) - mean - gammaln(count + 1))
