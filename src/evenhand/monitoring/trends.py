"""An indicator month by month, as a line for each group."""

from __future__ import annotations

from evenhand.core import Marker
from evenhand.indicators import Indicator
from evenhand.monitoring.alternatives import say_trend
from evenhand.monitoring.scene import FIELDS, Scene
from evenhand.publication import Chart, Trend


def build_trend_charts(scene: Scene, indicator: Indicator) -> list[Chart]:
    """The known groups of a rate by month, or all of a share; none where nothing can be drawn."""
    monthly = scene.figures.find(f"{indicator.id}-monthly-by-{FIELDS[0]}")
    if monthly is None:
        return []
    by_group = bool(indicator.characteristics)
    kept = [
        i
        for i, (group, value) in enumerate(
            zip(monthly.table.cells["group"], monthly.table.cells["value"], strict=True)
        )
        if (group not in ("All", "Not stated", "Not recorded")) == by_group
        and (by_group or group == "All")
        and value is not Marker.UNDEFINED
    ]
    table = monthly.order(kept).named(
        f"{indicator.id}-by-month", f"{indicator.title}, month by month, {scene.label}"
    )
    if not any(isinstance(v, float) for v in table.table.cells["value"]):
        return []
    return [
        Trend(
            title=f"Month by month: {indicator.unit}",
            alt=say_trend(table, scene, indicator),
            table=table,
            value="value",
            group="group" if by_group else "",
            note="A break in a line is a month without records: a gap, not a zero."
            + (" Ethnicity as the person described it." if by_group else ""),
        )
    ]
