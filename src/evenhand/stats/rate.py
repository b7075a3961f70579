"""How often does this happen for the number of people, and how sure can we be of it?"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import gammaincinv

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Rate,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.inversion import exact_mean, mid_p_mean

RateMethod = Literal["exact-or-byar", "garwood", "byar", "mid-p", "jeffreys", "score"]
_METHODS = ("exact-or-byar", "garwood", "byar", "mid-p", "jeffreys", "score")

# From this count on, the default uses Byar's formula (Association of Public Health Observatories
# 2008, Technical Briefing 3: exact below 10). At 10 its limits are within 0.2% of the exact ones
# and closer at every larger count (tests/unit/stats/test_rate.py).
BYAR_FROM = 10


def rate(
    measured: Rate,
    *,
    per: float = 1.0,
    method: RateMethod = "exact-or-byar",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How often does this happen per head, and between which limits does the rate plausibly lie?

    Public-health convention: exact Poisson limits (Garwood) below 10 events, Byar's formula from 10
    on, where the two can no longer be told apart in print.

    Parameters
    ----------
    measured : Rate
        Events over population or person-time, any shape.
    per : float
        The unit of the answer: 1000 gives a rate per 1,000. Finite and above 0.
    method : {"exact-or-byar", "garwood", "byar", "mid-p", "jeffreys", "score"}
        The rule for every count alike, or the default switch at :data:`BYAR_FROM`.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Rates per ``per``, never negative; nan with ``NO_POPULATION`` where a population is 0.

    Raises
    ------
    UsageProblem
        If ``per`` is not above 0, the method is unknown or the confidence is a bare number.

    Notes
    -----
    Assumes events come independently, one at a time. Repeated events of one person make the
    interval too narrow. Do not use where the population does not describe who is there: a
    resident rate in a city centre counts visitors above the line and not below it.

    References
    ----------
    F. Garwood (1936), *Biometrika* 28, 437-442. N. E. Breslow, N. E. Day (1987), *Statistical
    Methods in Cancer Research* II, equation 2.13 (Byar). APHO (2008), *Technical Briefing 3*.

    Examples
    --------
    >>> from evenhand.stats import Rate, rate
    >>> found = rate(Rate([5, 65], [100, 1000]), per=1000)
    >>> found.value.round(1), found.low.round(1), found.high.round(1)
    (array([50., 65.]), array([16.2, 50.2]), array([116.7,  82.8]))

    Five events among 100 people is 50 per 1,000, and could plausibly be anything from 16 to 117.
    """
    require_method(method, _METHODS)
    if not 0 < per < np.inf:
        raise UsageProblem(f"per must be finite and above 0, not {per!r}.", rule="per-is-a-unit")
    count, people = measured.events.astype(np.float64), measured.population
    low, high = count_limits(count.ravel(), method, require_confidence(confidence))
    somebody = people > 0
    unit = per / np.where(somebody, people, 1.0)
    columns = (count, low.reshape(count.shape), high.reshape(count.shape))
    value, low, high = (np.where(somebody, column * unit, np.nan) for column in columns)
    reason = np.where(somebody, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    return Estimates(value, low, high, reason, _NAME[method], confidence)


def count_limits(
    count: Floats, method: str, confidence: Confidence = NINETY_FIVE
) -> tuple[Floats, Floats]:
    """Limits of a Poisson mean by one of :func:`rate`'s methods, for a flat column of counts."""
    if method == "exact-or-byar":
        exact, byar = exact_mean(count, confidence.tail), byar_limits(count, confidence)
        few = count < BYAR_FROM
        return np.where(few, exact[0], byar[0]), np.where(few, exact[1], byar[1])
    return _METHOD[method](count, confidence)


def byar_limits(count: Floats, confidence: Confidence = NINETY_FIVE) -> tuple[Floats, Floats]:
    """Byar's approximation to the exact Poisson limits; also used by standardised rates."""
    z = critical_value(confidence)
    some, more = np.maximum(count, 1.0), count + 1
    low = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    # At a count of 1 and high confidence the bracket is negative: a rate cannot be.
    return np.where(count == 0, 0.0, np.maximum(low, 0.0)), high


def _garwood(count: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    return exact_mean(count, confidence.tail)


def _mid_p(count: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    return mid_p_mean(count, confidence.tail)


def _jeffreys(count: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    low = gammaincinv(count + 0.5, confidence.tail)
    high = np.asarray(gammaincinv(count + 0.5, 1 - confidence.tail), dtype=np.float64)
    return np.where(count == 0, 0.0, low), high


def _score(count: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    z = critical_value(confidence)
    reach = z * np.sqrt(count + z * z / 4)
    middle = count + z * z / 2
    return np.where(count == 0, 0.0, middle - reach), middle + reach


_METHOD = {
    "garwood": _garwood,
    "byar": byar_limits,
    "mid-p": _mid_p,
    "jeffreys": _jeffreys,
    "score": _score,
}
_NAME = {
    "exact-or-byar": f"exact Poisson below {BYAR_FROM} events, Byar from {BYAR_FROM}",
    "garwood": "exact Poisson (Garwood)",
    "byar": "Byar",
    "mid-p": "Poisson mid-p",
    "jeffreys": "Jeffreys (Poisson)",
    "score": "Poisson score",
}
