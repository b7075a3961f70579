"""Exact limits: the binomial chance or Poisson mean at which the count seen would be surprising."""

from __future__ import annotations

import numpy as np
from scipy.special import (
    betainc,
    betaincc,
    betainccinv,
    betaincinv,
    expit,
    gammainc,
    gammaincc,
    gammainccinv,
    gammaincinv,
    ndtri,
)

from evenhand.stats.columns import Floats
from evenhand.stats.roots import find_bracketed, find_roots


def exact_odds(count: Floats, total: Floats, tail: float) -> tuple[Floats, Floats]:
    """Clopper-Pearson limits of a binomial chance, as odds ``p / (1 - p)``: 0 or inf at the ends.

    Odds and not chances, because ``1 - p`` is lost when a ``p`` near 1 is written down.
    """
    low, high = _exact_low(count, total, tail), _exact_low(total - count, total, tail)
    return low, _inverse(high)


def mid_p_odds(count: Floats, total: Floats, tail: float) -> tuple[Floats, Floats]:
    """Limits of a binomial chance, as odds, when the count itself weighs one half."""
    low, high = _mid_low(count, total, tail), _mid_low(total - count, total, tail)
    return low, _inverse(high)


def chance_of(odds: Floats) -> Floats:
    """The chance ``p`` with these odds; infinite odds are certainty."""
    with np.errstate(invalid="ignore"):
        chance = odds / (1 + odds)
    return np.where(np.isinf(odds), 1.0, chance)


def exact_mean(count: Floats, tail: float) -> tuple[Floats, Floats]:
    """Garwood's limits of a Poisson mean."""
    low = np.where(count > 0, gammaincinv(np.maximum(count, 1), tail), 0.0)
    high = np.asarray(gammainccinv(count + 1, tail), dtype=np.float64)
    return low, high


def mid_p_mean(count: Floats, tail: float) -> tuple[Floats, Floats]:
    """Limits of a Poisson mean when the count itself weighs one half."""
    low = np.zeros(count.shape)
    some = np.flatnonzero(count > 0)
    x = count[some]
    low[some] = np.exp(
        find_roots(
            lambda t, x: np.log(_mean(gammainc, x, np.exp(t))) - np.log(tail),
            np.log(gammaincinv(x, tail)),
            np.log(gammaincinv(x + 1, tail)),
            x,
        )
    )
    # At a count of 0 the lower of the two bounds is a mean of 0: its logarithm needs a floor,
    # and no tail below one half puts the limit under 1e-9.
    floor = np.where(count > 0, gammainccinv(np.maximum(count, 1), tail), 1e-9)
    high = find_roots(
        lambda t, x: np.log(_mean(gammaincc, x, np.exp(t))) - np.log(tail),
        np.log(floor),
        np.log(gammainccinv(count + 1, tail)),
        count,
    )
    return low, np.exp(high)


def _mean(function: np.ufunc, x: Floats, mean: Floats) -> Floats:
    at = np.where(x > 0, function(np.maximum(x, 1), mean), 0.0)
    average: Floats = 0.5 * (at + function(x + 1, mean))
    return np.maximum(average, 1e-320)


def _inverse(odds: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return 1 / odds


def _exact_low(count: Floats, total: Floats, tail: float) -> Floats:
    """The odds at which ``count`` or more of ``total`` has the chance ``tail``."""
    x, n = np.maximum(count, 1.0), np.maximum(total, 1.0)
    chance = betaincinv(x, n - x + 1, tail)
    with np.errstate(divide="ignore", invalid="ignore"):
        near_one = betainccinv(n - x + 1, x, tail)
        odds = np.where(chance < 0.5, chance / (1 - chance), (1 - near_one) / near_one)
    return np.where(count > 0, odds, 0.0)


def _mid_low(count: Floats, total: Floats, tail: float) -> Floats:
    low = np.zeros(count.shape)
    some = np.flatnonzero((count > 0) & (count < total))
    x, n = count[some], total[some]
    # The score limit is off by about one over the smaller count, on the log scale of the odds.
    guess = np.log(_score_odds(x, n, -float(ndtri(tail))))
    low[some] = np.exp(
        find_bracketed(
            lambda t, x, n: np.log(_mid_upper_tail(x, n, t)) - np.log(tail),
            guess,
            0.5 / x + 0.5 / (n - x + 1),
            x,
            n,
        )
    )
    every = (count > 0) & (count == total)
    # All of them: p**n / 2 = tail.
    log_chance = np.log(2 * tail) / np.maximum(total, 1)
    return np.where(every, np.exp(log_chance) / -np.expm1(log_chance), low)


def _score_odds(x: Floats, n: Floats, z: float) -> Floats:
    """Wilson's lower limit as odds: the smaller root of a quadratic, where nothing cancels."""
    middle = 2 * x * (n - x) + z * z * n
    return 2 * x * x / (middle + np.sqrt(middle * middle - (2 * x * (n - x)) ** 2))


def _mid_upper_tail(x: Floats, n: Floats, log_odds: Floats) -> Floats:
    """The mean of P(X >= x) and P(X > x), from whichever of p and 1 - p is the smaller."""
    average = np.empty(x.shape)
    small = log_odds < 0
    for chosen, tail_of in ((small, _tail_of_p), (~small, _tail_of_q)):
        some = np.flatnonzero(chosen)
        average[some] = tail_of(x[some], n[some], log_odds[some])
    return np.maximum(average, 1e-320)


def _tail_of_p(x: Floats, n: Floats, log_odds: Floats) -> Floats:
    p = expit(log_odds)
    both = betainc(x, n - x + 1, p) + betainc(x + 1, n - x, p)
    return 0.5 * np.asarray(both, dtype=np.float64)


def _tail_of_q(x: Floats, n: Floats, log_odds: Floats) -> Floats:
    q = expit(-log_odds)
    both = betaincc(n - x + 1, x, q) + betaincc(n - x, x + 1, q)
    return 0.5 * np.asarray(both, dtype=np.float64)
