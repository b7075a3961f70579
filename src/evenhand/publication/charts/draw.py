"""Draws any chart, twice: for a column of text and for a telephone."""

from __future__ import annotations

from evenhand.core import UsageProblem
from evenhand.publication.charts import bars, canvas, funnel, intervals, multiples, trend
from evenhand.publication.charts.canvas import Drawing
from evenhand.publication.charts.read import absent_words
from evenhand.publication.charts.spec import (
    Bars,
    Chart,
    Funnel,
    Intervals,
    SmallMultiples,
    Trend,
)


def render_svg(chart: Chart, *, ident: str, width: int = canvas.WIDE, css: str = "") -> str:
    """The chart as one SVG element with its own title and description.

    Parameters: ``ident`` must be unique on the page; ``width`` is in the drawing's own units
    (720 wide, 340 narrow). Raises UsageProblem for a kind of chart that is not ours.
    """
    return canvas.frame(
        build_drawing(chart, width), ident=ident, words=(chart.title, chart.alt), css=css
    )


def render_both(chart: Chart, *, ident: str) -> str:
    """The chart for wide and for narrow screens; the stylesheet shows exactly one of them."""
    return render_svg(chart, ident=ident, css="wide") + render_svg(
        chart, ident=f"{ident}-n", width=canvas.NARROW, css="narrow"
    )


def not_drawn(chart: Chart) -> str:
    """A sentence on the points left out and why; empty when every row is drawn."""
    one = chart.of if isinstance(chart, SmallMultiples) else chart
    names = _figures_of(one)
    return absent_words(chart.table.table, names) if names else ""


def _figures_of(chart: Chart) -> tuple[str, ...]:
    """The columns of which one at least must hold a number for a row to be drawn."""
    match chart:
        case Funnel():
            return (chart.y,)
        case Intervals():
            return (chart.value, chart.low, chart.high)
        case Trend() | Bars():
            return (chart.value,)
    return ()


def build_drawing(chart: Chart, width: int = canvas.WIDE) -> Drawing:
    """The chart's marks and the space they take, before they are framed."""
    match chart:
        case Trend():
            return trend.draw(chart, width)
        case Intervals():
            return intervals.draw(chart, width)
        case Funnel():
            return funnel.draw(chart, width)
        case Bars():
            return bars.draw(chart, width)
        case SmallMultiples():
            return multiples.draw(chart, width)
    raise UsageProblem(f"there is no drawing for a {type(chart).__name__}.", rule="known-charts")
