"""Where does a likelihood in two positive parameters peak? Many of them at once, by Newton's steps.

Works on the logarithms of the parameters, with Marquardt's damping, so that steps near a ridge or
far from the peak stay safe. The loop is over steps; every problem takes its step at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.columns import Floats, Mask

Surface = Floats
"""Log-likelihoods, then their derivatives by a, b, aa, ab and bb: shape ``(6, problems)``."""

Rows = NDArray[np.intp]
LogLikelihood = Callable[[Floats, Floats, Rows], Surface]

# Damped Newton settles in 5 to 15 steps; a problem that needs more has no peak inside its bounds.
_MOST_STEPS = 60
_LONGEST_STEP = 2.0  # on the log scale: parameters change at most by a factor of 7.4 at a time
_SETTLED = 1e-7  # relative change of the parameters
# A step leaves about its square, and what the damping held back: this much is the last.
_LEFT = 1e-10
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
    at, most = np.log(np.stack([a, b])), np.log(np.maximum(largest, 1e-300))
    settled = np.zeros(a.shape, dtype=bool)
    going = np.arange(a.size)
    here, damping = surface(a, b, going), np.full(a.shape, 1e-3)
    for _ in range(_MOST_STEPS):
        if not going.size:
            break
        now = at[:, going]
        there = np.clip(now + _step(here, np.exp(now), damping), -_LOG_BOUND, _LOG_BOUND)
        a, b = np.exp(there)
        new = surface(a, b, going)
        better = new[0] >= here[0] - 1e-11 * np.abs(here[0])
        length = np.abs(there - now).max(axis=0)
        still = (length >= _SETTLED) & (length * (length + damping) >= _LEFT)
        still &= np.logaddexp(*now) <= most[going]
        at[:, going] = np.where(better, there, now)
        here = np.where(better, new, here)[:, still]
        damping = np.clip(damping * np.where(better, 0.1, 10.0), 1e-12, 1e12)[still]
        settled[going[~still]] = True
        going = going[still]
    inside = np.abs(at).max(axis=0) < 0.999 * _LOG_BOUND
    a, b = np.exp(at)
    return Peak(a, b, inside & settled & (a + b <= largest))


def _step(here: Surface, at: Floats, damping: Floats) -> Floats:
    """Solve (−H + λ·|diag H|) step = gradient, both on the log scale.

    In the directions of both parameters together, which keeps the mean, and of one against the
    other: counts tell the mean a thousand million times better than the strength, and the little
    they tell of the strength would drown in rounding beside it.
    """
    slope = at * here[1:3]
    own, cross = -(at**2 * here[3::2] + slope), -2 * at[0] * at[1] * here[4]
    # Where the surface is not a hill, its slope is followed as if it were one as steep.
    across = np.maximum(np.abs(own[0] - cross + own[1]), 1e-300)
    skew, gap = own[0] - own[1], slope[0] - slope[1]
    tie = skew / across
    along = np.maximum(np.abs(own[0] + cross + own[1] - tie * skew), 1e-300)
    together = (slope[0] + slope[1] - tie * gap) / (along * (1 + damping))
    apart = gap / (across * (1 + damping)) - tie * together
    step = np.stack([together + apart, together - apart])
    longest = np.abs(step).max(axis=0)
    return np.asarray(step * np.minimum(1.0, _LONGEST_STEP / np.maximum(longest, 1e-300)))
