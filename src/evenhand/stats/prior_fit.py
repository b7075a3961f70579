"""How much do the units' true rates or proportions vary among themselves?

The prior of empirical Bayes: Gamma(a, b) for rates, Beta(a, b) for proportions, from all units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.columns import Counts, Floats, Mask
from evenhand.stats.rising import Rising
from evenhand.stats.two_parameter_fit import LogLikelihood, Rows, Surface, climb

Caution = Callable[[Floats, Floats], Surface]

# A prior worth this many of the largest unit cannot be told from no variation at all.
_LARGEST = 1e3


class PriorFit(IntEnum):
    """How the prior was found."""

    LIKELIHOOD = 0
    MOMENTS = 1
    CAUTIOUS = 2
    ALONE = 3

    @property
    def words(self) -> str:
        """What a page prints in its method note."""
        return _WORDS[self]


_WORDS = {
    PriorFit.LIKELIHOOD: "fitted by marginal likelihood",
    PriorFit.MOMENTS: "fitted by moments, the likelihood having no peak",
    PriorFit.CAUTIOUS: "the units vary no more than chance; a little variation is allowed for",
    PriorFit.ALONE: "nothing to borrow: one unit, or none or all with the outcome",
}


@dataclass(frozen=True, slots=True)
class Prior:
    """Parameters of the prior, one pair for each family of units; ``a`` and ``b`` 0 where alone."""

    a: Floats
    b: Floats
    fit: NDArray[np.uint8]


def fit_gamma(events: Floats, size: Floats) -> Prior:
    """The gamma distribution that rates of shape ``(families, units)`` seem to be drawn from."""
    people = np.maximum(size.sum(axis=-1), 1e-300)
    mean = events.sum(axis=-1) / people
    alone = ((size > 0).sum(axis=-1) < 2) | (mean <= 0)
    centre = np.where(alone, 1.0, mean)
    between = _moments((events, size), centre, centre)
    b = np.where(between > 0, centre / np.where(between > 0, between, 1.0), typical_size(size))
    start = Prior(
        centre * b, b, np.where(between > 0, PriorFit.MOMENTS, PriorFit.CAUTIOUS).astype(np.uint8)
    )
    climb_on = (_gamma_surface(events, size), _gamma_caution)
    return _fit(
        start, alone, climb_on, (size > 0).sum(axis=-1), _LARGEST * (size + events).max(axis=-1)
    )


def fit_beta(count: Floats, total: Floats) -> Prior:
    """The beta distribution that proportions of ``(families, units)`` seem to be drawn from."""
    people = np.maximum(total.sum(axis=-1), 1.0)
    mean = count.sum(axis=-1) / people
    alone = ((total > 0).sum(axis=-1) < 2) | (mean <= 0) | (mean >= 1)
    centre = np.where(alone, 0.5, mean)
    spread = centre * (1 - centre)
    between = _moments((count, total), centre, spread)
    # Nearly all units at 0% or 100% would ask for a size of 0 or less: keep a weak prior instead.
    size = np.maximum(spread / np.where(between > 0, between, 1.0) - 1, 1e-3)
    size = np.where(between > 0, size, typical_size(total))
    fit = np.where(between > 0, PriorFit.MOMENTS, PriorFit.CAUTIOUS).astype(np.uint8)
    start = Prior(centre * size, (1 - centre) * size, fit)
    climb_on = (_beta_surface(count, total), _beta_caution)
    return _fit(
        start, alone, climb_on, (total > 0).sum(axis=-1), _LARGEST * (total + count).max(axis=-1)
    )


def typical_size(size: Floats) -> Floats:
    """The mean size of the units that have people: a prior worth one of them."""
    people, units = size.sum(axis=-1), np.maximum((size > 0).sum(axis=-1), 1)
    return np.asarray(np.where(people > 0, people / units, 1.0))


def _moments(units: tuple[Floats, Floats], mean: Floats, spread: Floats) -> Floats:
    """DerSimonian and Laird's variance between units, with variance ``spread``/size within."""
    count, size = units
    there = size > 0
    weight = size / spread[:, None]
    value = np.where(there, count / np.where(there, size, 1.0), mean[:, None])
    q = (weight * (value - mean[:, None]) ** 2).sum(axis=-1)
    total = weight.sum(axis=-1)
    room = total - (weight**2).sum(axis=-1) / np.maximum(total, 1e-300)
    excess = q - (there.sum(axis=-1) - 1)
    some = (excess > 0) & (room > 1e-12 * total)
    return np.asarray(np.where(some, excess / np.where(some, room, 1.0), 0.0))


