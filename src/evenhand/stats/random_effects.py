"""What is the average over units that really differ, and how much do they differ?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Reason,
    as_population,
    critical_value,
    require_broadcastable,
)


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """The average with its interval, and the scatter: all of shape ``(…)``.

    ``tau_squared`` is the variance between units, ``q`` Cochran's statistic, ``i_squared`` the
    share (0 to 1) of scatter beyond chance, ``standard_error`` that of the average, ``units`` how
    many entered.
    """

    average: Estimates
    standard_error: Floats
    tau_squared: Floats
    q: Floats
    i_squared: Floats
    units: Counts


def random_effects(
    effects: ArrayLike, variances: ArrayLike, *, confidence: Confidence = NINETY_FIVE
) -> RandomEffects:
    """What is the average effect over units, if each unit has an effect of its own?

    DerSimonian and Laird's random-effects average: each unit is weighted by the inverse of its own
    variance plus the variance between units, itself found by moments.

    Parameters
    ----------
    effects
        One effect a unit, such as a log ratio, of shape ``(…, units)``; nan where it is missing.
    variances
        Their sampling variances, above 0; ignored where the effect is missing.
    confidence
        Confidence of the interval.

    Returns
    -------
    RandomEffects of shape ``(…)``; undefined where no unit has an effect.

    Raises
    ------
    UsageProblem
        An infinite effect, a variance that is not above 0, or shapes that do not line up.

    Notes
    -----
    With fewer than about 10 units the interval is too narrow. The average is over units, not over
    people: small units weigh more than in a Mantel–Haenszel figure.

    References
    ----------
    DerSimonian R, Laird N (1986), Control Clin Trials 7:177–188, equations 8 to 10. Higgins JPT,
    Thompson SG (2002), Stat Med 21:1539–1558 (I²).

    Examples
    --------
    >>> found = random_effects([0.1, 0.5, 0.9], [0.04, 0.02, 0.04])
    >>> found.average.value.round(2), found.tau_squared.round(2), found.i_squared.round(2)
    (np.float64(0.5), np.float64(0.1), np.float64(0.75))

    The effects average 0.5, and three quarters of their scatter is more than chance.
    """
    y, v, there = _checked(effects, variances)
    fixed = np.where(there, 1 / v, 0.0)
    total, units = fixed.sum(axis=-1), there.sum(axis=-1)
    safe = np.where(total > 0, total, 1.0)
    centre = (fixed * y).sum(axis=-1) / safe
    q = (fixed * (y - centre[..., None]) ** 2).sum(axis=-1)
    room = total - (fixed**2).sum(axis=-1) / safe
    excess = np.maximum(q - (units - 1), 0.0)
    some = room > 1e-12 * total
    tau = np.where(some, excess / np.where(some, room, 1.0), 0.0)
    weight = np.where(there, 1 / (v + tau[..., None]), 0.0)
    heavy = weight.sum(axis=-1)
    found = heavy > 0
    heavy = np.where(found, heavy, np.nan)
    value, error = (weight * y).sum(axis=-1) / heavy, 1 / np.sqrt(heavy)
    reach = critical_value(confidence) * error
    reason = np.where(found, Reason.DEFINED, Reason.NOT_ESTIMABLE).astype(np.uint8)
    value, low, high = (np.asarray(part) for part in (value, value - reach, value + reach))
    average = Estimates(value, low, high, reason, "DerSimonian–Laird random effects", confidence)
    share = np.where(q > 0, excess / np.where(q > 0, q, 1.0), 0.0)
    return RandomEffects(average, np.asarray(error), tau, np.asarray(q), share, np.asarray(units))


def _checked(effects: ArrayLike, variances: ArrayLike) -> tuple[Floats, Floats, Floats]:
    y, raw = np.asarray(effects, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    require_broadcastable("effects and variances", y, raw)
    y, raw = np.broadcast_arrays(y, raw)
    if y.ndim == 0 or np.isinf(y).any():
        what = f"shape {y.shape}" if y.ndim == 0 else "an infinite effect"
        raise UsageProblem(
            f"effects has {what}; give one finite effect for each unit, nan where missing.",
            rule="effects-are-finite",
        )
    there = ~np.isnan(y)
    v = as_population(np.where(there, raw, 1.0), name="variances")
    if (v <= 0).any():
        raise UsageProblem("variances must be above 0; found 0.0.", rule="variances-are-positive")
    return np.where(there, y, 0.0), v, there
