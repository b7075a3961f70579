"""What a canonical table is: named columns of a few kinds, each with what its cells mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from evenhand.core import ContractBroken


class Holds(StrEnum):
    """What the cells of a canonical column hold."""

    CODE = "code"  # a code of one of the column's codelists; never null
    TEXT = "text"  # as written, spaces trimmed; blank where nothing was
    PERSON = "person"  # a pseudonymous key; never shown in a report
    DAY = "day"
    MONTH = "month"  # the first day of it
    NUMBER = "number"  # a whole number
    AMOUNT = "amount"  # a number with a fraction
    SHARE = "share"  # between 0 and 1
    FLAG = "flag"


_ARROW: dict[Holds, pa.DataType] = {
    Holds.CODE: pa.string(),
    Holds.TEXT: pa.string(),
    Holds.PERSON: pa.string(),
    Holds.DAY: pa.date32(),
    Holds.MONTH: pa.date32(),
    Holds.NUMBER: pa.int32(),
    Holds.AMOUNT: pa.float64(),
    Holds.SHARE: pa.float64(),
    Holds.FLAG: pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table.

    A code, text or person that is absent is the empty string or a code of absence, never null; a
    day, number, share or flag that is absent is null.
    """

    name: str
    holds: Holds
    meaning: str
    codelists: tuple[str, ...] = ()

    @property
    def arrow(self) -> pa.DataType:
        """Its type in Arrow and Parquet."""
        return _ARROW[self.holds]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One canonical table. ``key`` are the columns that no two rows may share; empty where two
    rows can only be told apart by everything in them."""

    id: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def arrow(self) -> pa.Schema:
        """The columns as an Arrow schema, for making and checking tables."""
        fields: list[tuple[str, pa.DataType]] = [(c.name, c.arrow) for c in self.columns]
        return pa.schema(fields)

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def require(self, table: pa.Table) -> pa.Table:
        """The same rows with exactly these columns and types; a table that lacks one is refused."""
        missing = [name for name in self.names if name not in table.column_names]
        if missing:
            raise ContractBroken(
                f"the table of {self.id} lacks {', '.join(missing)}.",
                column=missing[0],
                rule="column-required",
                remedy="Load the file with evenhand load, which makes every column.",
            )
        return table.select(list(self.names)).cast(self.arrow)
