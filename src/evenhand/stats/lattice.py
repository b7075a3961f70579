"""The two distributions a fixed margin leaves, as columns: where they live, and how they step."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.columns import Floats
from evenhand.stats.likelihood import log_binomial, log_hypergeometric

Index = NDArray[np.int64] | NDArray[np.bool_] | slice


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

    def up(self, count: Floats) -> Floats:
        """How much likelier ``count + 1`` is than ``count``; 0 at the top."""

    def down(self, count: Floats) -> Floats:
        """How much likelier ``count - 1`` is than ``count``; 0 at the bottom."""

    def log_likelihood(self, count: Floats) -> Floats:
        """Logarithm of the probability, also between whole numbers."""

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

    def up(self, count: Floats) -> Floats:
        return (self.total - count) * self.chance / ((count + 1) * (1 - self.chance))

    def down(self, count: Floats) -> Floats:
        return count * (1 - self.chance) / ((self.total - count + 1) * self.chance)

    def log_likelihood(self, count: Floats) -> Floats:
        return log_binomial(count, self.total, self.chance)


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

    def up(self, count: Floats) -> Floats:
        above = (self.drawn - count) * (self.size - count)
        return above / ((count + 1) * (self.other - self.drawn + count + 1))

    def down(self, count: Floats) -> Floats:
        above = count * (self.other - self.drawn + count)
        return above / ((self.drawn - count + 1) * (self.size - count + 1))

    def log_likelihood(self, count: Floats) -> Floats:
        return log_hypergeometric(count, self.drawn, self.size, self.other)
