"""What would the rate be if every unit had the same mix of people?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Rate,
    Reason,
    as_population,
    require_broadcastable,
    require_confidence,
    require_method,
)
from evenhand.stats.rate import count_limits

CountMethod = Literal["exact-or-byar", "byar", "garwood"]


@dataclass(frozen=True, slots=True)
class Standardised:
    """A directly standardised rate, and how much of the standard had nobody to stand for it.

    ``standard_left_out`` is the share (0 to 1) of the standard population in strata where this
    unit has no people; the rate is over the rest. ``strata_left_out`` counts those strata.
    """

    estimate: Estimates
    standard_left_out: Floats
    strata_left_out: Counts


def direct_rate(
    measured: Rate,
    standard: ArrayLike,
    *,
    method: CountMethod = "exact-or-byar",
    confidence: Confidence = NINETY_FIVE,
) -> Standardised:
    """What would this unit's rate be if its people had the standard mix of ages, ranks or groups?

    Each stratum's own rate is weighted by the standard population. The interval is Dobson's: the
    exact (or Byar) limits of the count of events, shrunk to the standardised rate's own standard
    error, so that it stays honest with few events.

    Parameters
    ----------
    measured
        Events over population, of shape ``(…, strata)``.
    standard
        Standard population of shape ``(strata,)`` or ``(…, strata)``; only its shares matter.
    method
        Limits of the count: ``exact-or-byar`` (exact below 10 events), ``byar`` or ``garwood``.
    confidence
        Confidence of the interval.

    Returns
    -------
    Standardised of shape ``(…)``, in events per head. With no events at all the rate is 0 and its
    upper limit supposes the next event in the stratum that counts most.

    Raises
    ------
    UsageProblem
        Strata that do not line up, or a standard with nobody in it.

    Notes
    -----
    Not for fewer than about 10 events over the whole unit, where one stratum's luck decides the
    rate: use `indirect_ratio`. A stratum with nobody in it is left out and the weights rescaled;
    two units that leave out different strata are not comparable.

    References
    ----------
    Dobson AJ, Kuulasmaa K, Eberle E, Scherer J (1991), Stat Med 10:457–462, equation 5. Fay MP,
    Feuer EJ (1997), Stat Med 16:791–801, section 3 (the upper limit without events).

    Examples
    --------
    >>> young_unit, old_unit = [[9, 2], [900, 100]], [[3, 12], [300, 700]]
    >>> both = Rate([young_unit[0], old_unit[0]], [young_unit[1], old_unit[1]])
    >>> (1000 * direct_rate(both, [500, 500]).estimate.value).round(1).tolist()
    [15.0, 13.6]

    With the same mix of young and old, the two units' rates are 15 and 14 per 1,000.
    """
    weight = _standard(measured, standard)
    require_method(method, get_args(CountMethod))
    there = (measured.population > 0) & (weight > 0)
    kept = np.where(there, weight, 0.0).sum(axis=-1)
    some = kept > 0
    # What one event in a stratum adds to the standardised rate.
    worth = np.where(there, weight, 0.0) / np.where(there, measured.population, 1.0)
    worth = worth / np.where(some, kept, 1.0)[..., None]
    value, low, high = _dobson(measured.events, worth, (method, require_confidence(confidence)))
    reason = np.where(some, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    value, low, high = (np.where(some, part, np.nan) for part in (value, low, high))
    name = "directly standardised rate, Dobson interval"
    left_out = ((measured.population == 0) & (weight > 0)).sum(axis=-1)
    return Standardised(
        Estimates(value, low, high, reason, name, confidence),
        np.asarray(1 - kept / weight.sum(axis=-1)),
        np.asarray(left_out),
    )


def _standard(measured: Rate, standard: ArrayLike) -> Floats:
    weight = as_population(standard, name="standard")
    strata = measured.events.shape[-1:] or (0,)
    if weight.shape[-1:] != strata:
        raise UsageProblem(
            f"measured has {strata[0]} strata and standard has shape {weight.shape}.",
            remedy="Give the standard population of every stratum.",
            rule="strata-line-up",
        )
    require_broadcastable("measured and standard", measured.events, weight)
    if not (weight.sum(axis=-1) > 0).all():
        raise UsageProblem("standard has nobody in it (sum 0).", rule="standard-has-people")
    return np.broadcast_to(weight, np.broadcast_shapes(weight.shape, measured.events.shape))


def _dobson(
    events: Counts, worth: Floats, how: tuple[str, Confidence]
) -> tuple[Floats, Floats, Floats]:
    """Rate and limits: the count's limits, drawn to the rate's scale by √(var rate / count)."""
    value = (worth * events).sum(axis=-1)
    spread = (worth**2 * events).sum(axis=-1)
    count = np.where(worth > 0, events, 0).sum(axis=-1).astype(np.float64)
    least, most = (limit.reshape(count.shape) for limit in count_limits(count.ravel(), *how))
    scale = np.where(
        count > 0, np.sqrt(spread / np.where(count > 0, count, 1.0)), worth.max(axis=-1)
    )
    return value, np.maximum(value + scale * (least - count), 0.0), value + scale * (most - count)
