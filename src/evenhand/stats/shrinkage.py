"""What is a unit's own rate likely to be, once a small unit's luck is set aside?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.beta_quantile import beta_quantile
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Proportion,
    Rate,
    Reason,
    require_confidence,
)
from evenhand.stats.prior_fit import Prior, PriorFit, fit_beta, fit_gamma
from evenhand.stats.prior_strength import average_over_strength


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Each unit's estimate drawn towards the mean of all, as far as its size warrants.

    ``raw`` is the unit's own rate and ``weight`` (0 to 1) how much of it is kept. ``mean`` and
    ``fit`` (a `PriorFit`) have the shape ``(…)``; the rest ``(…, units)``. ``a`` and ``b`` are the
    parameters of each unit's posterior: Gamma(a, rate b) where ``rates``, else Beta(a, b).
    """

    estimate: Estimates
    raw: Floats
    weight: Floats
    mean: Floats
    fit: NDArray[np.uint8]
    a: Floats
    b: Floats
    rates: bool


def shrink(units: Proportion | Rate, *, confidence: Confidence = NINETY_FIVE) -> Shrunken:
    """Which units are really high or low, if small ones are not to top the table by luck?

    Empirical Bayes: the units' true rates are taken as drawn from a gamma distribution
    (proportions: beta) fitted to all of them by marginal likelihood, and each unit's rate is
    averaged with the mean in proportion to what its own size can tell. How alike the units are is
    itself uncertain, so that proportion is averaged over it (uniform shrinkage prior); an interval
    that took it as known would be too narrow just where the units are most alike.

    Parameters
    ----------
    units
        Counts of shape ``(…, units)``; each row of units is a family with its own mean.
    confidence
        Confidence (posterior probability) of the intervals.

    Returns
    -------
    Shrunken. The value lies between the unit's own rate and the mean. A unit with nobody in it has
    the reason ``NO_POPULATION``. A family of one unit, or with no events at all (or nothing but
    events), has nothing to borrow: values are raw and intervals Jeffreys'.

    Raises
    ------
    UsageProblem
        No unit axis.

    Notes
    -----
    Assumes that units are alike but for chance and size: not for a unit known to be a different
    kind of place, which would be drawn to a mean it does not share. In simulation 95% intervals
    hold the true rate for 90 to 96% of units, and more where the units do not differ at all. Not
    for finding who stands out (see `funnel`): shrinkage hides a lone small unit on purpose.

    References
    ----------
    Clayton D, Kaldor J (1987), Biometrics 43:671–681 (gamma–Poisson). Griffiths DA (1973),
    Biometrics 29:637–648 (beta-binomial). Marshall RJ (1991), Appl Stat 40:283–294 (moments).
    Christiansen CL, Morris CN (1997), J Am Stat Assoc 92:618–632 (uniform shrinkage prior). Chung Y
    et al (2013), Psychometrika 78:685–709 (keeping variation above zero).

    Examples
    --------
    >>> deaths = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24]
    >>> operations = [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360]
    >>> shrunk = shrink(Proportion(deaths, operations))
    >>> shrunk.raw[[0, 7]].round(3).tolist(), shrunk.estimate.value[[0, 7]].round(3).tolist()
    ([0.0, 0.144], [0.055, 0.117])

    A hospital with no deaths in 47 operations is put near 5%, not at 0: it was probably lucky.
    """
    require_confidence(confidence)
    count, size = _counts(units)
    flat = count.reshape(-1, size.shape[-1]), size.reshape(-1, size.shape[-1])
    prior = fit_gamma(*flat) if isinstance(units, Rate) else fit_beta(*flat)
    shrunken = _shrunken(flat, prior, isinstance(units, Rate), confidence)
    return _shaped(shrunken, size.shape)


