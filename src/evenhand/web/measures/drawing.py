"""A chart, its table and what the table's signs mean, as every page of the measures shows them."""

from __future__ import annotations

from markupsafe import Markup, escape

from evenhand.publication.charts.draw import render_both
from evenhand.publication.charts.spec import Chart
from evenhand.publication.figures import render_note, render_scroll
from evenhand.publication.tables import render_table
from evenhand.publication.view import TableView


def draw_figure(chart: Chart, *, ident: str, fold: bool = False) -> Markup:
    """The chart and the table that follows it; ``fold`` closes the table until it is asked for."""
    picture = render_both(chart, ident=ident)
    title = f"<figcaption>{escape(chart.title)}</figcaption>"
    table = draw_table(chart.shown)
    if fold:
        table = Markup(  # noqa: S704 - drawn and escaped by publication
            f'<details class="fold"><summary>The figures as a table'
            f'<span class="unseen">: {escape(chart.title)}</span></summary>{table}</details>'
        )
    return Markup(  # noqa: S704 - drawn and escaped by publication
        f"<figure>{title}{picture}{render_note(chart)}</figure>{table}"
    )


def draw_table(view: TableView) -> Markup:
    """A table that can be reached by keyboard, with the meaning of every sign in it."""
    title = view.table.table.title
    drawn = render_table(view, caption=title)
    signs = "".join(f"<p>{escape(sign)} {escape(words)}</p>" for sign, words in drawn.signs)
    return Markup(  # noqa: S704 - drawn and escaped by publication
        f'{render_scroll(drawn, title)}<div class="small dim">{signs}</div>'
    )
