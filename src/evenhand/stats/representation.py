"""Is a group's share of these people what its share of the population would lead us to expect?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Proportion,
    PValues,
    Reason,
    require_broadcastable,
)
from evenhand.stats.lattice import Binomial
from evenhand.stats.proportion import ProportionMethod, proportion
from evenhand.stats.tails import two_sided


@dataclass(frozen=True, slots=True)
class Representation:
    """A share against a benchmark: as a ratio, in heads, by an exact test, in deviations.

    ``shortfall`` counts people: positive when the group has fewer than the benchmark would give.
    """

    ratio: Estimates
    shortfall: Estimates
    chance: PValues
    standard_deviations: Floats


def representation(
    share: Proportion,
    benchmark: ArrayLike,
    *,
    method: ProportionMethod = "clopper-pearson",
    confidence: Confidence = NINETY_FIVE,
) -> Representation:
    """How does the group's share compare with the share expected, and how many people short is it?

    Parameters
    ----------
    share : Proportion
        People of the group, of all the people here.
    benchmark : array of float
        The share expected, from 0 to 1 (of the working population, of those eligible), taken as
        known; broadcasts with ``share``.
    method : {"clopper-pearson", "mid-p", "wilson", "jeffreys"}
        The interval of the share, from which those of the ratio and the shortfall follow.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Representation
        ``ratio`` 1 is parity; where the benchmark is 0 it is infinite or undefined, with its
        reason. ``chance`` is the exact binomial test, two-sided by minimum likelihood with
        mid-p. ``standard_deviations`` is the count less its expectation over the binomial standard
        deviation, nan where ``chance`` is.

    Raises
    ------
    UsageProblem
        If a benchmark is outside 0 to 1, or shapes do not line up.

    Notes
    -----
    Answers "as if these people had been drawn at random from the benchmark population", which
    nobody is: a benchmark of all residents includes children, and one of applicants hides who
    was put off applying. State which it is. The benchmark's own uncertainty is not included.

    References
    ----------
    *Castaneda v. Partida*, 430 U.S. 482 (1977), footnote 17 (standard deviations). C. J. Clopper,
    E. S. Pearson (1934), *Biometrika* 26, 404-413.

    Examples
    --------
    >>> from evenhand.stats import Proportion, representation
    >>> found = representation(Proportion([53], [1000]), [0.10])
    >>> found.ratio.value.round(2), found.shortfall.value, found.shortfall.low.round(0)
    (array([0.53]), array([47.]), array([31.]))

    The group has about half the share expected: 47 people short, and plausibly at least 31.
    """
    wanted = _benchmark(benchmark)
    require_broadcastable("share and benchmark", share.count, wanted)
    found = proportion(share, method=method, confidence=confidence)
    count, total, wanted = np.broadcast_arrays(share.count, share.total, wanted)
    people = total.astype(np.float64)
    expected = wanted * people
    nobody = people == 0
    reason = np.where(nobody, Reason.NO_POPULATION, Reason.DEFINED).astype(np.uint8)
    value, low, high = (
        np.where(nobody, np.nan, expected - heads)
        for heads in (count, people * found.high, people * found.low)
    )
    shortfall = Estimates(value, low, high, reason, found.method, confidence)
    chance = _chance(count, people, wanted)
    spread = np.sqrt(expected * (1 - wanted))
    deviations = (count - expected) / np.where(spread > 0, spread, 1.0)
    deviations = np.where(np.isnan(chance.p), np.nan, deviations)
    return Representation(_ratio(found, count, wanted), shortfall, chance, deviations)


def _benchmark(benchmark: ArrayLike) -> Floats:
    wanted = np.asarray(benchmark, dtype=np.float64)
    bad = ~((wanted >= 0) & (wanted <= 1))
    if bad.any():
        raise UsageProblem(
            f"benchmark must be a share from 0 to 1; found {wanted[bad].flat[0].item()!r}.",
            remedy="Write 0.12 for 12%.",
            rule="benchmark-is-a-share",
        )
    return wanted


def _ratio(found: Estimates, count: Counts, wanted: Floats) -> Estimates:
    reason = np.where(count > 0, Reason.NO_COMPARATOR_EVENTS, Reason.NO_EVENTS)
    reason = np.where(wanted > 0, Reason.DEFINED, reason)
    reason = np.where(np.isnan(found.value), Reason.NO_POPULATION, reason).astype(np.uint8)
    defined = reason == Reason.DEFINED
    safe = np.where(wanted > 0, wanted, 1.0)
    value, low, high = (
        np.where(defined, column / safe, np.nan) for column in (found.value, found.low, found.high)
    )
    # Somebody where nobody was expected: no ratio, however large, is too large.
    endless = reason == Reason.NO_COMPARATOR_EVENTS
    value, low, high = (np.where(endless, np.inf, column) for column in (value, low, high))
    return Estimates(value, low, high, reason, found.method, found.confidence)


def _chance(count: Counts, people: Floats, wanted: Floats) -> PValues:
    reason = np.where(people > 0, Reason.DEFINED, Reason.NO_POPULATION)
    certain = (wanted == 0) | (wanted == 1)
    reason = np.where(certain & (people > 0), Reason.NOT_ESTIMABLE, reason).astype(np.uint8)
    sound = np.flatnonzero(reason == Reason.DEFINED)
    lattice = Binomial(people.ravel()[sound], wanted.ravel()[sound])
    p = np.full(reason.size, np.nan)
    p[sound] = two_sided(lattice, count.ravel()[sound].astype(np.float64), mid_p=True)
    return PValues(p.reshape(reason.shape), reason, "binomial exact mid-p")
