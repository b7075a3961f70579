"""A released table as HTML: captioned, scoped, with every sign it uses explained beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.formats import NO_ROW, heading, marker_of, printer, safe
from evenhand.publication.view import TableView

_TAIL = "</tr>"
_CSS = {marker: marker.value.replace(" ", "-") for marker in Marker}
_NUMERIC = (Role.COUNT, Role.POPULATION, Role.DERIVED)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table's HTML and the signs found in it, for the key beneath."""

    html: Markup
    signs: tuple[tuple[str, str], ...]


def render_table(view: TableView, *, caption: str) -> Drawn:
    """The view as a table; row headings are the first dimension, numbers stand to the right."""
    crossed = view.across and _crosses(view)
    head, body, markers, holes = _crossed(view) if crossed else _plain(view)
    html = (
        f"<table><caption>{escape(caption)}</caption><thead>{head}</thead>"
        f"<tbody>{body}</tbody></table>"
    )
    signs = [(marker.symbol, marker.words) for marker in Marker if marker in markers]
    if holes:
        signs.append((NO_ROW, "no such line in the table"))
    return Drawn(Markup(html), tuple(signs))  # noqa: S704 - every cell below is escaped


def hidden_words(released: ReleasedTable) -> str:
    """How many of the figures shown are hidden; a part of a reviewed table counts its own."""
    cells = released.table.cells.values()
    hidden = sum(cell is Marker.SUPPRESSED for column in cells for cell in column)
    if not hidden:
        return "No figure in this table had to be hidden."
    figures = "1 figure in this table is" if hidden == 1 else f"{hidden:,} figures here are"
    return f"{figures} hidden so that nobody can be identified."


def _is_number(column: Column, cells: Sequence[Cell]) -> bool:
    if column.role not in _NUMERIC:
        return False
    return not any(isinstance(cell, str) and not isinstance(cell, Marker) for cell in cells)


def _plain(view: TableView) -> tuple[str, str, set[Marker], bool]:
    table = view.table.table
    names = view.columns or tuple(column.name for column in table.columns)
    columns = [table.column(name) for name in names]
    header = next((i for i, c in enumerate(columns) if c.role is Role.DIMENSION), -1)
    numeric = [_is_number(column, table.cells[column.name]) for column in columns]
    head = "".join(
        f'<th scope="col"{_right(n)}>{escape(heading(column))}</th>'
        for column, n in zip(columns, numeric, strict=True)
    )
    markers: set[Marker] = set()
    drawn = [
        _cells(table, column, markers, number=n, header=i == header)
        for i, (column, n) in enumerate(zip(columns, numeric, strict=True))
    ]
    rows = (f"<tr>{''.join(row)}{_TAIL}" for row in zip(*drawn, strict=True))
    return f"<tr>{head}</tr>", "".join(rows), markers, False


def _right(number: bool) -> str:
    return ' class="n"' if number else ""


def _cells(
    table: Table, column: Column, markers: set[Marker], *, number: bool, header: bool = False
) -> list[str]:
    """One column's cells as HTML, noting the markers met."""
    write, out = printer(column), []
    opening = '<th scope="row">' if header else f"<td{_right(number)}>"
    closing = "</th>" if header else "</td>"
    for cell in table.cells[column.name]:
        marker = marker_of(cell)
        if marker is None:
            written = write(cell) if number else safe(write(cell))
            out.append(f"{opening}{written}{closing}")
        else:
            markers.add(marker)
            out.append(f'<td class="n mk {_CSS[marker]}">{marker.symbol}</td>')
    return out


def _crosses(view: TableView) -> bool:
    """Whether each row has a place of its own; two rows for one place would hide one."""
    table = view.table.table
    sides = [n for n in view.columns if table.column(n).role is Role.DIMENSION]
    keys = zip(*(table.cells[name] for name in {*sides, view.across}), strict=True)
    return len(set(keys)) == len(table)


def _crossed(view: TableView) -> tuple[str, str, set[Marker], bool]:
    """Rows by the view's other dimensions, one group of columns per value of ``across``."""
    table = view.table.table
    columns = [table.column(name) for name in view.columns if name != view.across]
    sides = [column for column in columns if column.role is Role.DIMENSION]
    figures = [column for column in columns if column.role is not Role.DIMENSION]
    write = printer(table.column(view.across))
    tops = list(dict.fromkeys(table.cells[view.across]))
    markers: set[Marker] = set()
    drawn = [_cells(table, column, markers, number=True) for column in figures]
    keys = list(zip(*(table.cells[side.name] for side in sides), strict=True))
    placed = {
        (key, top): "".join(cells)
        for key, top, *cells in zip(keys, table.cells[view.across], *drawn, strict=True)
    }
    writers = [printer(side) for side in sides]
    empty = f'<td class="n">{NO_ROW}</td>' * len(figures)
    rows, holes = [], False
    for key in dict.fromkeys(keys):
        named = "".join(
            f'<th scope="row">{safe(write(cell))}</th>'
            for write, cell in zip(writers, key, strict=True)
        )
        found = [placed.get((key, top)) for top in tops]
        holes = holes or None in found
        rows.append(f"<tr>{named}{''.join(cell or empty for cell in found)}{_TAIL}")
    head = _crossed_head(sides, figures, [escape(write(top)) for top in tops])
    return head, "".join(rows), markers, holes


def _crossed_head(sides: list[Column], figures: list[Column], tops: Sequence[str]) -> str:
    """One line of headings for one figure; two, with spans, for several."""
    span = len(figures)
    deep = ' rowspan="2"' if span > 1 else ""
    first = "".join(f'<th scope="col"{deep}>{escape(heading(side))}</th>' for side in sides)
    if span == 1:
        return (
            "<tr>"
            + first
            + "".join(f'<th scope="col" class="n">{top}</th>' for top in tops)
            + "</tr>"
        )
    wide = "".join(f'<th scope="colgroup" colspan="{span}" class="g">{top}</th>' for top in tops)
    each = "".join(f'<th scope="col" class="n">{escape(heading(f))}</th>' for f in figures)
    return f"<tr>{first}{wide}</tr><tr>{each * len(tops)}</tr>"
