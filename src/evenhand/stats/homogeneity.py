"""Is the disparity much the same in every stratum, or is one pooled figure hiding a quarrel?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.chi_squared import ChiSquared, refer
from evenhand.stats.columns import Floats, Proportion, Rate, Reason
from evenhand.stats.mantel_haenszel import mantel_haenszel_odds_ratio
from evenhand.stats.mantel_haenszel_rates import mantel_haenszel_rate_ratio
from evenhand.stats.margins import fitted_cells, harmonic
from evenhand.stats.strata import line_up


def breslow_day(group: Proportion, comparator: Proportion, *, tarone: bool = True) -> ChiSquared:
    """Does the odds ratio differ from stratum to stratum by more than chance?

    Breslow and Day's test sets the group's events in each stratum against those that the pooled
    (Mantel–Haenszel) odds ratio would give with the same margins. Tarone's correction makes up for
    the pooled ratio not being the likeliest one, and is on unless asked otherwise.

    Parameters
    ----------
    group, comparator
        Counts of people of shape ``(…, strata)``.
    tarone
        Subtract Tarone's correction.

    Returns
    -------
    ChiSquared of shape ``(…)``, with one degree of freedom fewer than there are informative strata
    (people on both sides, and both outcomes). Undefined with fewer than two, or where the pooled
    ratio is 0 or infinite.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Not for sparse strata: fitted counts below about 5 in many of them make p unreliable. It has
    little power with few events; a large p is not evidence that strata agree.

    References
    ----------
    Breslow NE, Day NE (1980), Statistical Methods in Cancer Research I, section 4.4, equation 4.30.
    Tarone RE (1985), Biometrika 72:91–95.

    Examples
    --------
    >>> women = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
    >>> men = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])
    >>> breslow_day(women, men).p.round(3)
    np.float64(0.002)

    Departments differ in how women fared beside men, so they must be shown one by one.
    """
    strata = line_up(group, comparator)
    ratio = mantel_haenszel_odds_ratio(group, comparator).estimate.value
    usable = np.isfinite(ratio) & (ratio > 0)
    cells = fitted_cells(np.where(usable, ratio, 1.0)[..., None], *strata.margins)
    both = (strata.events > 0) & (strata.events < strata.size) & strata.used
    method = "Breslow–Day" + (" with Tarone's correction" if tarone else "")
    return _scatter(
        strata.group - cells[0], np.where(both, harmonic(cells), 0.0), usable, (tarone, method)
    )


def rate_ratio_homogeneity(group: Rate, comparator: Rate, *, tarone: bool = True) -> ChiSquared:
    """Does the rate ratio differ from stratum to stratum by more than chance?

    The same idea for rates: given each stratum's events, the group's share under the pooled
    (Mantel–Haenszel) rate ratio is binomial, and the statistic adds up the squared departures.

    Parameters
    ----------
    group, comparator
        Events over population, of shape ``(…, strata)``.
    tarone
        Subtract the correction for using the Mantel–Haenszel ratio in place of the likeliest one.

    Returns
    -------
    ChiSquared of shape ``(…)``, with one degree of freedom fewer than there are strata with people
    on both sides and any event. Undefined with fewer than two.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Not for strata that expect fewer than about 5 events a side.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, section 3.6. Rothman KJ,
    Greenland S, Lash TL (2008), Modern Epidemiology, 3rd ed., chapter 15.

    Examples
    --------
    >>> rate_ratio_homogeneity(Rate([14, 23], [1516, 949]), Rate([10, 8], [1701, 2245])).p.round(3)
    np.float64(0.011)

    The two strata differ in their rate ratio more than chance would explain: show both.
    """
    strata = line_up(group, comparator)
    ratio = mantel_haenszel_rate_ratio(group, comparator).estimate.value
    usable = np.isfinite(ratio) & (ratio > 0)
    mine = strata.group_size * np.where(usable, ratio, 1.0)[..., None]
    share = mine / np.where(strata.used, mine + strata.comparator_size, 1.0)
    fitted, spread = strata.events * share, strata.events * share * (1 - share)
    method = "homogeneity of rate ratios" + (" with Tarone's correction" if tarone else "")
    return _scatter(strata.group - fitted, spread, usable, (tarone, method))


def _scatter(
    gap: Floats, spread: Floats, usable: NDArray[np.bool_], how: tuple[bool, str]
) -> ChiSquared:
    tarone, method = how
    informative = spread > 0
    spread = np.where(informative, spread, 1.0)
    gap = np.where(informative, gap, 0.0)
    statistic = (gap**2 / spread).sum(axis=-1)
    if tarone:
        total = np.where(informative, spread, 0.0).sum(axis=-1)
        statistic = statistic - gap.sum(axis=-1) ** 2 / np.where(total > 0, total, 1.0)
    degrees = np.maximum(informative.sum(axis=-1) - 1, 0)
    reason = np.where(usable & (degrees > 0), Reason.DEFINED, Reason.NOT_ESTIMABLE)
    return refer(np.maximum(statistic, 0.0), degrees, reason=reason.astype(np.uint8), method=method)
