"""The pack for a community monitoring group: what fits on two sides of A4, and nothing past it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from evenhand.core import Marker, Role
from evenhand.publication.charts import Chart
from evenhand.publication.charts.canvas import WIDE
from evenhand.publication.charts.draw import build_drawing, render_both
from evenhand.publication.environment import get_template
from evenhand.publication.figures import render_foot, render_note, render_scroll
from evenhand.publication.formats import number_words
from evenhand.publication.listing import root_of
from evenhand.publication.model import KeyFigure, Pack, Page, Site
from evenhand.publication.tables import render_table
from evenhand.publication.view import TableView

# Millimetres, as pack.css sets them: 296.5 of height less 23 of padding; 182 of width.
_SIDE = 273.5
_WIDTH = 182.0
_LINE = 5.3
_HEADING = 17.0
_KICKER = 13.0
_ENDS = 15.0
# Letters that fit a line of 182 mm, taking the wider faces a printer may substitute.
_LETTERS = 84
_FIGURES_MOST, _SENTENCES_MOST, _QUESTIONS_MOST, _READING_MOST = 6, 7, 8, 5
_WORDS_SHARE = 0.62
"""Of side two, what the questions and the reading may take before a comparison is left out."""


_NOTES_LEAST = 24.0
"""Millimetres over for ruled lines to be of use: a heading and a line to write on. The estimates
of height are generous, so there is usually more."""

_PLAIN = {
    Marker.SUPPRESSED: "Hidden",
    Marker.ZERO: "0",
    Marker.LOW: "Very few",
    Marker.NOT_COLLECTED: "Not collected",
    Marker.NOT_APPLICABLE: "Does not apply",
    Marker.UNDEFINED: "Not known",
}
"""A marker where a pack prints a figure; the note beneath says what it means."""


@dataclass(frozen=True, slots=True)
class Side:
    """Room left on one side, in millimetres."""

    room: float

    def take(self, height: float) -> Side | None:
        """The side with that much less room, or None where it does not fit."""
        return Side(self.room - height) if height <= self.room else None


def render_pack(page: Page, pack: Pack, site: Site) -> str:
    """Two sides about one unit; what does not fit stays on the page, and the pack says where."""
    first, sentences = _fill(_side_one(pack, site), pack.sentences[:_SENTENCES_MOST])
    charts = [(chart, _figure(chart, f"pack-{i}")) for i, chart in enumerate(pack.comparisons[:2])]
    front: list[Markup] = []
    if charts and (taken := first.take(_chart_height(charts[0][0]))):
        first, front = taken, [charts.pop(0)[1]]
    words = Side((_SIDE - _KICKER - _ENDS) * _WORDS_SHARE)
    words, questions = _fill_section(words, pack.questions[:_QUESTIONS_MOST])
    words, unknowns = _fill_section(words, [pack.unknowns] if pack.unknowns else [])
    words, reading = _fill_section(words, pack.how_to_read[:_READING_MOST])
    spare = words.room + (_SIDE - _KICKER - _ENDS) * (1 - _WORDS_SHARE) - _HEADING
    left, back = _comparisons(Side(spare), charts, pack.table)
    return get_template("pack.html").render(
        site=site,
        page=page,
        root=root_of(page),
        pack=pack,
        figures=[_key(figure) for figure in pack.figures[:_FIGURES_MOST]],
        sentences=sentences,
        front=front,
        back=back,
        notes=left.room + (0 if back else _HEADING) > _NOTES_LEAST,
        questions=questions,
        reading=reading,
        unknowns="".join(unknowns),
        ends=f"All figures, methods and files are on the page “{page.title}” of {site.title}.",
    )


def _lines(words: str, letters: int = _LETTERS) -> int:
    return max(1, math.ceil(len(words) / letters))


def _side_one(pack: Pack, site: Site) -> Side:
    """Side one with its fixed parts in place."""
    taken = _KICKER + _ENDS + _HEADING
    taken += 11.0 if site.synthetic else 0.0
    taken += 9.2 * _lines(pack.unit, 40) + 1.5
    taken += 5.7 * _lines(pack.lead, 78) + 3.5
    figures = pack.figures[:_FIGURES_MOST]
    for start in range(0, len(figures), 3):
        taken += max(_key_height(figure) for figure in figures[start : start + 3]) + 2.5
    return Side(_SIDE - taken)


def _key_height(figure: KeyFigure) -> float:
    note = _note_of(figure)
    words = str(_key(figure)["value"])
    return (
        4.0
        + 4.2 * _lines(figure.label, 29)
        + 7.8 * _lines(words, 13)
        + (4.0 * _lines(note, 31) if note else 0.0)
    )


def _fill(side: Side, items: Iterable[str]) -> tuple[Side, list[str]]:
    """As many items as fit, in their order."""
    kept: list[str] = []
    for item in items:
        left = side.take(_LINE * _lines(item) + 1.6)
        if left is None:
            break
        side = left
        kept.append(item)
    return side, kept


def _fill_section(side: Side, items: Sequence[str]) -> tuple[Side, list[str]]:
    """The same under a heading of its own; no heading where nothing fits."""
    headed = side.take(_HEADING)
    if not items or headed is None:
        return side, []
    left, kept = _fill(headed, items)
    return (left, kept) if kept else (side, [])


def _comparisons(
    side: Side, charts: Sequence[tuple[Chart, Markup]], table: TableView | None
) -> tuple[Side, list[Markup]]:
    """The charts and the table that fit what room is left, and the room after them."""
    out: list[Markup] = []
    for chart, drawn in charts:
        if left := side.take(_chart_height(chart)):
            side = left
            out.append(drawn)
    if table is not None and (left := side.take(_table_height(table))):
        side = left
        drawn_table = render_table(table, caption=table.table.table.title)
        scroll = render_scroll(drawn_table, table.table.table.title)
        out.append(Markup(f"{scroll}{render_foot(drawn_table, table.table)}"))  # noqa: S704
    return side, out


def _chart_height(chart: Chart) -> float:
    note = len(render_note(chart))
    words = 5.3 * _lines(chart.title) + 1.5 + (4.3 * _lines("x" * note, 100) if note else 0.0)
    return build_drawing(chart, WIDE).height * _WIDTH / WIDE + words + 7.0


def _table_height(view: TableView) -> float:
    table = view.table.table
    rows = len(dict.fromkeys(zip(*_sides(view), strict=True))) if view.across else len(table)
    return 6.4 * rows + 26.0 + 4.2 * 4


def _sides(view: TableView) -> list[Sequence[object]]:
    table = view.table.table
    names = [n for n in view.columns if n != view.across and n in table.named(Role.DIMENSION)]
    return [table.cells[name] for name in names]


def _figure(chart: Chart, ident: str) -> Markup:
    return Markup(  # noqa: S704 - every part is escaped where it is made
        f"<figure><figcaption>{escape(chart.title)}</figcaption>"
        f"{render_both(chart, ident=ident)}{render_note(chart)}</figure>"
    )


def _key(figure: KeyFigure) -> dict[str, str]:
    return {"label": figure.label, "value": _value(figure), "note": _note_of(figure)}


def _value(figure: KeyFigure) -> str:
    value = figure.value
    if isinstance(value, Marker):
        return _PLAIN[value]
    if isinstance(value, bool) or value is None:
        return "" if value is None else ("Yes" if value else "No")
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return _PLAIN[Marker.UNDEFINED]
        places = figure.decimals if figure.decimals is not None else int(isinstance(value, float))
        return number_words(value, decimals=places, unit=figure.unit)
    return value


def _note_of(figure: KeyFigure) -> str:
    unit = figure.unit if figure.unit not in ("", "%", "£") else ""
    why = ""
    if isinstance(figure.value, Marker) and figure.value is not Marker.ZERO:
        why, unit = figure.value.words, ""
    return "; ".join(part for part in (unit, figure.note, why) if part)
