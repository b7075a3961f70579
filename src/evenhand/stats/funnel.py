"""Which unit stands out from the rest by more than its size explains?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Floats, Proportion, Rate, Reason, as_population, critical_value
from evenhand.stats.exact_quantiles import mid_binomial, mid_poisson
from evenhand.stats.funnel_limits import Band, proportion_limits, rate_limits
from evenhand.stats.overdispersion import (
    Overdispersion,
    Scale,
    from_scale,
    on_scale,
    overdispersion,
)

NINETY_NINE_POINT_EIGHT = Confidence(0.998)
"""The outer funnel: about three standard deviations, one false alarm in five hundred units."""

Spread = Literal["none", "multiplicative", "additive"]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Each unit's value beside the limits for its size; arrays of shape ``(…, units)``.

    ``standing`` is −2 or +2 outside the outer band, −1 or +1 outside the inner one, 0 within.
    ``p`` is two-sided. Numbers are nan, and ``standing`` 0, only where ``reason`` is not
    ``DEFINED``. ``target`` and ``dispersion`` have the shape ``(…)``.
    """

    value: Floats
    size: Floats
    target: Floats
    inner: Band
    outer: Band
    z: Floats
    p: Floats
    standing: NDArray[np.int8]
    reason: NDArray[np.uint8]
    dispersion: Overdispersion
    method: str


def funnel(
    units: Proportion | Rate,
    *,
    target: ArrayLike | None = None,
    spread: Spread = "none",
    scale: Scale = "root",
) -> Funnel:
    """Which boroughs, teams or months stand out, allowing for how small they are?

    A small unit swings further by chance than a large one, so each is set against limits for its
    own size. Without over-dispersion the limits are exact (binomial or Poisson, mid-p, so that a
    unit lies outside just when its own p says so); with it they are widened by √φ, or by a variance
    τ² between units, worked out after the extreme tenth at either end is drawn in. Where the units
    scatter no more than chance the limits stay exact.

    Parameters
    ----------
    units
        ``Proportion`` or ``Rate`` of shape ``(…, units)``. For an indirectly standardised ratio
        give ``Rate(observed, expected)`` and ``target=1``.
    target
        What units are set against; all units together when not given.
    spread
        ``none``, ``multiplicative`` (√φ) or ``additive`` (τ²).
    scale
        The scale for z-scores and over-dispersion: ``root``, ``log`` or ``identity``.

    Returns
    -------
    Funnel. A unit with nobody in it has the reason ``NO_POPULATION``. Where nobody has the outcome
    (``NO_EVENTS``), or everybody (``NOT_ESTIMABLE``), no unit can stand out.

    Raises
    ------
    UsageProblem
        No unit axis, a target out of bounds, or an unknown choice.

    Notes
    -----
    Outside the outer band calls for a look, not for a verdict. One unit in twenty lies outside the
    inner band when nothing is wrong: with many units use ``p`` with a false-discovery rate. Not for
    repeated events of few people (see `clustering`).

    References
    ----------
    Spiegelhalter DJ (2005), Funnel plots for comparing institutional performance, Stat Med
    24:1185–1202, sections 3 and 5, appendix A.

    Examples
    --------
    >>> plot = funnel(Proportion([0, 9, 12, 61], [4, 60, 50, 300]))
    >>> plot.target.round(3), plot.inner.high.round(2).tolist(), plot.standing.tolist()
    (np.float64(0.198), [0.72, 0.31, 0.32, 0.24], [0, 0, 0, 0])

    Nobody out of four, and 24 in every hundred of fifty, are both what chance would show.
    """
    size, value = _values(units)
    goal = _target(units, target)
    reason = _reason(units, goal, size)
    found = overdispersion(units, np.where((reason == 0).any(-1), goal, 0.5), scale=scale)
    test = _test(units, np.where(reason == 0, goal[..., None], 0.5), found, spread)
    inner, outer = (
        _band(units, np.where(reason == 0, size, 1.0), test, confidence)
        for confidence in (NINETY_FIVE, NINETY_NINE_POINT_EIGHT)
    )
    standing = _standing(value, inner) + _standing(value, outer)
    bands = (_blanked(inner, reason), _blanked(outer, reason))
    z, p = _blank(test.z, reason), _blank(test.p, reason)
    method = f"funnel with exact mid-p limits; spread: {spread}, {found.method}"
    standing = np.where(reason == 0, standing, 0).astype(np.int8)
    return Funnel(value, size, goal, *bands, z, p, standing, reason, found, method)


@dataclass(frozen=True, slots=True)
class _Test:
    """Each unit against the target: centre and reach of one z on the scale, z and p."""

    goal: Floats
    centre: Floats
    reach: Floats
    scale: Scale
    wide: NDArray[np.bool_]
    z: Floats
    p: Floats


