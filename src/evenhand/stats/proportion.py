"""How large is this share, and how sure can we be of it?"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import betaincinv

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Proportion,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.inversion import chance_of, exact_odds, mid_p_odds

ProportionMethod = Literal["wilson", "clopper-pearson", "mid-p", "jeffreys"]
_METHODS = ("wilson", "clopper-pearson", "mid-p", "jeffreys")


def proportion(
    share: Proportion,
    *,
    method: ProportionMethod = "wilson",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How large is this share, and between which limits does it plausibly lie?

    Wilson's score interval is the default: its coverage is close to what it says, it never leaves
    0 to 1, and it is sane at none and at all.

    Parameters
    ----------
    share : Proportion
        Counts of totals, any shape.
    method : {"wilson", "clopper-pearson", "mid-p", "jeffreys"}
        ``clopper-pearson`` never covers less than it says and usually far more; ``mid-p`` gives the
        count itself half weight; ``jeffreys`` is the Bayesian interval of the prior Beta(½, ½).
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Values and limits from 0 to 1; nan with ``NO_POPULATION`` where a total is 0.

    Raises
    ------
    UsageProblem
        If the method is unknown or the confidence is a bare number.

    Notes
    -----
    Assumes independent people or events. Do not use for a share of a small finite population
    that was almost wholly asked; a survey needs the finite-population correction.

    References
    ----------
    E. B. Wilson (1927), *JASA* 22, 209-212. C. J. Clopper, E. S. Pearson (1934), *Biometrika* 26,
    404-413. R. G. Newcombe (1998), *Statistics in Medicine* 17, 857-872 (methods 3, 5 and 6).
    L. D. Brown, T. T. Cai, A. DasGupta (2001), *Statistical Science* 16, 101-133.

    Examples
    --------
    >>> from evenhand.stats import Proportion, proportion
    >>> found = proportion(Proportion([15, 0], [148, 20]))
    >>> found.value.round(4), found.low.round(4), found.high.round(4)
    (array([0.1014, 0.    ]), array([0.0624, 0.    ]), array([0.1605, 0.1611]))

    Fifteen of 148 is 10.1%, plausibly between 6.2% and 16.1%; none of 20 leaves up to 16% open.
    """
    require_method(method, _METHODS)
    limits = _METHOD[method]
    x, n = share.count.astype(np.float64), share.total.astype(np.float64)
    somebody = n > 0
    total = np.where(somebody, n, 1.0)
    low, high = limits(x.ravel(), total.ravel(), require_confidence(confidence))
    columns = (x / total, low.reshape(x.shape), high.reshape(x.shape))
    value, low, high = (np.where(somebody, column, np.nan) for column in columns)
    reason = np.where(somebody, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    return Estimates(value, low, high, reason, _NAME[method], confidence)


def wilson_limits(x: Floats, n: Floats, z: float | Floats) -> tuple[Floats, Floats]:
    """Wilson's limits of ``x`` of ``n`` at ``z`` standard errors; 0 and 1 exactly at the ends."""
    reach = z * np.sqrt(x * (n - x) / n + z * z / 4)
    low = (x + z * z / 2 - reach) / (n + z * z)
    high = (x + z * z / 2 + reach) / (n + z * z)
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)


def _wilson(x: Floats, n: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    return wilson_limits(x, n, critical_value(confidence))


def _clopper_pearson(x: Floats, n: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    low, high = exact_odds(x, n, confidence.tail)
    return chance_of(low), chance_of(high)


def _mid_p(x: Floats, n: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    low, high = mid_p_odds(x, n, confidence.tail)
    return chance_of(low), chance_of(high)


def _jeffreys(x: Floats, n: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    # Brown, Cai and DasGupta (2001), section 4.1: the end itself is the limit at none and at all.
    low = betaincinv(x + 0.5, n - x + 0.5, confidence.tail)
    high = betaincinv(x + 0.5, n - x + 0.5, 1 - confidence.tail)
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)


_METHOD = {
    "wilson": _wilson,
    "clopper-pearson": _clopper_pearson,
    "mid-p": _mid_p,
    "jeffreys": _jeffreys,
}
_NAME = {
    "wilson": "Wilson score",
    "clopper-pearson": "Clopper–Pearson exact",
    "mid-p": "binomial mid-p",
    "jeffreys": "Jeffreys",
}
