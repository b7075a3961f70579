"""The two distributions a fixed margin leaves, as columns: where they live, and how they step."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.columns import Floats, Mask
from evenhand.stats.likelihood import log_binomial, log_hypergeometric

Index = NDArray[np.int64] | NDArray[np.bool_] | slice


@dataclass(slots=True)
class Steps:
    """The ratio of one count's likelihood to the last one's, kept as factors that move by one.

    Both distributions step by ``falling[0] * falling[1] / (rising[0] * rising[1]) * constant``:
    at each step the falling factors lose one and the rising gain one. A falling factor of 0 is the
    end of the support.
    """

    falling: tuple[Floats, ...]
    rising: tuple[Floats, ...]
    constant: Floats | None

    def next(self) -> Floats:
        """The ratio, and on to the next; a new array, the factors being changed in place."""
        ratio, below = _product(self.falling), _product(self.rising)
        ratio /= below
        if self.constant is not None:
            ratio *= self.constant
        for factor in self.falling:
            factor -= 1
        for factor in self.rising:
            factor += 1
        return ratio

    def next_many(self, many: int) -> Floats:
        """The next ``many`` ratios, of shape ``(many, cells)``, and on to the one after."""
        ahead = np.arange(float(many))[:, None]
        ratio, below = self.falling[0] - ahead, self.rising[0] + ahead
        if len(self.falling) > 1:
            ratio *= self.falling[1] - ahead
            below *= self.rising[1] + ahead
        ratio /= below
        if self.constant is not None:
            ratio *= self.constant
        for factor in self.falling:
            factor -= many
        for factor in self.rising:
            factor += many
        return ratio

    def keep(self, mask: Mask) -> None:
        """Drop the elements that have come to their end."""
        self.falling = tuple(factor[mask] for factor in self.falling)
        self.rising = tuple(factor[mask] for factor in self.rising)
        self.constant = None if self.constant is None else self.constant[mask]


def _product(factors: tuple[Floats, ...]) -> Floats:
    return factors[0] * factors[1] if len(factors) > 1 else factors[0].copy()


class Lattice(Protocol):
    """A column of one-hump distributions on whole numbers."""

    @property
    def spread(self) -> Floats:
        """The standard deviation."""

    @property
    def mode(self) -> Floats:
        """Where the hump is, as a real number: two counts equally far are equally likely."""

    @property
    def low(self) -> Floats:
        """The smallest count that can happen."""

    @property
    def high(self) -> Floats:
        """The largest count that can happen."""

    def steps(self, count: Floats, up: Mask) -> Steps:
        """How much likelier the next count is, and the next after that, upwards or downwards."""

    def log_likelihood(self, count: Floats) -> Floats:
        """Logarithm of the probability, also between whole numbers."""

    def cells(self, count: Floats) -> tuple[tuple[Floats, float], ...]:
        """The table's counts, each with 1 where it rises with ``count`` and -1 where it falls."""

    def take(self, index: Index) -> Self:
        """The same for some of the column's elements."""


class _Columns:
    __slots__ = ()

    def take(self, index: Index) -> Self:
        return type(self)(*(getattr(self, f.name)[index] for f in fields(self)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Binomial(_Columns):
    """Events that fall to the first group when ``total`` are shared out by ``chance``."""

    total: Floats
    chance: Floats

    @property
    def spread(self) -> Floats:
        spread: Floats = np.sqrt(self.total * self.chance * (1 - self.chance))
        return spread

    @property
    def mode(self) -> Floats:
        return (self.total + 1) * self.chance - 0.5

    @property
    def low(self) -> Floats:
        return np.zeros_like(self.total)

    @property
    def high(self) -> Floats:
        return self.total

    def steps(self, count: Floats, up: Mask) -> Steps:
        rest, odds = self.total - count, self.chance / (1 - self.chance)
        falling, rising = np.where(up, rest, count), np.where(up, count, rest) + 1
        return Steps((falling,), (rising,), np.where(up, odds, 1 / odds))

    def log_likelihood(self, count: Floats) -> Floats:
        return log_binomial(count, self.total, self.chance)

    def cells(self, count: Floats) -> tuple[tuple[Floats, float], ...]:
        return (count, 1.0), (self.total - count, -1.0)


@dataclass(frozen=True, slots=True)
class Hypergeometric(_Columns):
    """Events that fall to a group of ``size`` when ``drawn`` people of both groups have one."""

    drawn: Floats
    size: Floats
    other: Floats

    @property
    def spread(self) -> Floats:
        everyone = self.size + self.other
        share = self.size / everyone
        left = (everyone - self.drawn) / np.maximum(everyone - 1, 1)
        spread: Floats = np.sqrt(self.drawn * share * (1 - share) * left)
        return spread

    @property
    def mode(self) -> Floats:
        return (self.drawn + 1) * (self.size + 1) / (self.size + self.other + 2) - 0.5

    @property
    def low(self) -> Floats:
        return np.maximum(self.drawn - self.other, 0.0)

    @property
    def high(self) -> Floats:
        return np.minimum(self.drawn, self.size)

    def steps(self, count: Floats, up: Mask) -> Steps:
        # The four cells of the table: going up takes from the first two and adds to the others.
        one, two = self.drawn - count, self.size - count
        three, four = count, self.other - self.drawn + count
        falling = np.where(up, one, three), np.where(up, two, four)
        rising = np.where(up, three, one) + 1, np.where(up, four, two) + 1
        return Steps(falling, rising, None)

    def log_likelihood(self, count: Floats) -> Floats:
        return log_hypergeometric(count, self.drawn, self.size, self.other)

    def cells(self, count: Floats) -> tuple[tuple[Floats, float], ...]:
        rising = (count, 1.0), (self.other - self.drawn + count, 1.0)
        return *rising, (self.drawn - count, -1.0), (self.size - count, -1.0)
