"""An indicator month by month: within its own limits, and a rate as a line for each group."""

from __future__ import annotations

from evenhand.core import Marker
from evenhand.indicators import Indicator
from evenhand.monitoring.alternatives import say_control, say_trend
from evenhand.monitoring.scene import FIELDS, Scene
from evenhand.publication import Chart, Limits, TableView, Trend

LIMITS = Limits("ordinary ups and downs", "low", "high")

_CONTROL_VIEW = ("month", "count", "of", "value", "centre", "low", "high", "unusual", "rule")

_HOW_TO_READ = (
    "Figures go up and down from month to month without anything having changed. Within the two "
    "outer lines this place’s own months usually keep; the line between them is its average. A "
    "ringed month is out of the ordinary: it lies outside the lines, or is one of seven in a row "
    "on one side of the average or moving one way, or one of two close together near a line. "
    "Something was different then, and it is worth asking what. Months inside call for no "
    "explanation, high or low; and a place can be steady and unfair. A break in the line is a "
    "month without records: a gap, not a zero."
)
_WITHOUT_LIMITS = (
    "A break in the line is a month without records, or one that may not be shown. No limits are "
    "drawn: there are too few months for them, or every search was alike, or they would give away "
    "a month that is hidden."
)


def build_trend_charts(scene: Scene, indicator: Indicator) -> list[Chart]:
    """All groups together within the limits of the place’s own past; a rate’s groups beside it."""
    return [*_control(scene, indicator), *_by_group(scene, indicator)]


def _control(scene: Scene, indicator: Indicator) -> list[Chart]:
    found = scene.figures.find(f"{indicator.id}-control")
    if found is None:
        return []
    table = found.named(
        f"{indicator.id}-control", f"{indicator.title}, month by month, {scene.label}"
    )
    cells = table.table.cells
    if not any(isinstance(v, float) for v in cells["value"]):
        return []
    limited = any(isinstance(v, float) for v in cells["high"])
    shown = _CONTROL_VIEW if limited else _CONTROL_VIEW[:4]
    return [
        Trend(
            title=f"Month by month: {indicator.unit}",
            alt=say_control(table, scene, indicator),
            table=table,
            value="value",
            centre="centre" if limited else "",
            limits=LIMITS if limited else None,
            mark="unusual" if limited else "",
            note=_HOW_TO_READ if limited else _WITHOUT_LIMITS,
            view=TableView(table, shown),
        )
    ]


def _by_group(scene: Scene, indicator: Indicator) -> list[Chart]:
    monthly = scene.figures.find(f"{indicator.id}-monthly-by-{FIELDS[0]}")
    if monthly is None:
        return []
    cells = monthly.table.cells
    kept = [
        i
        for i, (group, value) in enumerate(zip(cells["group"], cells["value"], strict=True))
        if group not in ("All", "Not stated", "Not recorded") and value is not Marker.UNDEFINED
    ]
    table = monthly.order(kept).named(
        f"{indicator.id}-by-month", f"{indicator.title}, month by month, {scene.label}"
    )
    if not any(isinstance(v, float) for v in table.table.cells["value"]):
        return []
    return [
        Trend(
            title=f"Month by month, by group: {indicator.unit}",
            alt=say_trend(table, scene, indicator),
            table=table,
            value="value",
            group="group",
            note="A break in a line is a month without records: a gap, not a zero. Ethnicity as "
            "the person described it.",
        )
    ]
