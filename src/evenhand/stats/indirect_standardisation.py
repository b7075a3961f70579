"""How many events were there for each one expected, given who the people are?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Mask,
    Rate,
    Reason,
    as_counts,
    as_population,
    require_broadcastable,
    require_confidence,
    require_method,
)
from evenhand.stats.rate import count_limits
from evenhand.stats.standardisation import CountMethod


@dataclass(frozen=True, slots=True)
class StandardisedRatio:
    """Observed over expected events, with both, and the people for whom nothing is expected.

    ``people_left_out`` live in strata where the reference has nobody, so no rate to apply; where
    there are any, the ratio is not estimable.
    """

    estimate: Estimates
    observed: Counts
    expected: Floats
    people_left_out: Floats


def observed_over_expected(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    method: CountMethod = "exact-or-byar",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How many events were there for each one expected?

    The ratio of observed to expected events with exact Poisson (or Byar) limits, the expected
    number being taken as known.

    Parameters
    ----------
    observed
        Whole counts of any shape.
    expected
        Expected events, not negative; broadcasts with ``observed``.
    method
        Limits of the count: ``exact-or-byar``, ``byar`` or ``garwood``.
    confidence
        Confidence of the interval.

    Returns
    -------
    Estimates; 1 is as expected. Undefined where nothing is expected.

    Raises
    ------
    UsageProblem
        Negative or fractional observed counts, or shapes that do not line up.

    Notes
    -----
    Ignores the uncertainty of the expected number: the reference must be much larger than the unit.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, section 2.3.

    Examples
    --------
    >>> ratio = observed_over_expected(895, 835.8835612311743, method="byar")
    >>> ratio.value.round(3), ratio.low.round(3), ratio.high.round(3)
    (np.float64(1.071), np.float64(1.002), np.float64(1.143))

    There were 7% more events than expected, and chance alone hardly explains it.
    """
    count, foreseen = as_counts(observed, name="observed"), as_population(expected, name="expected")
    require_method(method, get_args(CountMethod))
    require_broadcastable("observed and expected", count, foreseen)
    count, foreseen = np.broadcast_arrays(count, foreseen)
    some = foreseen > 0
    limits = count_limits(count.ravel().astype(np.float64), method, require_confidence(confidence))
    low, high = (limit.reshape(count.shape) for limit in limits)
    scale = np.where(some, foreseen, np.nan)
    reason = np.where(count > 0, Reason.NOT_ESTIMABLE, Reason.NO_POPULATION)
    reason = np.where(some, Reason.DEFINED, reason).astype(np.uint8)
    name = "observed over expected, exact or Byar limits"
    value, low, high = (np.asarray(part / scale) for part in (count, low, high))
    return Estimates(value, low, high, reason, name, confidence)


def indirect_ratio(
    measured: Rate,
    reference: Rate,
    *,
    method: CountMethod = "exact-or-byar",
    confidence: Confidence = NINETY_FIVE,
) -> StandardisedRatio:
    """How many events did this unit have for each one expected at the reference's rates?

    Indirect standardisation: the reference's rate in each stratum is applied to the unit's people,
    and the unit's events are divided by the sum. It needs only the unit's total to be large enough,
    so it serves where direct standardisation is too unsteady.

    Parameters
    ----------
    measured
        The units' events over population, of shape ``(…, strata)``.
    reference
        The reference's, of shape ``(strata,)`` or ``(…, strata)``.
    method
        Limits of the count: ``exact-or-byar``, ``byar`` or ``garwood``.
    confidence
        Confidence of the interval.

    Returns
    -------
    StandardisedRatio of shape ``(…)``.

    Raises
    ------
    UsageProblem
        Strata that do not line up.

    Notes
    -----
    Two units' ratios are each against the reference and, with different mixes of people, are not
    strictly comparable with one another. Ignores the reference's own uncertainty; a reference that
    contains the unit draws the ratio towards 1.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, section 2.3.

    Examples
    --------
    >>> ratio = indirect_ratio(Rate([3, 12], [300, 700]), Rate([90, 40], [9000, 2000]))
    >>> ratio.expected, ratio.estimate.value.round(2)
    (array(17.), np.float64(0.88))

    The unit had 15 events where 17 would be expected at the reference's rates.
    """
    expected, left_out = expected_events(measured.population, reference)
    require_broadcastable("measured and reference", measured.events, reference.events)
    observed = np.broadcast_to(measured.events.sum(axis=-1), expected.shape)
    estimate = observed_over_expected(observed, expected, method=method, confidence=confidence)
    cut = left_out > 0
    estimate = replace(
        estimate,
        value=np.where(cut, np.nan, estimate.value),
        low=np.where(cut, np.nan, estimate.low),
        high=np.where(cut, np.nan, estimate.high),
        reason=np.where(cut, Reason.NOT_ESTIMABLE, estimate.reason).astype(np.uint8),
    )
    return StandardisedRatio(estimate, observed, expected, left_out)


def expected_events(population: ArrayLike, reference: Rate) -> tuple[Floats, Floats]:
    """How many events would these people have at the reference's rates?

    Parameters
    ----------
    population
        People (or person-time) of shape ``(…, strata)``.
    reference
        Events over population by stratum.

    Returns
    -------
    Expected events of shape ``(…)``, and the people in strata where the reference has nobody and
    hence no rate: nothing is expected of them here, which the caller must not pass over.

    Raises
    ------
    UsageProblem
        Strata that do not line up.

    Notes
    -----
    The expected number is only as good as the reference's rates in the strata that matter.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, section 2.1.

    Examples
    --------
    >>> expected, left_out = expected_events([300, 700, 5], Rate([90, 40, 0], [9000, 2000, 0]))
    >>> expected, left_out
    (array(17.), array(5.))

    Seventeen events are expected, leaving out five people the reference cannot speak for.
    """
    people = as_population(population, name="population")
    if people.shape[-1:] != reference.events.shape[-1:] or people.ndim == 0:
        raise UsageProblem(
            f"population has shape {people.shape} and reference {reference.events.shape}: "
            "their last axes must be the same strata.",
            rule="strata-line-up",
        )
    require_broadcastable("population and reference", people, reference.events)
    known: Mask = reference.population > 0
    risk = np.where(known, reference.events / np.where(known, reference.population, 1.0), 0.0)
    expected = (people * risk).sum(axis=-1)
    return np.asarray(expected), np.asarray(np.where(known, 0.0, people).sum(axis=-1))
