"""Open data: a released table as CSV, with a CSV on the Web description beside it."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.core import Cell, Column, Marker, Role
from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.model import MethodNote, Site
from evenhand.publication.tables import hidden_words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell's text (OWASP, CSV injection)."""

_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_NULLS = [marker.value for marker in Marker if marker is not Marker.ZERO]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table's two files, ready to write beside one another."""

    name: str
    csv: bytes
    metadata: bytes


def build_sheet(
    released: ReleasedTable, site: Site, *, method: MethodNote | None = None, name: str = ""
) -> Sheet:
    """A table as the two files of CSV on the Web (W3C 2015, Metadata Vocabulary)."""
    name = name or released.table.name
    described = {"@context": _CONTEXT, "url": f"{name}.csv", **_describe(released, site, method)}
    return Sheet(name, render_csv(released), render_json(described))


def render_json(facts: Mapping[str, object]) -> bytes:
    """An object as JSON, one line a member, so that two versions can be compared line by line.

    The standard library's own indenting leaves its fast encoder, and costs a tenth of a site.
    """
    return f"{_members(facts, deep=True)}\n".encode()


def _members(facts: Mapping[str, object], *, deep: bool) -> str:
    lines = (
        f"{json.dumps(name)}: "
        + (
            _members(value, deep=False)
            if deep and isinstance(value, Mapping)
            else json.dumps(value, ensure_ascii=False)
        )
        for name, value in facts.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def render_csv(released: ReleasedTable) -> bytes:
    """The whole table as UTF-8 CSV: markers as their words, a counted zero as 0.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    table = released.table
    columns = [[_written(cell) for cell in table.cells[c.name]] for c in table.columns]
    stream = io.StringIO()
    writer = csv.writer(stream)  # RFC 4180: CRLF, so that a lone CR in a cell is quoted too
    writer.writerow([column.name for column in table.columns])
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode()


def _written(cell: Cell) -> str | int | float:
    if isinstance(cell, Marker):
        return 0 if cell is Marker.ZERO else cell.value
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return Marker.UNDEFINED.value
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else cell


def _describe(released: ReleasedTable, site: Site, method: MethodNote | None) -> dict[str, object]:
    """The metadata of one file: who says what of when, how it was made and treated."""
    table = released.table
    return {
        "dc:title": table.title,
        "dc:publisher": site.publisher or site.service,
        "dc:source": (method.source if method and method.source else site.source) or site.service,
        "dc:license": {"@id": site.licence_url},
        "dc:temporal": site.period,
        "dc:description": _description(released, site),
        "notes": _notes(released, site, method),
        "tableSchema": {
            "columns": [_column(column, list(table.cells[column.name])) for column in table.columns]
        },
    }


def _description(released: ReleasedTable, site: Site) -> str:
    made_up = "Synthetic: these figures are made up and describe no real service. "
    return (made_up if site.synthetic else "") + hidden_words(released)


def _notes(
    released: ReleasedTable, site: Site, method: MethodNote | None
) -> list[dict[str, object]]:
    treatment = released.treatment
    notes: list[dict[str, object]] = [
        {"name": "markers", "words": {m.value: m.words for m in Marker if m is not Marker.ZERO}},
        {
            "name": "disclosure treatment",
            "policy": treatment.policy,
            "version": treatment.policy_version,
            "words": hidden_words(released),
        },
        {
            "name": "provenance",
            "code version": site.provenance.code_version,
            "loads": [load.id for load in site.provenance.loads],
        },
    ]
    if method:
        notes.append(
            {
                "name": "method",
                "words": f"{method.name}. {method.how}",
                "definition": method.definition,
                "version": method.version,
            }
        )
    if released.table.facts:
        notes.append({"name": "facts", **dict(released.table.facts)})
    return notes


def _column(column: Column, cells: list[Cell]) -> dict[str, object]:
    datatype = _datatype(cells)
    described: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "datatype": datatype,
        "null": _nulls(cells, datatype),
    }
    if column.description:
        described["dc:description"] = column.description
    if column.unit:
        described["schema:unitText"] = column.unit
    described["dc:type"] = column.role.value
    if column.role is Role.DIMENSION:
        described["required"] = all(cell is not None for cell in cells)
    return described


def _nulls(cells: list[Cell], datatype: str) -> list[str]:
    """What stands for no value: in a column of words only the markers it has, since a group may
    itself be called zero."""
    if datatype != "string":
        return ["", *_NULLS]
    present = {cell for cell in cells if isinstance(cell, Marker)}
    return ["", *(m.value for m in Marker if m is not Marker.ZERO and m in present)]


def _datatype(cells: list[Cell]) -> str:
    kinds = {type(cell) for cell in cells if cell is not None and not isinstance(cell, Marker)}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int} or (not kinds and any(cell is Marker.ZERO for cell in cells)):
        return "integer"
    if kinds and kinds <= {int, float}:
        return "number"
    return "string"