def _shaped(flat: Shrunken, shape: tuple[int, ...]) -> Shrunken:
    """The columns of ``(families, units)`` in the shape that was asked."""
    e, family = flat.estimate, shape[:-1]
    estimate = replace(
        e,
        value=e.value.reshape(shape),
        low=e.low.reshape(shape),
        high=e.high.reshape(shape),
        reason=e.reason.reshape(shape),
    )
    return replace(
        flat,
        estimate=estimate,
        raw=flat.raw.reshape(shape),
        weight=flat.weight.reshape(shape),
        mean=flat.mean.reshape(family),
        fit=flat.fit.reshape(family),
        a=flat.a.reshape(shape),
        b=flat.b.reshape(shape),
    )


def _counts(units: Proportion | Rate) -> tuple[Floats, Floats]:
    count = np.asarray(units.events if isinstance(units, Rate) else units.count, np.float64)
    size = np.asarray(units.population if isinstance(units, Rate) else units.total, np.float64)
    if size.ndim == 0 or size.shape[-1] == 0:
        raise UsageProblem(
            f"units has shape {size.shape}: its last axis must be the units.",
            rule="units-are-the-last-axis",
        )
    return np.where(size > 0, count, 0.0), size


def _shrunken(
    units: tuple[Floats, Floats], prior: Prior, rates: bool, confidence: Confidence
) -> Shrunken:
    (count, size), there = units, units[1] > 0
    alone = prior.fit == PriorFit.ALONE
    raw = np.where(there, count / np.where(there, size, 1.0), np.nan)
    mean = _mean(units, prior, rates)
    found = average_over_strength(units, np.where(alone, 0.5, mean), rates=rates)
    own = _jeffreys(units, rates)
    moments = _matched(found.value, found.variance, rates)
    a, b = (np.where(alone[:, None], o, m) for o, m in zip(own, moments, strict=True))
    low, high = (_gamma_limits if rates else _beta_limits)(a, b, confidence)
    value = np.where(alone[:, None], raw, found.value)
    # Only Jeffreys' interval can leave out a raw 0 or 1: a posterior's mean is inside it.
    low, high = np.minimum(low, value), np.maximum(high, value)
    kept = np.where(alone[:, None], 1.0, found.kept)
    columns = [np.where(there, part, np.nan) for part in (value, low, high, kept, a, b)]
    reason = np.where(there, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    name = f"{'gamma–Poisson' if rates else 'beta-binomial'} empirical Bayes"
    estimate = Estimates(columns[0], columns[1], columns[2], reason, name, confidence)
    return Shrunken(estimate, raw, columns[3], mean, prior.fit, columns[4], columns[5], rates)


def _mean(units: tuple[Floats, Floats], prior: Prior, rates: bool) -> Floats:
    """The prior's mean; the family's own where there is nothing to borrow."""
    count, size = units
    people = size.sum(axis=-1)
    strength = prior.b if rates else prior.a + prior.b
    own = count.sum(axis=-1) / np.where(people > 0, people, 1.0)
    return np.where(strength > 0, prior.a / np.where(strength > 0, strength, 1.0), own)


def _jeffreys(units: tuple[Floats, Floats], rates: bool) -> tuple[Floats, Floats]:
    count, size = units
    return (
        (count + 0.5, np.where(size > 0, size, 1.0)) if rates else (count + 0.5, size - count + 0.5)
    )


def _matched(value: Floats, variance: Floats, rates: bool) -> tuple[Floats, Floats]:
    """The gamma or beta distribution with this mean and variance."""
    spread = np.maximum(variance, 1e-300)
    strength = value / spread if rates else np.maximum(value * (1 - value) / spread - 1, 1e-9)
    return value * strength, strength if rates else (1 - value) * strength


def _gamma_limits(a: Floats, b: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    tail = confidence.tail
    return gammaincinv(a, tail) / b, gammaincinv(a, 1 - tail) / b


def _beta_limits(a: Floats, b: Floats, confidence: Confidence) -> tuple[Floats, Floats]:
    tail = confidence.tail
    return beta_quantile(a, b, tail), beta_quantile(a, b, 1 - tail)
