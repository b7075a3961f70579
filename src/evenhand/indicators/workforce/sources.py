"""The canonical tables in one engine, ethnicity brought to the groups all editions have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evenhand.codelists import Code, Kind, get_codelist, get_mapping
from evenhand.datasets.arrow import from_words
from evenhand.datasets.engine import open_engine
from evenhand.datasets.workforce import BLANK, NOT_ASKED, PREFER_NOT_TO_SAY, TABLES

if TYPE_CHECKING:
    import duckdb

EDITIONS = ("ethnicity-2001", "ethnicity-2011", "ethnicity-2021")
WHOLE = ("ethnicity-broad", "ethnicity-binary")
"""Editions with detail, and those that already are the groups compared."""

CELLS = (pa.types.is_string, pa.types.is_large_string)


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables that were given, as views of one engine named as the tables are.

    ``columns`` says which columns each has; a table that was not given has an empty one of its
    schema, so that a question put to it finds nothing and does not fail.
    """

    engine: duckdb.DuckDBPyConnection
    given: frozenset[str]
    columns: Mapping[str, frozenset[str]]

    def holds(self, *names: str) -> bool:
        """Whether all of these tables were given."""
        return self.given.issuperset(names)


@contextmanager
def open_sources(tables: Mapping[str, Any]) -> Iterator[Sources]:
    """Register the tables in an engine for as long as a run lasts.

    A table is an Arrow table, anything with ``__arrow_c_stream__`` (a DuckDB relation, pandas,
    polars), a path of a Parquet file, or a list of such paths.
    """
    with open_engine() as engine:
        columns = {}
        engine.register("ethnic_groups", ethnic_groups())
        for name, schema in TABLES.items():
            given = tables.get(name)
            if given is None:
                engine.register(f"raw_{name}", schema.arrow.empty_table())
            elif isinstance(given, str | Path | list | tuple):
                paths = [str(p) for p in given] if isinstance(given, list | tuple) else [str(given)]
                engine.read_parquet(paths).create_view(f"raw_{name}")
            else:
                engine.register(f"raw_{name}", pa.table(given))
            held = engine.execute(f'SELECT * FROM "raw_{name}" LIMIT 0').description or []  # noqa: S608
            columns[name] = frozenset(str(column[0]) for column in held)
            engine.execute(_view(name, columns[name]))
        given_names = frozenset(name for name in TABLES if tables.get(name) is not None)
        yield Sources(engine, given_names, columns)


def _view(name: str, columns: frozenset[str]) -> str:
    """The table as it is, but with the broad group as its ethnicity where rows carry an edition."""
    if "ethnicity_edition" not in columns or name == "strength":
        # Strength is grouped first and then looked up: millions of rows become thousands.
        return f'CREATE VIEW "{name}" AS SELECT * FROM "raw_{name}"'  # noqa: S608
    return (
        f'CREATE VIEW "{name}" AS SELECT r.* REPLACE (coalesce(g.broad, r.ethnicity) AS ethnicity) '  # noqa: S608
        f'FROM "raw_{name}" r LEFT JOIN ethnic_groups g '
        "ON g.edition = r.ethnicity_edition AND g.code = r.ethnicity"
    )


def ethnic_groups() -> pa.Table:
    """Every code of every edition and the broad group it is part of, for joining."""
    rows = [
        (edition, code.code, _broad(code, get_mapping(edition, WHOLE[0]).as_dict))
        for edition in EDITIONS
        for code in get_codelist(edition).codes
    ]
    rows += [
        (edition, code.code, _broad(code, {}))
        for edition in WHOLE
        for code in get_codelist(edition).codes
    ]
    edition, code, broad = zip(*rows, strict=True)
    columns = {"edition": edition, "code": code, "broad": broad}
    return pa.table({name: from_words(cells) for name, cells in columns.items()})


_ABSENT = {Kind.NOT_STATED: PREFER_NOT_TO_SAY, Kind.NOT_RECORDED: BLANK}


def _broad(code: Code, groups: Mapping[str, str]) -> str:
    return _ABSENT.get(code.kind) or groups.get(code.code, code.code)


TOGETHER_SQL = f"""CASE
  WHEN ethnicity IN ('white', '{PREFER_NOT_TO_SAY}', '{NOT_ASKED}', '{BLANK}') THEN ethnicity
  WHEN ethnicity IS NULL OR ethnicity = '' THEN '{BLANK}'
  ELSE 'bme' END"""
"""Every ethnic group but White, taken together."""
