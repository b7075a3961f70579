"""Filling a cube: one statement over the rows, then no row is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from evenhand.core import Period, UsageProblem
from evenhand.datasets.arrow import compute, one_number
from evenhand.datasets.cube.spec import CubeSpec
from evenhand.datasets.cube.statement import MASK, ROWS, build_statement
from evenhand.datasets.engine import open_engine

if TYPE_CHECKING:
    import duckdb

    from evenhand.datasets.lake import Lake


@dataclass(frozen=True, slots=True)
class Cube:
    """The counts of a :class:`CubeSpec`, every set of them, in one table."""

    spec: CubeSpec
    table: pa.Table

    def cells(self, *dimensions: str) -> pa.Table:
        """The counts by these dimensions, one row per combination that occurs.

        A set that the cube holds is returned as it is; a coarser one is added up from the smallest
        set that holds all its dimensions. Columns: the dimensions in the order asked for, then the
        measures. Combinations without a row are absent: whether that is a zero or a gap is for the
        indicator to say.
        """
        held = self._find_set(dimensions)
        mask = compute.equal(self.table[MASK], one_number(np.int64(self.spec.mask(held))))
        found = self.table.filter(mask).select([*dimensions, *self.spec.columns])
        if set(held) == set(dimensions):
            return found
        sums = found.group_by(list(dimensions)).aggregate([(c, "sum") for c in self.spec.columns])
        return sums.rename_columns([*dimensions, *self.spec.columns])

    def _find_set(self, dimensions: tuple[str, ...]) -> tuple[str, ...]:
        fits = [held for held in self.spec.sets if set(dimensions) <= set(held)]
        if not fits:
            raise UsageProblem(
                f"cube {self.spec.id} was not asked to count by {', '.join(dimensions)} together.",
                remedy="Add that set to the cube's definition.",
                rule="set-in-cube",
            )
        return min(fits, key=lambda held: (len(held), self.spec.sets.index(held)))


def build_cube(
    rows: Lake | duckdb.DuckDBPyRelation | Any, spec: CubeSpec, *, period: Period | None = None
) -> Cube:
    """Count everything the indicators need, in one reading of the rows.

    Parameters
    ----------
    rows : Lake, DuckDB relation, or table
        The rows: a lake, a DuckDB relation, or any table with ``__arrow_c_stream__`` (pyarrow,
        pandas, polars) whose columns are those that the spec's expressions name.
    spec : CubeSpec
        What to count, by what.
    period : Period, optional
        Count only these months, by the column ``month`` (``2026-03``); by default every row.

    Returns
    -------
    Cube
        Counts as int64, sums as float64.

    Raises
    ------
    UsageProblem
        An expression is not SQL, or a dimension is not in the spec.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from evenhand.datasets import CubeSpec, Dimension, Measure, build_cube
    >>> stops = pa.table({"unit": ["A", "A", "B"], "arrested": [True, False, False]})
    >>> spec = CubeSpec(
    ...     "example",
    ...     (Dimension("unit"),),
    ...     (Measure("searches", when="true"), Measure("arrests", when="arrested")),
    ...     (("unit",),),
    ... )
    >>> cells = build_cube(stops, spec).cells("unit").sort_by("unit")
    >>> cells.to_pydict()
    {'unit': ['A', 'B'], 'searches': [2, 1], 'arrests': [1, 0]}

    Unit A made two searches, one of which ended in arrest; unit B made one, which did not.
    """
    from evenhand.datasets.lake import Lake

    statement = build_statement(spec)
    with open_engine() as engine:
        if isinstance(rows, Lake):
            found = rows.relation(engine)
        elif hasattr(rows, "query") and hasattr(rows, "fetchnumpy"):
            found = rows
        else:
            found = engine.from_arrow(pa.table(rows))
        if period is not None:
            found = found.filter(f"month BETWEEN '{period.first}' AND '{period.last}'")
        return Cube(spec, found.query(ROWS, statement).to_arrow_table())
