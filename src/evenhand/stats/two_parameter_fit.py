"""Where does a likelihood in two positive parameters peak? Many of them at once, by Newton's steps.

Works on the logarithms of the parameters, with Marquardt's damping, so that steps near a ridge or
far from the peak stay safe. The loop is over steps; every problem takes its step at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.columns import Floats, Mask


class Surface(NamedTuple):
    """Log-likelihoods with their first and second derivatives by a and b, each of one column."""

    value: Floats
    by_a: Floats
    by_b: Floats
    by_aa: Floats
    by_ab: Floats
    by_bb: Floats


Rows = NDArray[np.intp]
LogLikelihood = Callable[[Floats, Floats, Rows], Surface]

# Damped Newton settles in 5 to 15 steps; a problem that needs more has no peak inside its bounds.
_MOST_STEPS = 60
_LONGEST_STEP = 2.0  # on the log scale: parameters change at most by a factor of 7.4 at a time
_SETTLED = 1e-7  # relative change of the parameters
# exp(±27) = 5e11: beyond any prior size that counts up to 10⁹ can tell from infinity.
_LOG_BOUND = 27.0


@dataclass(frozen=True, slots=True)
class Peak:
    """The parameters at the peak, and where no peak was found inside the bounds."""

    a: Floats
    b: Floats
    found: Mask


def climb(surface: LogLikelihood, a: Floats, b: Floats, *, largest: Floats) -> Peak:
    """Climb from the starting columns ``a`` and ``b`` (positive, of shape ``(problems,)``).

    ``surface`` is told which problems it is asked about, for one that has settled takes no more
    steps. A climb whose a + b passes ``largest`` has no peak and stops there.
    """
    at = np.log(np.stack([a, b], axis=-1))
    settled = np.zeros(a.shape, dtype=bool)
    going = np.arange(a.size)
    here, damping = surface(a, b, going), np.full(a.shape, 1e-3)
    for _ in range(_MOST_STEPS):
        if not going.size:
            break
        there = np.clip(at[going] + _step(here, at[going], damping), -_LOG_BOUND, _LOG_BOUND)
        new = surface(np.exp(there[:, 0]), np.exp(there[:, 1]), going)
        better = new.value >= here.value - 1e-11 * np.abs(here.value)
        still = np.abs(there - at[going]).max(axis=-1) >= _SETTLED
        still &= np.logaddexp(*at[going].T) <= np.log(np.maximum(largest[going], 1e-300))
        at[going] = np.where(better[:, None], there, at[going])
        here = Surface(*(np.where(better, n, h)[still] for n, h in zip(new, here, strict=True)))
        damping = np.clip(np.where(better, damping / 10, damping * 10), 1e-12, 1e12)[still]
        settled[going[~still]] = True
        going = going[still]
    inside = np.abs(at).max(axis=-1) < 0.999 * _LOG_BOUND
    top = np.exp(at)
    return Peak(top[:, 0], top[:, 1], inside & settled & (top.sum(axis=-1) <= largest))


def _step(here: Surface, at: Floats, damping: Floats) -> Floats:
    """Solve (−H + λ·|diag H|) step = gradient, both on the log scale.

    In the directions of both parameters together, which keeps the mean, and of one against the
    other: counts tell the mean a thousand million times better than the strength, and the little
    they tell of the strength would drown in rounding beside it.
    """
    a, b = np.exp(at).T
    g1, g2 = a * here.by_a, b * here.by_b
    h11, h22 = -(a**2 * here.by_aa + g1), -(b**2 * here.by_bb + g2)
    h12 = -a * b * here.by_ab
    # Where the surface is not a hill, its slope is followed as if it were one as steep.
    across = np.maximum(np.abs(h11 - 2 * h12 + h22), 1e-300)
    tie = (h11 - h22) / across
    along = np.maximum(np.abs(h11 + 2 * h12 + h22 - tie * (h11 - h22)), 1e-300)
    together = (g1 + g2 - tie * (g1 - g2)) / (along * (1 + damping))
    apart = (g1 - g2) / (across * (1 + damping)) - tie * together
    step = np.stack([together + apart, together - apart], axis=-1)
    longest = np.abs(step).max(axis=-1, keepdims=True)
    return np.asarray(step * np.minimum(1.0, _LONGEST_STEP / np.maximum(longest, 1e-300)))