def _fit(
    start: Prior,
    alone: Mask,
    surfaces: tuple[LogLikelihood, Caution],
    units: Counts,
    largest: Floats,
) -> Prior:
    """Likelihood; where it has no peak, moments; where they find nothing, the cautious fit.

    Both likelihoods are climbed at once, the cautious one where it may be needed.
    """
    plain, careful = np.flatnonzero(~alone), np.flatnonzero(_alike(start) & ~alone)
    family, cautious = np.r_[plain, careful], np.arange(plain.size + careful.size) >= plain.size
    surface, caution = surfaces

    def both(a: Floats, b: Floats, rows: Rows) -> Surface:
        return surface(a, b, family[rows]) + cautious[rows] * caution(a, b)

    # Where the moments found no more than chance, it may hide as much as their standard error,
    # √(2 / units) of a typical unit's own variance: the climb starts there.
    far = np.where(_alike(start), np.sqrt(units / 2), 1.0)
    peak = climb(both, *(far * np.stack([start.a, start.b]))[:, family], largest=largest[family])
    a, b, fit = start.a.copy(), start.b.copy(), start.fit.copy()
    for chosen, name in ((cautious, PriorFit.CAUTIOUS), (~cautious, PriorFit.LIKELIHOOD)):
        found = chosen & peak.found
        a[family[found]], b[family[found]] = peak.a[found], peak.b[found]
        fit[family[found]] = name
    fit[alone] = PriorFit.ALONE
    return Prior(np.where(alone, 0.0, a), np.where(alone, 0.0, b), fit)


def _alike(start: Prior) -> Mask:
    """Families whose moments found no more than chance."""
    return np.asarray(start.fit == PriorFit.CAUTIOUS)


def log_gamma_poisson(events: Floats, size: Floats, a: Floats, b: Floats) -> Floats:
    """Negative binomial log-likelihood of each unit, less what does not depend on a or b."""
    return np.asarray(Rising(a, events).log(size + b) - a * np.log1p(size / b))


def log_beta_binomial(count: Floats, total: Floats, a: Floats, b: Floats) -> Floats:
    """Beta-binomial log-likelihood of each unit, less what does not depend on a or b."""
    both, over = a + b, total + a + b
    apart = Rising(a, count).log(over) + Rising(b, total - count).log(over)
    return np.asarray(apart - Rising(both, total).log(over))


def _gamma_surface(events: Floats, size: Floats) -> LogLikelihood:
    def surface(a: Floats, b: Floats, rows: Rows) -> Surface:
        a, b, seen, people = a[:, None], b[:, None], events[rows], size[rows]
        after, rise = b + people, Rising(a, seen)
        once, twice = rise.slopes()
        lost = np.log1p(people / b)
        parts = (
            rise.log(after) - a * lost,
            once - lost,
            a / b - (seen + a) / after,
            twice,
            1 / b - 1 / after,
            (seen + a) / after**2 - a / b**2,
        )
        return np.asarray(np.stack(parts).sum(axis=-1))

    return surface


def _beta_surface(count: Floats, total: Floats) -> LogLikelihood:
    counts = np.stack([count, total - count, total])

    def surface(a: Floats, b: Floats, rows: Rows) -> Surface:
        starts, rises = np.stack([a, b, a + b])[..., None], counts[:, rows]
        over = np.broadcast_to(starts[2] + rises[2], rises.shape)
        rise = Rising(starts.reshape(-1, 1), rises.reshape(-1, rises.shape[-1]))
        columns = (rise.log(over.reshape(-1, rises.shape[-1])), *rise.slopes())
        value, once, twice = (column.reshape(rises.shape) for column in columns)
        each, once, twice = value[0] + value[1] - value[2], once.sum(axis=-1), twice.sum(axis=-1)
        first, second = once[:2] - once[2], twice[:2] - twice[2]
        return np.stack([each.sum(axis=-1), *first, second[0], -twice[2], second[1]])

    return surface


def _gamma_caution(a: Floats, b: Floats) -> Surface:
    """log(τ / mean) of the prior, −½ log a, which rules out τ = 0 (Chung et al. 2013)."""
    none = np.zeros_like(b)
    return np.stack([-np.log(a) / 2, -0.5 / a, none, 0.5 / a**2, none, none])


def _beta_caution(a: Floats, b: Floats) -> Surface:
    """The same for proportions: −½ log(a + b + 1), whatever the mean."""
    both = a + b + 1
    once, twice = -0.5 / both, 0.5 / both**2
    return np.stack([-np.log(both) / 2, once, once, twice, twice, twice])
