"""A mapping: where a published file comes from, which table it makes, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from evenhand.core import ContractBroken
from evenhand.datasets.sources import NamedTable


@dataclass(frozen=True, slots=True)
class Mapping:
    """One published file and the canonical table it makes.

    ``accepts`` are the endings its name may have. ``open`` gives the file as a table of its own
    columns; ``apply`` gives that table's rows, each exactly one row, under the headers of the
    dataset's contract, so that a row set aside is told by its own line. ``first_line`` is the line
    of the first row. ``caution`` says what the figures must not be taken for.
    """

    id: str
    title: str
    dataset: str
    source: str
    columns: tuple[str, ...]
    accepts: tuple[str, ...]
    open: Callable[[Path], pa.Table]
    apply: Callable[[pa.Table], pa.Table]
    first_line: int = 2
    caution: str = ""

    def read(self, path: Path) -> NamedTable:
        """The rows of a file, ready to be loaded; refused when a column is missing."""
        table = self.open(path)
        missing = [name for name in self.columns if name not in table.column_names]
        if missing:
            raise ContractBroken(
                f"this is not the file that the mapping {self.id} reads.",
                file=path.name,
                column=missing[0],
                rule="mapping-columns",
                remedy=f"It is made for: {self.source}",
            )
        mapped = self.apply(table)
        if mapped.num_rows != table.num_rows:
            raise ContractBroken(
                "the mapping lost or added rows.", file=path.name, rule="mapping-row-for-row"
            )
        return NamedTable(path.name, mapped, self.first_line)
