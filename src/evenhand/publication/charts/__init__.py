"""Charts drawn as small accessible SVG: what each kind needs, and how it is drawn."""

from evenhand.publication.charts.spec import (
    Bars,
    Chart,
    Funnel,
    Intervals,
    Layout,
    Limits,
    Scale,
    SmallMultiples,
    Trend,
)

__all__ = [
    "Bars",
    "Chart",
    "Funnel",
    "Intervals",
    "Layout",
    "Limits",
    "Scale",
    "SmallMultiples",
    "Trend",
]
