"""Which count on the other side of the hump is the first to be as unlikely as the one seen?"""

from __future__ import annotations

import numpy as np

from evenhand.stats.columns import Floats, Mask
from evenhand.stats.lattice import Lattice

# Outcomes within this of the observed one's likelihood count as equally likely, as in R's
# fisher.test and binom.test (relErr <- 1 + 10^(-7)).
TIE = 1e-7

_MOST_STEPS = 30
# Newton's next step from one this short, in counts, is far below a count.
_SHORT_STEP = 0.01
# The root is known to less than this, in counts: a count this near it is asked exactly.
_UNSURE = 0.1


def first_as_unlikely(
    lattice: Lattice, count: Floats, here: Floats, above: Mask
) -> tuple[Floats, Floats]:
    """The first count beyond the mode's other side as unlikely as ``count``; and how unlikely.

    ``here`` is the logarithm of the likelihood of ``count``, and ``above`` whether it is at or
    above the mode. How unlikely is the logarithm of the likelihood there over that: at most
    :data:`TIE`, and -inf where all of that side is likelier; the count is then the last of it.
    For a standard deviation above 3 and counts some of them away, or any count where it is large.
    """
    sign = np.where(above, -1.0, 1.0)
    last = np.where(above, count - lattice.low, lattice.high - count)
    distance = np.maximum(np.ceil(_root(lattice, count, above, last) - _UNSURE), 1.0)
    as_likely = lattice.log_likelihood(count + sign * distance) - here
    for _ in range(2):
        likelier = np.flatnonzero((as_likely > TIE) & (distance <= last))
        if not likelier.size:
            break
        distance[likelier] += 1
        there = (count + sign * distance)[likelier]
        as_likely[likelier] = lattice.take(likelier).log_likelihood(there) - here[likelier]
    as_likely[distance > last] = -np.inf
    return count + sign * np.minimum(distance, last), as_likely


def _root(lattice: Lattice, count: Floats, above: Mask, last: Floats) -> Floats:
    """How far off a real number would be as likely; ``last``, the end of that side, if none is.

    With ln n! as (n + ½) ln(n + ½) − (n + ½) + ½ ln 2π, right to a fourteenth at 0 and to 1/24n
    from there; parts that are large and cancel are never formed, so that it holds at counts of a
    thousand million. Newton's steps from the mirror image: the logarithm is concave, so that from
    the second on they come from outside and never pass the root.
    """
    sign = np.where(above, -1.0, 1.0)
    cells = [(cell + 0.5, sign * way) for cell, way in lattice.cells(count)]
    constant = lattice.steps(count, ~above).constant
    ratio = np.ones(count.shape) if constant is None else constant.copy()
    for cell, way in cells:
        ratio *= np.where(way < 0, cell, 1 / cell)
    start, apart = np.log(ratio), 2 * np.abs(count - lattice.mode)
    at = np.minimum(apart, last)
    # Within a step of the mode there may be no crossing to find, and within a two-hundredth of a
    # standard deviation none that rounding leaves: the hump is symmetric there.
    near = apart <= np.maximum(2, 0.01 * lattice.spread)
    for _ in range(_MOST_STEPS):
        fall, slope = at * start - TIE, start.copy()
        for cell, way in cells:
            step = way * at
            bend = np.log1p(step / cell)
            fall -= (cell + step) * bend
            slope -= way * bend
        was = at
        at = np.where(near, at, np.clip(at - fall / np.minimum(slope, -1e-300), 0.0, last))
        if (np.abs(at - was) < _SHORT_STEP).all():
            break
    return np.asarray(at)
