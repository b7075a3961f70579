"""How large would a gap have to be for a unit of this size to show it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Floats,
    Mask,
    Proportion,
    Rate,
    Reason,
    as_counts,
    as_population,
    require_broadcastable,
    require_confidence,
    require_method,
)
from evenhand.stats.power import noticed_rates, noticed_shares
from evenhand.stats.power_normal import normal_rates, normal_shares

Method = Literal["exact", "normal"]
Noticed = Callable[..., tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Detectable:
    """The nearest ratios on either side of 1 that would probably have been noticed.

    ``difference_above`` and ``difference_below`` are the same gaps as differences. ``reason_above``
    and ``reason_below`` say why a bound is nan: most often that this unit is too small to show even
    the largest gap there could be.
    """

    ratio_above: Floats
    ratio_below: Floats
    difference_above: Floats
    difference_below: Floats
    reason_above: NDArray[np.uint8]
    reason_below: NDArray[np.uint8]
    power: float
    confidence: Confidence


def detectable_rate_ratio(
    population: ArrayLike,
    comparator: Rate,
    *,
    method: Method = "exact",
    power: float = 0.8,
    confidence: Confidence = NINETY_FIVE,
) -> Detectable:
    """If the group's rate were really different, how different before we would probably notice?

    The smallest rate ratio, up and down, that a test at this confidence would find with this power,
    given how many people there are and how often it happens to the comparator. The counts at which
    the exact test would first speak are looked up, and the rate sought at which they come up that
    often; the comparator's own variation is averaged over.

    Parameters
    ----------
    population : array of float
        The group's population or person-time; broadcasts with the comparator.
    comparator : Rate
        The comparator's events and population; its rate stands for what the group's would be.
    method : {"exact", "normal"}
        ``normal`` takes the rates on the square-root scale, where a Poisson count varies the same
        whatever its size: a closed form for whole tables of thousands, some thousand times quicker
        and within a tenth of the exact ratio when the comparator has at least 20 events and the
        group expects 5.
    power : float
        The chance of noticing, between 0.5 and 1; 0.8 by convention.
    confidence : Confidence
        Of the test: 95% is a two-sided test at 5%.

    Returns
    -------
    Detectable
        Ratios above and below 1 and differences per head. nan with ``TOO_SMALL`` below where even
        no events at all would not be noticed; with ``NO_COMPARATOR_EVENTS`` or ``NO_POPULATION``.

    Raises
    ------
    UsageProblem
        If a population is negative, ``power`` is out of bounds or shapes do not line up.

    Notes
    -----
    "No difference found" is only news when this ratio is near 1. The power is that of
    :func:`conditional_rate_test` with mid-p, to within 0.05 when the comparator has at least 20
    events (``tests/properties/stats/test_detectable.py``). Never compute it from the group's own
    rate: that only restates the p-value.

    References
    ----------
    J. M. Hoenig, D. M. Heisey (2001), *The American Statistician* 55, 19-24 (why not from the rate
    seen). M. W. Fagerland, S. Lydersen, P. Laake (2017), *Statistical Analysis of Contingency
    Tables* (power of exact tests by enumeration).

    Examples
    --------
    >>> from evenhand.stats import Rate, detectable_rate_ratio
    >>> found = detectable_rate_ratio([500, 50_000], Rate([400], [20_000]))
    >>> found.ratio_above.round(2), found.ratio_below.round(2)
    (array([2.04, 1.17]), array([0.24, 0.84]))

    In a unit of 500 only a doubling would probably have been noticed; in one of 50,000, a sixth.
    """
    people = as_population(population, name="population")
    require_broadcastable("population and comparator", people, comparator.events)
    known = np.broadcast_arrays(people, comparator.events, comparator.population)
    time1, events, time2 = (column.astype(np.float64) for column in known)
    noticed = _choose(method, exact=noticed_rates, normal=normal_rates)
    return _detectable(noticed, (time1, events, time2), power, confidence)


def detectable_risk_ratio(
    total: ArrayLike,
    comparator: Proportion,
    *,
    method: Method = "exact",
    power: float = 0.8,
    confidence: Confidence = NINETY_FIVE,
) -> Detectable:
    """If the group's chance were really different, how different before we would probably notice?

    As :func:`detectable_rate_ratio`, for people who are each counted once and compared by
    :func:`fisher`.

    Parameters
    ----------
    total : array of whole numbers
        How many people the group has; broadcasts with the comparator.
    comparator : Proportion
        The comparator's count and total; its share stands for what the group's would be.
    method : {"exact", "normal"}
        ``normal`` takes the shares on the arcsine scale, where a binomial count varies the same
        whatever the share (Cohen's h): a closed form, as for :func:`detectable_rate_ratio`.
    power : float
        The chance of noticing, between 0.5 and 1; 0.8 by convention.
    confidence : Confidence
        Of the test: 95% is a two-sided test at 5%.

    Returns
    -------
    Detectable
        Ratios above and below 1, and differences of shares. nan with ``TOO_SMALL`` where even all,
        or even none, of the group would not be noticed.

    Raises
    ------
    UsageProblem
        If a total is negative or fractional, ``power`` is out of bounds or shapes do not line up.

    Notes
    -----
    The power is that of :func:`fisher` with mid-p, as closely as stated for
    :func:`detectable_rate_ratio`. Never compute it from the group's own share.

    References
    ----------
    J. M. Hoenig, D. M. Heisey (2001), *The American Statistician* 55, 19-24. J. Cohen (1988),
    *Statistical Power Analysis for the Behavioral Sciences*, section 6.2 (the arcsine scale).

    Examples
    --------
    >>> from evenhand.stats import Proportion, detectable_risk_ratio
    >>> found = detectable_risk_ratio([12, 300], Proportion([300], [1000]))
    >>> found.ratio_above.round(2), found.ratio_below.round(2)
    (array([2.19, 1.29]), array([0.06, 0.73]))

    Among twelve people only a share more than twice the comparator's 30% would have been noticed.
    """
    people = as_counts(total, name="total")
    require_broadcastable("total and comparator", people, comparator.count)
    known = np.broadcast_arrays(people, comparator.count, comparator.total)
    size1, count, size2 = (column.astype(np.float64) for column in known)
    noticed = _choose(method, exact=noticed_shares, normal=normal_shares)
    return _detectable(noticed, (size1, count, size2), power, confidence)


def _choose(method: str, *, exact: Noticed, normal: Noticed) -> Noticed:
    return exact if require_method(method, ("exact", "normal")) == "exact" else normal


def _detectable(
    noticed: Noticed,
    known: tuple[Floats, Floats, Floats],
    power: float,
    confidence: Confidence,
) -> Detectable:
    if not 0.5 <= power < 1:
        raise UsageProblem(
            f"power must be a proportion from 0.5 to below 1, not {power!r}.",
            remedy="Write 0.8 for 80%.",
            rule="power-is-a-proportion",
        )
    level = 1 - require_confidence(confidence).level
    size1, count2, size2 = known
    reason = np.zeros(size1.shape, dtype=np.uint8)
    reason[count2 == 0] = Reason.NO_COMPARATOR_EVENTS
    reason[(size1 == 0) | (size2 == 0)] = Reason.NO_POPULATION
    some = np.asarray(reason == Reason.DEFINED)
    columns = tuple(column[some] for column in known)
    above, below = (
        _Side(some, found, reason, columns[1] / columns[2])
        for found in noticed(*columns, power=power, level=level)
    )
    return Detectable(
        ratio_above=above.ratio,
        ratio_below=below.ratio,
        difference_above=above.difference,
        difference_below=below.difference,
        reason_above=above.reason,
        reason_below=below.reason,
        power=power,
        confidence=confidence,
    )


class _Side:
    """One direction's answers, put back where the defined cells came from."""

    def __init__(
        self, some: Mask, found: Floats, reason: NDArray[np.uint8], comparator: Floats
    ) -> None:
        self.ratio, self.difference = np.full(some.shape, np.nan), np.full(some.shape, np.nan)
        self.ratio[some] = found / comparator
        self.difference[some] = found - comparator
        self.reason = np.where(some & np.isnan(self.ratio), Reason.TOO_SMALL, reason)
        self.reason = self.reason.astype(np.uint8)