def _test(units: Proportion | Rate, goal: Floats, found: Overdispersion, spread: Spread) -> _Test:
    value, centre, chance = on_scale(units, goal, found.scale)
    times, plus = _widening(spread, found)
    wide = np.broadcast_to((times > 1) | (plus > 0), value.shape)
    reach = np.sqrt(chance**2 * times + plus)
    z = (value - centre) / reach
    p = np.where(wide, 2 * ndtr(-np.abs(z)), _mid_p(units, goal))
    return _Test(goal, centre, reach, found.scale, wide, z, p)


def _widening(spread: Spread, found: Overdispersion) -> tuple[Floats, Floats]:
    """What multiplies chance's variance, and what is added to it; never narrower than chance."""
    one, none = np.ones_like(found.phi), np.zeros_like(found.phi)
    if spread == "multiplicative":
        one = np.maximum(found.phi, 1.0)
    elif spread == "additive":
        none = found.tau_squared
    elif spread != "none":
        raise UsageProblem(
            f"spread must be 'none', 'multiplicative' or 'additive', not {spread!r}.",
            rule="known-spread",
        )
    return one[..., None], none[..., None]


def _band(units: Proportion | Rate, people: Floats, test: _Test, confidence: Confidence) -> Band:
    limits = rate_limits if isinstance(units, Rate) else proportion_limits
    exact = limits(people, test.goal, confidence=confidence)
    if not test.wide.any():
        return exact
    reach = critical_value(confidence) * test.reach
    low = from_scale(test.centre - reach, units, test.scale)
    high = from_scale(test.centre + reach, units, test.scale)
    return Band(
        confidence, np.where(test.wide, low, exact.low), np.where(test.wide, high, exact.high)
    )


def _mid_p(units: Proportion | Rate, goal: Floats) -> Floats:
    """Two-sided mid-p: twice the smaller tail, counting half of what was observed."""
    if isinstance(units, Rate):
        below = mid_poisson(units.events.astype(np.float64), units.population * goal)
    else:
        count, total = units.count.astype(np.float64), units.total.astype(np.float64)
        below = mid_binomial(count, total, np.broadcast_to(goal, count.shape))
    return np.asarray(2 * np.minimum(below, 1 - below))


def _values(units: Proportion | Rate) -> tuple[Floats, Floats]:
    count = units.events if isinstance(units, Rate) else units.count
    size = np.asarray(units.population if isinstance(units, Rate) else units.total, np.float64)
    if size.ndim == 0 or size.shape[-1] == 0:
        raise UsageProblem(
            f"units has shape {size.shape}: its last axis must be the units.",
            rule="units-are-the-last-axis",
        )
    value = np.where(size > 0, count / np.where(size > 0, size, 1.0), np.nan)
    return size, value


def _target(units: Proportion | Rate, target: ArrayLike | None) -> Floats:
    """The stated target, checked, or all units together (0 where there is nobody)."""
    size, _ = _values(units)
    if target is None:
        events = (units.events if isinstance(units, Rate) else units.count) * (size > 0)
        people = size.sum(axis=-1)
        return np.asarray(events.sum(axis=-1) / np.where(people > 0, people, 1.0))
    goal = as_population(target, name="target")
    if isinstance(units, Proportion) and (goal > 1).any():
        raise UsageProblem(
            f"target {goal[goal > 1].flat[0]!r} is above 1.", rule="target-is-a-proportion"
        )
    if goal.ndim and goal.shape != size.shape[:-1]:
        raise UsageProblem(
            f"target has shape {goal.shape} for units of shape {size.shape}; it must be one "
            f"number, or {size.shape[:-1]}.",
            rule="shapes-line-up",
        )
    return np.array(np.broadcast_to(goal, size.shape[:-1]))


def _reason(units: Proportion | Rate, goal: Floats, size: Floats) -> NDArray[np.uint8]:
    everybody = isinstance(units, Proportion) & (goal >= 1)
    reason = np.where(goal <= 0, Reason.NO_EVENTS, Reason.DEFINED)
    reason = np.where(everybody, Reason.NOT_ESTIMABLE, reason)[..., None]
    return np.where(size > 0, reason, Reason.NO_POPULATION).astype(np.uint8)


def _standing(value: Floats, band: Band) -> NDArray[np.int8]:
    with np.errstate(invalid="ignore"):
        return (value > band.high).astype(np.int8) - (value < band.low).astype(np.int8)


def _blanked(band: Band, reason: NDArray[np.uint8]) -> Band:
    return Band(band.confidence, _blank(band.low, reason), _blank(band.high, reason))


def _blank(value: Floats, reason: NDArray[np.uint8]) -> Floats:
    return np.where(reason == 0, value, np.nan)
