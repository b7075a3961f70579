"""Could a gap this large be chance? Two-sided exact tests that stay honest when cells are small."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.columns import Floats, Proportion, PValues, Rate, Reason
from evenhand.stats.lattice import Binomial, Hypergeometric, Lattice
from evenhand.stats.pairs import Pair, pair_proportions, pair_rates
from evenhand.stats.tails import two_sided


def fisher(group: Proportion, comparator: Proportion, *, mid_p: bool = True) -> PValues:
    """If the two groups were treated alike, how often would a gap this unlikely come up by chance?

    Fisher's exact test on each pair, two-sided by minimum likelihood: all tables with the same
    margins that are as unlikely as the one seen, or less likely, are added up. Tables within
    one part in ten million of the same likelihood are ties, as in R. By default those ties
    count one half (Lancaster's mid-p), because the plain test is far too cautious in small cells:
    its p-values average above one half even when nothing is wrong.

    Parameters
    ----------
    group, comparator : Proportion
        Counts of any shapes that broadcast together.
    mid_p : bool
        Whether ties count half (the default) or whole (R's ``fisher.test``).

    Returns
    -------
    PValues
        ``p`` between 1e-200 and 1. Where only one table is possible — nobody in a group, no
        events at all, or only events — ``p`` is nan and the reason says so. A p-value of 1e-200
        means "at most".

    Raises
    ------
    UsageProblem
        If the shapes do not line up.

    Notes
    -----
    Assumes that events are independent: repeat searches of one person are not, and make p too
    small. Do not use for paired recordings of the same people.
    Terms are added one by one up to a standard deviation of 40 of the group's count given the
    margins, with relative error below 1e-9; above it the sum is integrated with end corrections,
    relative error below 1e-8 (``tests/properties/stats/test_tails.py``). Only the outcome seen and
    its mirror image are then taken as ties: where p is above 0.998 and the standard deviation above
    2,000, so that many neighbours are within one part in ten million, p is right to 2 in 10,000.
    The mid-p here gives half weight to every table tied with the one seen (Lancaster's statistic
    is the likelihood); some programs halve the seen table only, and differ when groups are equal.

    References
    ----------
    R. A. Fisher (1935), *JRSS* 98, 39-82. H. O. Lancaster (1961), *JASA* 56, 223-234.
    K. F. Hirji (2006), *Exact Analysis of Discrete Data*, section 2.10.
    M. W. Fagerland, S. Lydersen, P. Laake (2017), *Statistical Analysis of Contingency Tables*,
    section 4.4.

    Examples
    --------
    >>> from evenhand.stats import Proportion, fisher
    >>> found = fisher(Proportion([2, 3], [9, 10]), Proportion([8, 3], [10, 10]), mid_p=False)
    >>> found.p.round(4)
    array([0.023, 1.   ])

    In the first pair a gap this unlikely would come up about once in 43 times by chance alone; in
    the second the groups did the same.
    """
    pair = pair_proportions(group, comparator)
    events, everyone = pair.x1 + pair.x2, pair.n1 + pair.n2
    reason = _reason(pair)
    reason[(reason == Reason.DEFINED) & (events == everyone)] = Reason.ONLY_EVENTS
    lattice = Hypergeometric(events, pair.n1, pair.n2)
    return _test(pair, lattice, reason, "Fisher exact" + (" mid-p" if mid_p else ""), mid_p=mid_p)


def conditional_rate_test(group: Rate, comparator: Rate, *, mid_p: bool = True) -> PValues:
    """If both groups had the same rate, how often would a gap this unlikely come up by chance?

    Given the events of both groups together, the group's share of them is binomial with the
    group's share of the population as its chance (Przyborowski and Wilenski 1940). The test is
    exact and two-sided by minimum likelihood, with ties as in :func:`fisher`.

    Parameters
    ----------
    group, comparator : Rate
        Events over population or person-time, of shapes that broadcast together.
    mid_p : bool
        Whether ties count half (the default) or whole (R's ``poisson.test``).

    Returns
    -------
    PValues
        ``p`` between 1e-200 and 1; nan with its reason where a population is 0 or nothing happened.

    Raises
    ------
    UsageProblem
        If the shapes do not line up.

    Notes
    -----
    Assumes events arrive independently at a constant rate. Use :func:`fisher` when each person can
    have at most one event and is counted once. Accuracy is as stated for :func:`fisher`.

    References
    ----------
    J. Przyborowski, H. Wilenski (1940), *Biometrika* 31, 313-323.

    Examples
    --------
    >>> from evenhand.stats import Rate, conditional_rate_test
    >>> conditional_rate_test(Rate([41], 28010), Rate([15], 19017), mid_p=False).p.round(4)
    array([0.0409])

    With equal rates, a gap this unlikely would come up about four times in a hundred.
    """
    pair = pair_rates(group, comparator)
    reason = _reason(pair)
    safe = np.where(reason == Reason.DEFINED, pair.n1 + pair.n2, 2.0)
    chance = np.where(reason == Reason.DEFINED, pair.n1 / safe, 0.5)
    lattice = Binomial(pair.x1 + pair.x2, chance)
    name = "conditional exact" + (" mid-p" if mid_p else "")
    return _test(pair, lattice, reason, name, mid_p=mid_p)


def _reason(pair: Pair) -> NDArray[np.uint8]:
    reason = np.zeros(pair.x1.shape, dtype=np.uint8)
    reason[pair.x1 + pair.x2 == 0] = Reason.NO_EVENTS
    reason[(pair.n1 == 0) | (pair.n2 == 0)] = Reason.NO_POPULATION
    return reason


def _test(
    pair: Pair, lattice: Lattice, reason: NDArray[np.uint8], method: str, *, mid_p: bool
) -> PValues:
    p: Floats = np.full(pair.x1.shape, np.nan)
    sound = np.flatnonzero(reason == Reason.DEFINED)
    p[sound] = two_sided(lattice.take(sound), pair.x1[sound], mid_p=mid_p)
    return PValues(p.reshape(pair.shape), reason.reshape(pair.shape), method)
