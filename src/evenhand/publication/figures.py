"""A chart with its words, its table and its file; or a table with its file."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.charts.draw import not_drawn, render_both
from evenhand.publication.charts.spec import Chart
from evenhand.publication.model import Block
from evenhand.publication.tables import Drawn, hidden_words, render_table
from evenhand.publication.view import TableView


def list_figures(block: Block) -> list[Markup]:
    """The block's charts, each followed by its table, then its other tables."""
    charts = [_chart(chart, f"{block.id}-{i}") for i, chart in enumerate(block.charts, 1)]
    first = len(charts) + 1
    tables = [_table(view, f"{block.id}-{i}") for i, view in enumerate(block.tables, first)]
    return charts + tables


def _chart(chart: Chart, ident: str) -> Markup:
    note = render_note(chart)
    return Markup(  # noqa: S704 - every part is escaped where it is made
        f"<figure><figcaption>{escape(chart.title)}</figcaption>"
        f"{render_both(chart, ident=ident)}{note}{_fold(chart.shown, chart.title)}"
        f"{_files(chart.table)}</figure>"
    )


def render_note(chart: Chart) -> str:
    """What stands beneath a chart: its note, and which points could not be drawn."""
    words = " ".join(part for part in (chart.note, not_drawn(chart)) if part)
    return f'<p class="chart-note">{escape(words)}</p>' if words else ""


def _fold(view: TableView, title: str) -> str:
    drawn = render_table(view, caption=view.table.table.title)
    inside = f"{render_scroll(drawn, view.table.table.title)}{render_foot(drawn, view.table)}"
    is_open = " open" if view.open else ""
    return (
        f'<details class="fold"{is_open}><summary>The figures as a table'
        f'<span class="unseen">: {escape(title)}</span></summary>'
        f'<div class="inside">{inside}</div></details>'
    )


def _table(view: TableView, ident: str) -> Markup:
    title = view.table.table.title
    drawn = render_table(view, caption=title)
    return Markup(  # noqa: S704 - every part is escaped where it is made
        f'<figure id="{ident}">{render_scroll(drawn, title)}{render_foot(drawn, view.table)}'
        f"{_files(view.table)}</figure>"
    )


def render_scroll(drawn: Drawn, title: str) -> str:
    """A table that scrolls sideways in its own frame, reachable by keyboard.

    A group and not a region: dozens of landmarks on a page would help nobody find their way.
    """
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(title)} (table)">'
        f"{drawn.html}</div>"
    )


def render_foot(drawn: Drawn, released: ReleasedTable) -> str:
    """The meaning of each sign in the table, and what disclosure control did."""
    signs = _signs(drawn.signs)
    return f'<div class="signs dim">{signs}<p>{hidden_words(released)}</p></div>'


def _signs(signs: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<p><span class="sign">{escape(symbol)}</span> {escape(words)}</p>'
        for symbol, words in signs
    )


def _files(released: ReleasedTable) -> str:
    name, title = released.table.name, escape(released.table.title)
    return (
        f'<p class="downloads"><a href="{name}.csv" download>Download these figures (CSV)'
        f'<span class="unseen">: {title}</span></a> · '
        f'<a href="{name}.csv-metadata.json">what the file’s columns mean'
        f'<span class="unseen">: {title}</span></a></p>'
    )
