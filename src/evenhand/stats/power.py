"""What the group's rate would have to be for the exact test to notice, as often as is asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import betainc, betaincc, expit, gammainc, gammaincc, logit

from evenhand.stats.columns import Floats
from evenhand.stats.critical_counts import critical_above, critical_below
from evenhand.stats.lattice import Binomial, Hypergeometric, Lattice
from evenhand.stats.power_normal import normal_rates, normal_shares
from evenhand.stats.roots import find_bracketed
from evenhand.stats.tails import two_sided

# The comparator's count varies too. Five Gauss-Hermite points of the normal distribution stand
# for it, on the scale where its spread does not depend on its size.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
_NODES, _WEIGHTS = _NODES[:, np.newaxis], (_WEIGHTS / _WEIGHTS.sum())[:, np.newaxis]

# No count above this is looked for: far above any that could be needed, far below overflow.
_NO_END = 2.0**50
_NEVER = -1.0


# From this standard deviation of the group's count on, the closed form is used: there its power is
# within 0.02 of the exact test's (tests/properties/stats/test_detectable.py).
_CLOSED_FROM = 30.0


def noticed_rates(
    time1: Floats, events2: Floats, time2: Floats, *, power: float, level: float
) -> tuple[Floats, Floats]:
    """The group's rates above and below the comparator's at which the power is reached.

    Large counts by the closed form, small ones exactly.
    """
    above, below = normal_rates(time1, events2, time2, power=power, level=level)
    spread = events2 / time2 / (1 / time1 + 1 / time2)
    small = np.flatnonzero(spread < _CLOSED_FROM**2)
    few = (column[small] for column in (time1, events2, time2))
    above[small], below[small] = _exact_rates(*few, power=power, level=level)
    return above, below


def _exact_rates(
    time1: Floats, events2: Floats, time2: Floats, *, power: float, level: float
) -> tuple[Floats, Floats]:
    others = np.round(np.maximum(np.sqrt(events2) + _NODES / 2, 0.0) ** 2)
    share = np.broadcast_to(time1 / (time1 + time2), others.shape)

    def p_value(count: Floats) -> Floats:
        return _tested(Binomial((count + others).ravel(), share.ravel()), count)

    most = np.full(others.shape, _NO_END)
    first = critical_above(p_value, others * (time1 / time2), most, level)
    last = critical_below(p_value, others * (time1 / time2), level)
    above = _reach(_poisson_above, first, np.log(first.mean(axis=0)), power)
    guess = np.log(np.maximum(last.mean(axis=0), 0.2))
    below = _reach(_poisson_below, last, guess, power)
    return np.exp(above) / time1, np.exp(below) / time1


def noticed_shares(
    size1: Floats, count2: Floats, size2: Floats, *, power: float, level: float
) -> tuple[Floats, Floats]:
    """The group's shares above and below the comparator's at which the power is reached.

    Large counts by the closed form, small ones exactly.
    """
    above, below = normal_shares(size1, count2, size2, power=power, level=level)
    share = count2 / size2
    spread = share * (1 - share) / (1 / size1 + 1 / size2)
    small = np.flatnonzero(spread < _CLOSED_FROM**2)
    few = (column[small] for column in (size1, count2, size2))
    above[small], below[small] = _exact_shares(*few, power=power, level=level)
    return above, below


def _exact_shares(
    size1: Floats, count2: Floats, size2: Floats, *, power: float, level: float
) -> tuple[Floats, Floats]:
    angle = np.arcsin(np.sqrt(count2 / size2)) + _NODES / (2 * np.sqrt(size2))
    others = np.round(size2 * np.sin(np.clip(angle, 0.0, np.pi / 2)) ** 2)
    sizes = np.broadcast_to(size1, others.shape), np.broadcast_to(size2, others.shape)

    def p_value(count: Floats) -> Floats:
        drawn = (count + others).ravel()
        return _tested(Hypergeometric(drawn, sizes[0].ravel(), sizes[1].ravel()), count)

    expected = size1 * others / size2
    first = critical_above(p_value, expected, sizes[0], level)
    last = critical_below(p_value, expected, level)
    first = np.where(first > size1, _NEVER, first)
    above = _reach(
        lambda t, c, n: betainc(c, n - c + 1, expit(t)),
        first,
        logit(np.clip(first.mean(axis=0), 0.2, size1 - 0.2) / size1),
        power,
        size1,
    )
    below = _reach(
        lambda t, c, n: betaincc(c + 1, n - c, expit(t)),
        last,
        logit(np.clip(last.mean(axis=0), 0.2, size1 - 0.2) / size1),
        power,
        size1,
    )
    return expit(above), expit(below)


def _poisson_above(log_mean: Floats, count: Floats) -> Floats:
    return np.asarray(gammainc(count, np.exp(log_mean)), dtype=np.float64)


def _poisson_below(log_mean: Floats, count: Floats) -> Floats:
    return np.asarray(gammaincc(count + 1, np.exp(log_mean)), dtype=np.float64)


def _tested(lattice: Lattice, count: Floats) -> Floats:
    """The mid-p of every count; 1 where there is nothing to share out."""
    p = np.ones(count.size)
    some = np.flatnonzero(lattice.high > lattice.low)
    p[some] = two_sided(lattice.take(some), count.ravel()[some], mid_p=True)
    return p.reshape(count.shape)


def _reach(
    tail: Callable[..., Floats], counts: Floats, guess: Floats, power: float, *size: Floats
) -> Floats:
    """Where the chance of a finding, over the comparator's points, is ``power``; nan if nowhere."""
    possible = counts >= 0
    found = np.full(guess.shape, np.nan)
    can = np.flatnonzero((_WEIGHTS * possible).sum(axis=0) > power)

    def short(at: Floats, counts: Floats, *size: Floats) -> Floats:
        columns = tuple(column[:, np.newaxis] for column in size)
        chance = tail(at[:, np.newaxis], np.maximum(counts, 0.0), *columns)
        weighted: Floats = np.where(counts >= 0, chance, 0.0) @ _WEIGHTS[:, 0]
        return weighted - power

    step = np.full(can.size, 0.2)
    parts = (counts.T[can], *(column[can] for column in size))
    found[can] = find_bracketed(short, guess[can], step, *parts)
    return found
