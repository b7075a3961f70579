"""Do the units differ from one another by more than chance, and by how much?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import UsageProblem
from evenhand.stats.columns import Counts, Floats, Proportion, Rate, as_population

Scale = Literal["identity", "root", "log"]
Tails = Literal["winsorise", "truncate"]


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much more the units scatter than chance alone would have them.

    ``phi`` is the mean squared z-score (1 is chance alone); ``tau_squared`` the variance between
    units on ``scale`` (0 is none); ``units`` how many went into them. Shapes are ``(…)``.
    """

    phi: Floats
    tau_squared: Floats
    units: Counts
    scale: Scale
    method: str


def overdispersion(
    units: Proportion | Rate,
    target: ArrayLike,
    *,
    scale: Scale = "root",
    tails: Tails = "winsorise",
) -> Overdispersion:
    """Is the variation between units more than chance, once the extreme ones are held back?

    Each unit's z-score against the target is taken on a scale where chance varies little with size.
    The highest and lowest tenth are drawn in (winsorised) or left out (truncated), so that the very
    units a funnel should show do not widen it. φ is the mean square of the rest; τ² is DerSimonian
    and Laird's moment estimate of the variance between units.

    Parameters
    ----------
    units
        Counts of shape ``(…, units)``; for observed against expected give ``Rate(o, e)``.
    target
        The value that units are set against, of shape ``(…)``.
    scale
        ``root`` (square root for rates, arcsine root for proportions), ``log``, ``identity``.
    tails
        ``winsorise`` (Care Quality Commission's practice) or ``truncate`` (the mortality
        indicator SHMI's).

    Returns
    -------
    Overdispersion. With one unit, or identical units, φ says less than chance and τ² is 0.

    Raises
    ------
    UsageProblem
        No unit axis, or an unknown scale or treatment of the tails.

    Notes
    -----
    Needs a score of units or so; with few it is itself mostly chance. A wide funnel says that
    something real differs between units that is not in the target: look for it before excusing it.

    References
    ----------
    Spiegelhalter DJ (2005), Stat Med 24:1185–1202, section 5 and appendix A. Spiegelhalter DJ
    (2005), Qual Saf Health Care 14:347–351. DerSimonian R, Laird N (1986), Control Clin Trials
    7:177–188.

    Examples
    --------
    >>> units = Rate([12, 25, 9, 40, 33, 80], [10.2, 21.5, 14.8, 33.1, 35.9, 40.2])
    >>> overdispersion(units, 1.0).phi.round(2)
    np.float64(2.27)

    The six units scatter with more than twice the variance that chance alone would give.
    """
    value, centre, spread = on_scale(units, as_population(target, name="target")[..., None], scale)
    size = _size(units)
    z = np.where(size > 0, (value - centre) / np.where(spread > 0, spread, 1.0), np.nan)
    kept, used = _tails_in(z, tails)
    n = used.sum(axis=-1)
    count = np.maximum(n, 1)
    phi = (np.where(used, kept, 0.0) ** 2).sum(axis=-1) / count
    tau = _tau_squared(n, phi, np.where(used, spread, np.inf))
    how = f"{tails}d tenths, {scale} scale"
    return Overdispersion(np.asarray(phi), tau, np.asarray(n), scale, how)


def _size(units: Proportion | Rate) -> Floats:
    size = units.population if isinstance(units, Rate) else units.total.astype(np.float64)
    if size.ndim == 0:
        raise UsageProblem(
            "units has shape (): its last axis must be the units.", rule="units-are-the-last-axis"
        )
    return size


def _tails_in(z: Floats, tails: Tails) -> tuple[Floats, NDArray[np.bool_]]:
    """z with its outer tenths drawn in or marked unused; quantiles by Hyndman and Fan's type 7."""
    there = ~np.isnan(z)
    if not there.any(axis=-1).all():
        z = np.where(there.any(axis=-1, keepdims=True), z, 0.0)
    # Past gaps numpy goes row by row, at ten times the cost.
    quantile = np.nanquantile if np.isnan(z).any() else np.quantile
    low, high = quantile(z, [0.1, 0.9], axis=-1, keepdims=True)
    if tails == "winsorise":
        return np.clip(z, low, high), there
    if tails == "truncate":
        return z, there & (z >= low) & (z <= high)
    raise UsageProblem(
        f"tails must be 'winsorise' or 'truncate', not {tails!r}.", rule="known-treatment"
    )


def _tau_squared(n: Counts, phi: Floats, spread: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        weight = np.where(spread > 0, 1 / spread**2, 0.0)
    total = weight.sum(axis=-1)
    safe = np.where(total > 0, total, 1.0)
    room = total - (weight**2).sum(axis=-1) / safe
    excess = n * phi - (n - 1)
    some = (excess > 0) & (room > 1e-12 * safe)
    return np.asarray(np.where(some, excess / np.where(some, room, 1.0), 0.0))


def on_scale(
    units: Proportion | Rate, target: Floats, scale: Scale
) -> tuple[Floats, Floats, Floats]:
    """Values, target and chance's standard deviation at the target, on the scale."""
    size = _size(units)
    size = np.where(size > 0, size, 1.0)  # empty units are masked by the caller
    events = (units.events if isinstance(units, Rate) else units.count).astype(np.float64)
    rest = np.zeros_like(target) if isinstance(units, Rate) else target
    if scale == "identity":
        return events / size, target, np.sqrt(target * (1 - rest) / size)
    if scale == "root":
        return to_root(events / size, units), to_root(target, units), 0.5 / np.sqrt(size)
    if scale == "log":
        # Half an event in place of none keeps a unit without events on the scale (Haldane 1956).
        value = np.log(np.where(events > 0, events, 0.5) / size)
        return value, np.log(target), np.sqrt((1 - rest) / (size * target))
    raise UsageProblem(
        f"scale must be 'identity', 'root' or 'log', not {scale!r}.", rule="known-scale"
    )


def to_root(value: Floats, units: Proportion | Rate) -> Floats:
    """√ of a rate, or arcsine √ of a proportion: chance's spread there does not depend on it."""
    root = np.sqrt(np.maximum(value, 0.0))
    return np.asarray(root if isinstance(units, Rate) else np.arcsin(np.minimum(root, 1.0)))


def from_scale(value: Floats, units: Proportion | Rate, scale: Scale) -> Floats:
    """Back from the scale to rates or proportions, never below 0 or above 1 of a whole."""
    if scale == "log":
        back = np.exp(value)
    elif scale == "identity":
        back = value
    elif isinstance(units, Rate):
        back = np.maximum(value, 0.0) ** 2
    else:
        back = np.sin(np.clip(value, 0.0, np.pi / 2)) ** 2
    top = np.inf if isinstance(units, Rate) else 1.0
    return np.asarray(np.clip(back, 0.0, top))
