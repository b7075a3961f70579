"""Could chance alone explain a difference that runs through the strata?"""

from __future__ import annotations

import numpy as np

from evenhand.stats.chi_squared import ChiSquared, refer
from evenhand.stats.columns import Floats, Proportion, Rate, Reason
from evenhand.stats.strata import Strata, line_up


def cochran_mantel_haenszel(
    group: Proportion | Rate, comparator: Proportion | Rate, *, continuity: bool = False
) -> ChiSquared:
    """Is there a difference between the two sides once like is set beside like?

    The Cochran–Mantel–Haenszel test: the group's events less those expected from each stratum's
    margins, squared, over their variance. It has one degree of freedom, so it looks for a
    difference in one direction through all strata. For rates the expectation is in proportion to
    population (the conditional binomial).

    Parameters
    ----------
    group, comparator
        Both `Proportion` or both `Rate`, of shape ``(…, strata)``.
    continuity
        Take one half from the absolute difference first: closer to the exact test, and cautious.

    Returns
    -------
    ChiSquared of shape ``(…)``; undefined where no stratum could have come out otherwise.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Differences in opposite directions cancel: a small statistic is not evidence that strata are
    even. The chi-squared reference is rough where the group's possible events, summed over strata,
    reach fewer than 5 either side of the expected number (Mantel and Fleiss 1980).

    References
    ----------
    Mantel N, Haenszel W (1959), J Natl Cancer Inst 22:719–748. Cochran WG (1954), Biometrics
    10:417–451. Mantel N, Fleiss JL (1980), Am J Epidemiol 112:129–134.

    Examples
    --------
    >>> women = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
    >>> men = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])
    >>> cochran_mantel_haenszel(women, men).p.round(2)
    np.float64(0.22)

    Within departments, a difference as large as this one would arise by chance one time in five.
    """
    strata = line_up(group, comparator)
    expected = strata.events * strata.group_size / strata.size
    variance = _variance(strata, rates=isinstance(group, Rate)).sum(axis=-1)
    gap = np.abs((strata.group - expected).sum(axis=-1))
    if continuity:
        gap = np.maximum(gap - 0.5, 0.0)
    reason = np.where(variance > 0, Reason.DEFINED, Reason.NOT_ESTIMABLE)
    reason = np.where(strata.events.any(axis=-1), reason, Reason.NO_EVENTS)
    reason = np.where(strata.used.any(axis=-1), reason, Reason.NO_POPULATION).astype(np.uint8)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = gap**2 / variance
    method = "Cochran–Mantel–Haenszel" + (" with continuity correction" if continuity else "")
    return refer(statistic, np.ones(reason.shape, np.int64), reason=reason, method=method)


def _variance(strata: Strata, *, rates: bool) -> Floats:
    share = strata.group_size * strata.comparator_size / strata.size**2
    if rates:
        return strata.events * share
    without = strata.size - strata.events
    return strata.events * without * share / np.maximum(strata.size - 1, 1)
