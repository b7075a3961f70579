"""How many times the odds are those of one group compared with another's?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.chunks import Limits, in_chunks
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Proportion,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.conditional_odds import conditional_odds
from evenhand.stats.pairs import Pair, as_estimates, can_be_bounded, pair_proportions
from evenhand.stats.score_limits import score_odds_limits

OddsRatioMethod = Literal["mid-p", "exact", "score", "sample"]
_METHODS = ("mid-p", "exact", "score", "sample")
Columns = tuple[Floats, Floats, Floats]


def odds_ratio(
    group: Proportion,
    comparator: Proportion,
    *,
    method: OddsRatioMethod = "mid-p",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How many times the comparator's odds are the group's, and how sure is that?

    Conditional maximum likelihood given the margins, with the exact interval in which the table
    seen weighs one half. It goes with :func:`fisher`, and is honest at zero.

    Parameters
    ----------
    group, comparator : Proportion
        Counts of totals, of shapes that broadcast together.
    method : {"mid-p", "exact", "score", "sample"}
        ``exact`` is the conditional interval of R's ``fisher.test``; ``score`` and ``sample`` give
        the sample odds ratio ad/bc, with Miettinen and Nurminen's score
        interval and with Woolf's normal interval.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Odds ratios from 0 up. No events in either, or only events: undefined. None in the
        comparator, or all in the group: infinite, with ``low`` the bound to print. A total of 0:
        undefined. ``sample`` says ``NOT_ESTIMABLE`` where any cell is 0.

    Raises
    ------
    UsageProblem
        If shapes do not line up, the method is unknown or the confidence is a bare number.

    Notes
    -----
    Assumes independent people. Not for telling the public how much likelier something is: unless it
    is rare, an odds ratio is further from 1 than the :func:`risk_ratio`.
    The conditional value is nearer 1 than ad/bc in small tables. Where the group's count has a
    standard error above 20 the sums become integrals; limits then agree to one part in ten million.

    References
    ----------
    J. Cornfield (1956), *Proc. 3rd Berkeley Symposium* 4, 135-148. P. McCullagh, J. A. Nelder
    (1989), *Generalized Linear Models*, section 7.3. M. W. Fagerland, S. Lydersen, P. Laake (2015),
    *Statistical Methods in Medical Research* 24, 224-254. B. Woolf (1955), *Annals of Human
    Genetics* 19, 251-253. O. Miettinen, M. Nurminen (1985), *Statistics in Medicine* 4, 213-226.

    Examples
    --------
    >>> from evenhand.stats import Proportion, odds_ratio
    >>> found = odds_ratio(Proportion([7], 34), Proportion([1], 34))
    >>> found.value.round(2), found.low.round(2), found.high.round(1)
    (array([8.33]), array([1.19]), array([199.6]))

    The odds are eight times the comparator's, but 1.2 and 200 times are both plausible: too few.
    """
    require_method(method, _METHODS)
    pair = pair_proportions(group, comparator)
    reason = _reasons(pair)
    sound = np.flatnonzero(can_be_bounded(reason))
    columns = np.full((3, pair.x1.size), np.nan)
    columns[:, sound] = _METHOD[method](pair.take(sound), require_confidence(confidence))
    if method == "sample":
        bounded = can_be_bounded(reason)
        reason[bounded & np.isnan(columns[1])] = Reason.NOT_ESTIMABLE
    value, low, high = columns
    named = (_NAME[method], confidence)
    return as_estimates((value, low, high), reason, shape=pair.shape, named=named)


def _reasons(pair: Pair) -> NDArray[np.uint8]:
    events, everyone = pair.x1 + pair.x2, pair.n1 + pair.n2
    reason = np.zeros(events.shape, dtype=np.uint8)
    reason[pair.x1 == pair.n1] = Reason.NO_GROUP_NON_EVENTS
    reason[pair.x2 == 0] = Reason.NO_COMPARATOR_EVENTS
    reason[events == everyone] = Reason.ONLY_EVENTS
    reason[events == 0] = Reason.NO_EVENTS
    reason[(pair.n1 == 0) | (pair.n2 == 0)] = Reason.NO_POPULATION
    return reason


def _conditional(pair: Pair, confidence: Confidence, *, own_weight: float) -> Columns:
    found = conditional_odds(
        pair, tail=confidence.tail, z=critical_value(confidence), own_weight=own_weight
    )
    return np.exp(found.value), np.exp(found.low), np.exp(found.high)


def _sample_value(pair: Pair) -> Floats:
    a, b, c, d = pair.cells
    with np.errstate(divide="ignore", invalid="ignore"):
        # In this order nothing overflows, and 0/0 arises only where b or c is 0: infinite.
        value = (a / c) * (d / b)
    return np.where((b == 0) | (c == 0), np.inf, value)


def _sample(pair: Pair, confidence: Confidence) -> Columns:
    cells = pair.cells
    full = np.logical_and.reduce([cell > 0 for cell in cells])
    variance = sum(1 / np.maximum(cell, 1) for cell in cells)
    reach = np.where(full, np.exp(critical_value(confidence) * np.sqrt(variance)), np.nan)
    value = np.where(full, _sample_value(pair), np.nan)
    return value, value / reach, value * reach


def _score(pair: Pair, confidence: Confidence) -> Columns:
    return _sample_value(pair), *in_chunks(partial(_score_limits, critical_value(confidence)), pair)


def _score_limits(z: float, pair: Pair) -> Limits:
    everyone = pair.n1 + pair.n2
    return score_odds_limits(pair, z * z * (everyone / (everyone - 1)))


_METHOD: dict[str, Callable[[Pair, Confidence], Columns]] = {
    "mid-p": partial(_conditional, own_weight=0.5),
    "exact": partial(_conditional, own_weight=1.0),
    "score": _score,
    "sample": _sample,
}
_NAME = {
    "mid-p": "conditional maximum likelihood, exact mid-p",
    "exact": "conditional maximum likelihood, exact",
    "score": "sample odds ratio, Miettinen–Nurminen score",
    "sample": "sample odds ratio, log-normal (Woolf)",
}
