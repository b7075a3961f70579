"""The agreed measures: latest figure, interval, what was counted, whether met, through time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from evenhand.accountability.judgement import Outcome, Reading
from evenhand.publication.papers import (
    Block,
    Grid,
    Paragraph,
    Picture,
    Run,
    Subheading,
    Words,
    picture_of,
)
from evenhand.web.judgement.charting import chart_readings
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.meetings.drafting.material import Material, day_words, name_of
from evenhand.web.meetings.measuring import key_of, known_readings, months_key
from evenhand.web.register.queries import ItemRow

MOST = 12  # measures told one by one: about a page; the register has all of them
PICTURES = 3
POINTS = 6  # of one chart: three years by the half-year
COUNTED, NOT_GIVEN, NO_FIGURE = "Counted", ("not given",), ("–",)
FIRST = (Outcome.NOT_MET, Outcome.TOO_SMALL, Outcome.MET, Outcome.NO_FIGURE)
"""In which order members want to see them."""


def write_measured(material: Material, part: str) -> Iterator[Block]:
    """Every agreed measure in a part of the register, and charts of those that trouble most."""
    rows = _with_criterion(material, part)
    if not rows:
        return
    yield Subheading("What the agreed measures show")
    yield Paragraph(
        (
            "Each measure and its target was agreed by the owner and the secretariat before "
            "anybody judged. A figure whose interval reaches across the edge of its target is "
            "called too small to tell, not a success and not a failure.",
        )
    )
    shown = rows[:MOST]
    note = (
        "Told here are those whose outcome changed since the last board, then those not met: those "
        "with a verdict or measured here first. The register and the snapshot have every measure."
    )
    yield _grid(
        "The latest figure of agreed measures",
        ("Recommendation and measure", "Target", "Figure (interval)", COUNTED, "To", "Outcome"),
        tuple(_latest(material, row) for row in shown),
        note=note if len(rows) > MOST else "",
    )
    drawn = (picture for row in shown if (picture := _draw(material, row)))
    yield from islice(drawn, PICTURES)


def _grid(
    caption: str, headers: tuple[str, ...], rows: tuple[tuple[Words, ...], ...], note: str = ""
) -> Grid:
    """The table; without the column of what was counted where no source says it."""
    place = headers.index(COUNTED)
    if any(row[place] not in (NOT_GIVEN, NO_FIGURE) for row in rows):
        return Grid(caption, headers, rows, note=note)
    left = (*headers[:place], *headers[place + 1 :])
    said = f"What was counted, and of how many, is not given by the source. {note}".strip()
    return Grid(caption, left, tuple((*r[:place], *r[place + 1 :]) for r in rows), note=said)


def figure_words(material: Material, item: str, reading: Reading) -> Words:
    """A figure with its interval, each end under its own name."""
    value = material.figure(key_of(item, reading, "value"))
    if reading.low is None:
        return (value, " (no interval)")
    low, high = (material.figure(key_of(item, reading, part)) for part in ("low", "high"))
    return (value, " (", low, " to ", high, ")")


def _with_criterion(material: Material, part: str) -> list[ItemRow]:
    if not material.has(part, "items"):
        return []
    measured, verdicts = material.register.measured, material.register.verdicts
    rows = [
        row
        for row in material.members(part, "items")
        if row.ref in measured and material.has(months_key(row.ref))
    ]

    def place(row: ItemRow) -> tuple[bool, int, bool]:
        outcome = measured[row.ref].judged.outcome
        changed = row.subject in _newly(material, part, outcome)
        here = measured[row.ref].view.kind == MeasureKind.INDICATOR
        return not changed, FIRST.index(outcome), not (here or row.ref in verdicts)

    return sorted(rows, key=place)


def _newly(material: Material, part: str, outcome: Outcome) -> tuple[str, ...]:
    """Items that have this outcome now and had another at the last board."""
    key = f"came.{part}.criterion.{outcome.value}"
    return material.content.counts[key].members if material.has(key) else ()


def _latest(material: Material, row: ItemRow) -> tuple[Words, ...]:
    measured = material.register.measured[row.ref]
    view, judged = measured.view, measured.judged
    latest = judged.latest
    figure: Words = ("none yet",)
    counted: Words = NO_FIGURE
    if latest and latest.value is None:
        figure = (f"none: {latest.absent}",)
    elif latest:
        figure, counted = figure_words(material, row.ref, latest), _counted(material, row, latest)
    return (
        (f"{name_of(row)}. {view.title}",),
        (view.criterion.words,),
        figure,
        counted,
        (f"{latest.end:%B %Y}" if latest else "–",),
        (*_outcome(material, row, judged.outcome),),
    )


def _counted(material: Material, row: ItemRow, latest: Reading) -> Words:
    runs: list[Run] = []
    if latest.count is not None:
        runs.append(material.figure(key_of(row.ref, latest, "count")))
    if latest.of is not None:
        runs += [" of " if runs else "of ", material.figure(key_of(row.ref, latest, "of"))]
    return tuple(runs) or NOT_GIVEN


def _outcome(material: Material, row: ItemRow, outcome: Outcome) -> Words:
    if outcome is not Outcome.MET:
        return (outcome.words,)
    sustain = material.register.measured[row.ref].view.criterion.sustain_months
    months = material.figure(months_key(row.ref))
    return (f"{outcome.words}, for ", months, f" of the {sustain} months agreed")


def _draw(material: Material, row: ItemRow) -> Picture | None:
    measured = material.register.measured[row.ref]
    readings = known_readings(material.register.measured, row.ref)[-POINTS:]
    chart = chart_readings(measured, readings)
    if chart is None:
        return None
    table = _grid(
        f"What the chart shows: {name_of(row)}",
        ("Period", "Figure (interval)", COUNTED),
        tuple(
            (
                (f"{day_words(each.start)} to {day_words(each.end)}",),
                figure_words(material, row.ref, each),
                _counted(material, row, each),
            )
            for each in readings
        ),
    )
    return picture_of(chart, ident=f"paper-measure-{measured.view.ref}", table=table)
