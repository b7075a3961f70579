"""What a cube holds: its dimensions, what it adds up, and in which combinations."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of dividing the rows; ``expression`` is SQL over them, by default the column."""

    name: str
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is added up.

    With ``when``, a count of the rows for which the SQL condition holds. With ``of``, the sum of a
    SQL number; ``squares`` asks for the sum of its squares beside it, as ``<name>_squares``.
    """

    name: str
    when: str = ""
    of: str = ""
    squares: bool = False

    def __post_init__(self) -> None:
        if bool(self.when) == bool(self.of):
            raise UsageProblem(
                f"measure {self.name} must count rows (when=) or sum a number (of=), not both.",
                rule="measure-counts-or-sums",
            )
        if self.squares and not self.of:
            raise UsageProblem(
                f"measure {self.name} counts rows; the squares of ones are the ones.",
                rule="squares-of-numbers",
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the cube that this measure fills."""
        return (self.name, f"{self.name}_squares") if self.squares else (self.name,)


@dataclass(frozen=True, slots=True)
class CubeSpec:
    """Dimensions, measures, the combinations wanted, and the grains they are rolled up from.

    ``sets`` are the combinations of dimensions to be counted. Each is rolled up from the first of
    ``grains`` that holds all its dimensions, so that the rows themselves are grouped once per
    grain and not once per set; without grains, once at the finest grain of all.
    """

    id: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    sets: tuple[tuple[str, ...], ...]
    grains: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        names = self.names
        if not self.grains:
            object.__setattr__(self, "grains", (names,))
        for group in (*self.sets, *self.grains):
            unknown = [name for name in group if name not in names]
            if unknown:
                raise UsageProblem(
                    f"cube {self.id} has no dimension {unknown[0]!r}.",
                    remedy=f"It has: {', '.join(names)}.",
                    rule="dimension-in-cube",
                )
        for group in self.sets:
            self.get_grain(group)

    @property
    def names(self) -> tuple[str, ...]:
        """The dimensions' names, in order."""
        return tuple(dimension.name for dimension in self.dimensions)

    @property
    def columns(self) -> tuple[str, ...]:
        """The measure columns' names, in order."""
        return tuple(column for measure in self.measures for column in measure.columns)

    def get_grain(self, group: tuple[str, ...]) -> tuple[str, ...]:
        """The first grain that holds all dimensions of the set."""
        for grain in self.grains:
            if set(group) <= set(grain):
                return grain
        raise UsageProblem(
            f"cube {self.id}: no grain holds all of {', '.join(group)}.",
            rule="set-within-a-grain",
        )

    def mask(self, group: tuple[str, ...]) -> int:
        """The number that marks a set's rows: a bit for each dimension that is left out."""
        return sum(1 << i for i, name in enumerate(self.names) if name not in group)
