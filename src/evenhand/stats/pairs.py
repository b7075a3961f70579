"""Two groups side by side: their counts and denominators as flat columns of one length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Confidence
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Mask,
    Proportion,
    Rate,
    Reason,
    require_broadcastable,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """``x1`` events over ``n1`` in the group, ``x2`` over ``n2`` in the comparator."""

    x1: Floats
    n1: Floats
    x2: Floats
    n2: Floats
    shape: tuple[int, ...]

    def take(self, index: NDArray[np.int64] | slice) -> Pair:
        """Some of the pairs."""
        x1, n1, x2, n2 = (column[index] for column in (self.x1, self.n1, self.x2, self.n2))
        return Pair(x1, n1, x2, n2, x1.shape)

    @property
    def columns(self) -> tuple[Floats, Floats, Floats, Floats]:
        """``x1, n1, x2, n2``, to hand to a root finder."""
        return self.x1, self.n1, self.x2, self.n2

    @property
    def cells(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Events and non-events of the group, then of the comparator."""
        return self.x1, self.n1 - self.x1, self.x2, self.n2 - self.x2

    def swapped(self) -> Pair:
        """The comparator compared with the group."""
        return Pair(self.x2, self.n2, self.x1, self.n1, self.shape)


def pair_proportions(group: Proportion, comparator: Proportion) -> Pair:
    """Line two proportions up; shapes that cannot be are refused."""
    return _pair((group.count, group.total), (comparator.count, comparator.total))


def pair_rates(group: Rate, comparator: Rate) -> Pair:
    """Line two rates up; shapes that cannot be are refused."""
    return _pair((group.events, group.population), (comparator.events, comparator.population))


def _pair(
    group: tuple[NDArray[np.generic], ...], comparator: tuple[NDArray[np.generic], ...]
) -> Pair:
    require_broadcastable("group and comparator", group[0], comparator[0])
    shape = np.broadcast_shapes(group[0].shape, comparator[0].shape)
    x1, n1, x2, n2 = (
        np.broadcast_to(column, shape).astype(np.float64).ravel() for column in group + comparator
    )
    return Pair(x1, n1, x2, n2, shape)


def ratio_reasons(pair: Pair) -> NDArray[np.uint8]:
    """Why a ratio of the two cannot be a finite number, by the edges that hold everywhere."""
    reason = np.zeros(pair.x1.shape, dtype=np.uint8)
    reason[pair.x2 == 0] = Reason.NO_COMPARATOR_EVENTS
    reason[(pair.x1 == 0) & (pair.x2 == 0)] = Reason.NO_EVENTS
    reason[(pair.n1 == 0) | (pair.n2 == 0)] = Reason.NO_POPULATION
    return reason


def can_be_bounded(reason: NDArray[np.uint8]) -> Mask:
    """Where there is at least one finite limit to print."""
    bounded: Mask = reason == Reason.DEFINED
    bounded |= reason == Reason.NO_COMPARATOR_EVENTS
    bounded |= reason == Reason.NO_GROUP_NON_EVENTS
    return bounded


def as_estimates(
    columns: tuple[Floats, Floats, Floats],
    reason: NDArray[np.uint8],
    *,
    shape: tuple[int, ...],
    named: tuple[str, Confidence],
) -> Estimates:
    """Value, low and high as estimates of ``shape``: nan where the reason allows no bound."""
    undefined = ~can_be_bounded(reason)
    value, low, high = (np.where(undefined, np.nan, column).reshape(shape) for column in columns)
    return Estimates(value, low, high, reason.reshape(shape), *named)
