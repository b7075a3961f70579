"""Two sides over the same strata: checked, lined up, and told which strata can say anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Proportion,
    Rate,
    Reason,
    require_broadcastable,
)


@dataclass(frozen=True, slots=True)
class Pooled:
    """An estimate pooled over strata, and what could not be pooled.

    ``strata_used`` had a population on both sides. ``strata_left_out`` had none on one side, so
    they hold no comparison; ``events_left_out`` counts the events of both sides in them. All have
    the shape of ``estimate.value``.
    """

    estimate: Estimates
    strata_used: Counts
    strata_left_out: Counts
    events_left_out: Counts


@dataclass(frozen=True, slots=True)
class Strata:
    """Counts of both sides as floats of shape ``(…, strata)``; left-out strata hold zeros.

    ``weight`` is n₁n₀/N, the Mantel–Haenszel weight of a stratum (0 where left out).
    """

    group: Floats
    group_size: Floats
    comparator: Floats
    comparator_size: Floats
    size: Floats
    weight: Floats
    used: NDArray[np.bool_]
    events_left_out: Counts

    @property
    def events(self) -> Floats:
        """Events of both sides in each stratum."""
        return self.group + self.comparator

    @property
    def margins(self) -> tuple[Floats, Floats, Floats]:
        """Sizes of both sides and the events of both together, in each stratum."""
        return self.group_size, self.comparator_size, self.events

    def pooled(self, estimate: Estimates) -> Pooled:
        """The estimate with the count of strata that could and could not be used."""
        used = np.asarray(self.used.sum(axis=-1))
        left_out = self.used.shape[-1] - used
        return Pooled(estimate, used, left_out, self.events_left_out)

    def only(self, cells: NDArray[np.bool_] | NDArray[np.intp]) -> Strata:
        """The strata of the chosen cells, flattened to ``(cells, strata)``."""
        return Strata(
            self.group[cells],
            self.group_size[cells],
            self.comparator[cells],
            self.comparator_size[cells],
            self.size[cells],
            self.weight[cells],
            self.used[cells],
            self.events_left_out[cells],
        )


def line_up(group: Proportion | Rate, comparator: Proportion | Rate) -> Strata:
    """Both sides over one stratum axis, the last; refused unless it has the same length."""
    check_strata(group, comparator)
    return _masked(*np.broadcast_arrays(*_counts(group), *_counts(comparator)))


def check_strata(group: Proportion | Rate, comparator: Proportion | Rate) -> None:
    """Refuse two sides that are not over the same strata, or are not of one kind."""
    if type(group) is not type(comparator):
        raise UsageProblem(
            f"group is a {type(group).__name__} and comparator a {type(comparator).__name__}.",
            rule="same-kind",
        )
    x1, x0 = _counts(group)[0], _counts(comparator)[0]
    for name, side in (("group", x1), ("comparator", x0)):
        if side.ndim == 0 or side.shape[-1] == 0:
            raise UsageProblem(
                f"{name} has shape {side.shape}: its last axis must be the strata.",
                remedy="Give one count for each stratum.",
                rule="strata-are-the-last-axis",
            )
    if x1.shape[-1] != x0.shape[-1]:
        raise UsageProblem(
            f"group has {x1.shape[-1]} strata and comparator has {x0.shape[-1]}: one is missing.",
            remedy="Give every stratum on both sides, with a population of 0 where nobody is.",
            rule="strata-line-up",
        )
    require_broadcastable("group and comparator", x1, x0)


def _counts(side: Proportion | Rate) -> tuple[Counts, Floats]:
    if isinstance(side, Rate):
        return side.events, side.population
    return side.count, side.total.astype(np.float64)


def _masked(x1: Counts, n1: Floats, x0: Counts, n0: Floats) -> Strata:
    used = (n1 > 0) & (n0 > 0)
    left_out = np.asarray(np.where(used, 0, x1 + x0).sum(axis=-1))
    a, n, b, m = (np.where(used, side, 0.0) for side in (x1, n1, x0, n0))
    size = np.where(used, n + m, 1.0)  # 1 where left out: every numerator there is 0
    return Strata(a, n, b, m, size, n * m / size, used, left_out)


def undefined(strata: Strata, *, value: Floats) -> NDArray[np.uint8]:
    """The reason for each pooled ratio, from its value: nan is nothing to compare, inf no bound."""
    reason = np.zeros(value.shape, dtype=np.uint8)
    reason[np.isinf(value)] = Reason.NO_COMPARATOR_EVENTS
    nothing = ~strata.events.any(axis=-1)
    reason[np.isnan(value)] = Reason.NOT_ESTIMABLE
    reason[np.isnan(value) & nothing] = Reason.NO_EVENTS
    reason[~strata.used.any(axis=-1)] = Reason.NO_POPULATION
    return reason
