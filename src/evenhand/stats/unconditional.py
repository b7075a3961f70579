"""Could the gap be chance, when only the sizes of the groups were fixed beforehand?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from scipy.special import gammaln

from evenhand.core import UsageProblem
from evenhand.stats.columns import Floats, Mask, Proportion, PValues, Reason, require_method
from evenhand.stats.lattice import Hypergeometric
from evenhand.stats.mirror import TIE
from evenhand.stats.pairs import pair_proportions
from evenhand.stats.tails import two_sided

Ordering = Literal["boschloo", "barnard"]
Alternative = Literal["two-sided", "less", "greater"]

# The work is the product of the two sizes, for each of some 300 common chances.
LARGEST_DESIGN = 40_000

# Three sweeps of the common chance, each of this many points between the neighbours of the last
# one's highest: the last step is 1e-6 wide, and the error of a maximum is of its square.
_POINTS, _SWEEPS = 101, 4


def unconditional_test(
    group: Proportion,
    comparator: Proportion,
    *,
    ordering: Ordering = "boschloo",
    alternative: Alternative = "two-sided",
) -> PValues:
    """If the two groups were treated alike, how often would a gap this unlikely come up by chance?

    Unlike :func:`fisher` it does not fix how many events there were, and so finds more in small
    cells. All outcomes at least as extreme are added up for the common chance at which they are
    likeliest. Boschloo orders outcomes by Fisher's exact p; Barnard by the pooled z statistic.

    Parameters
    ----------
    group, comparator : Proportion
        Counts of totals, of shapes that broadcast together. The product of (total + 1) of the two
        must not be above 40,000.
    ordering : {"boschloo", "barnard"}
        What "more extreme" means.
    alternative : {"two-sided", "less", "greater"}
        Whether a group lower than the comparator, higher, or either counts as extreme.

    Returns
    -------
    PValues
        ``p`` from 0 to 1; 1 where there are no events or only events; nan where a total is 0.

    Raises
    ------
    UsageProblem
        If groups are too large, shapes do not line up or a name is not known.

    Notes
    -----
    Distinct tables are worked through one by one, some milliseconds each: for a handful of small
    cells that matter, not for a million. Do not use it where the number of events was fixed
    beforehand (so many places to fill): then :func:`fisher` is right.

    References
    ----------
    G. A. Barnard (1947), *Biometrika* 34, 123-138. R. D. Boschloo (1970), *Statistica Neerlandica*
    24, 1-35.

    Examples
    --------
    >>> from evenhand.stats import Proportion, fisher, unconditional_test
    >>> few, many = Proportion([2], [9]), Proportion([8], [10])
    >>> unconditional_test(few, many).p.round(3), fisher(few, many, mid_p=False).p.round(3)
    (array([0.019]), array([0.023]))

    Not fixing the number of events makes the gap look less like chance: 1.9% and not 2.3%.
    """
    require_method(ordering, ("boschloo", "barnard"))
    require_method(alternative, ("two-sided", "less", "greater"))
    pair = pair_proportions(group, comparator)
    sizes = (pair.n1 + 1) * (pair.n2 + 1)
    if sizes.size and sizes.max() > LARGEST_DESIGN:
        at = int(np.argmax(sizes))
        raise UsageProblem(
            f"totals of {pair.n1[at]:.0f} and {pair.n2[at]:.0f} are too many for this test.",
            remedy="Use fisher.",
            rule="unconditional-tests-are-for-small-groups",
        )
    reason = np.where((pair.n1 == 0) | (pair.n2 == 0), Reason.NO_POPULATION, Reason.DEFINED)
    tables, back = np.unique(np.column_stack(pair.columns), axis=0, return_inverse=True)
    extremity = _EXTREMITY[ordering]
    found = np.array([_largest_chance(*table, extremity, alternative) for table in tables])
    p = np.where(reason == Reason.DEFINED, found[back.ravel()], np.nan)
    name = f"{ordering.capitalize()} exact"
    return PValues(p.reshape(pair.shape), reason.astype(np.uint8).reshape(pair.shape), name)


def _largest_chance(x1: float, n1: float, x2: float, n2: float, *rule: object) -> float:
    extremity, alternative = rule
    rows, columns = np.arange(n1 + 1)[:, np.newaxis], np.arange(n2 + 1)[np.newaxis, :]
    if not callable(extremity) or n1 == 0 or n2 == 0:
        return float("nan")
    scores = extremity(rows, n1, columns, n2, alternative)
    seen = scores[int(x1), int(x2)]
    extreme: Mask = scores <= seen + TIE * abs(seen)
    low, high, best = 0.0, 1.0, 0.0
    for _ in range(_SWEEPS):
        chances = np.linspace(low, high, _POINTS)
        first, second = (
            _binomial(rows.ravel(), n1, chances),
            _binomial(columns.ravel(), n2, chances),
        )
        total = ((first @ extreme) * second).sum(axis=1)
        top = int(np.argmax(total))
        best = max(best, float(total[top]))
        low, high = chances[max(top - 1, 0)], chances[min(top + 1, _POINTS - 1)]
    return min(best, 1.0)


def _binomial(counts: Floats, total: float, chances: Floats) -> Floats:
    ways = gammaln(total + 1) - gammaln(counts + 1) - gammaln(total - counts + 1)
    p = chances[:, np.newaxis]
    with np.errstate(divide="ignore"):
        likely: Floats = np.exp(ways) * p**counts * (1 - p) ** (total - counts)
    return likely


def _boschloo(x1: Floats, n1: float, x2: Floats, n2: float, alternative: str) -> Floats:
    """Fisher's p of every outcome: smaller is more extreme."""
    first, events = np.broadcast_arrays(x1, x1 + x2)
    lattice = Hypergeometric(events.ravel(), np.full(events.size, n1), np.full(events.size, n2))
    if alternative == "two-sided":
        p = two_sided(lattice, first.ravel(), mid_p=False)
        return p.reshape(events.shape)
    likely = np.exp(lattice.log_likelihood(first.ravel())).reshape(events.shape)
    tail = np.empty(events.shape)
    # Outcomes with the same events lie on a falling diagonal; add each up from its own end.
    for m in range(int(n1 + n2) + 1):
        on = np.flatnonzero(events.ravel() == m)
        order = on if alternative == "less" else on[::-1]
        tail.ravel()[order] = np.cumsum(likely.ravel()[order])
    return tail


def _barnard(x1: Floats, n1: float, x2: Floats, n2: float, alternative: str) -> Floats:
    """The pooled z of every outcome, turned so that smaller is more extreme."""
    pooled = (x1 + x2) / (n1 + n2)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    z = np.where(spread > 0, (x1 / n1 - x2 / n2) / np.where(spread > 0, spread, 1.0), 0.0)
    return {"less": z, "greater": -z, "two-sided": -np.abs(z)}[alternative]


_EXTREMITY: dict[str, Callable[..., Floats]] = {"boschloo": _boschloo, "barnard": _barnard}
