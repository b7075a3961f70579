"""An indicator month by month within the limits of the place's own ordinary ups and downs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.compare import Floats, Ints, build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
from evenhand.indicators.spans import SPAN, YEAR, list_spans
from evenhand.indicators.tables import ALL, PLACE, WHERE, count_columns
from evenhand.stats import Proportion, Rate, control_chart
from evenhand.stats.columns import Mask
from evenhand.stats.control_chart import Baseline, ControlChart

LIMITS = Baseline(limits="laney")
"""Searches follow deployment, and outcomes follow the searches: months scatter by more than chance
alone, and limits of chance alone would ring nearly every one of them (Laney 2002)."""

FEWEST = 12
"""Limits from fewer months are themselves mostly noise (see :func:`~evenhand.stats.control_chart`,
Notes): such a place has its figures and no limits."""

RULES = (
    "",
    "two of three months near the lower limit",
    "two of three months near the upper limit",
    "falling seven months in a row",
    "rising seven months in a row",
    "seven months in a row below the centre line",
    "seven months in a row above the centre line",
    "below the lower limit",
    "above the upper limit",
)
"""What makes a month out of the ordinary, the strongest last: a point that breaks several rules
bears the last of them. By NHS England's Making Data Count."""


def build_control(indicator: Indicator, panel: Panel) -> Table:
    """Which months at a place are news against its own others, all groups together?

    A place's months are set in limits from how much neighbouring months of it usually differ.
    What is worked out over the months falls with any one of them that may not be shown.
    """
    here = np.array([i for i, place in enumerate(panel.places) if place.service], dtype=np.int64)
    count, of = _months(indicator, panel, here)
    present = panel.present[here]
    chart = _chart(indicator, count, of, present)
    limited = np.isfinite(chart.centre) & _enough(chart)
    per = indicator.per
    months, spans = [str(month) for month in panel.period], list_spans(panel.period)
    places = [panel.places.all[i] for i in here.tolist()]
    return Table(
        name=f"{indicator.id}-control",
        title=f"{indicator.title}, month by month",
        columns=(
            *PLACE,
            SPAN,
            Column("month", Role.DIMENSION, "Month"),
            *count_columns(indicator),
            *_columns(indicator),
        ),
        cells={
            "service": [place.service for place in places for _ in months],
            "unit": [place.unit for place in places for _ in months],
            "span": spans * len(places),
            "month": months * len(places),
            "count": _gapped(count, present),
            "of": _denominators(indicator, of, present),
            "value": _gapped(chart.value * per, present),
            **{
                name: _gapped(np.where(limited, line * per, np.nan), present)
                for name, line in (
                    ("centre", chart.centre),
                    ("low", chart.low),
                    ("high", chart.high),
                )
            },
            "unusual": _gapped(chart.signals.any, present, limited),
            "rule": _gapped(np.array(RULES, dtype=object)[_strongest(chart)], present, limited),
        },
        sums={**WHERE, "span": ALL, "month": ALL},
    )


def _columns(indicator: Indicator) -> tuple[Column, ...]:
    unit, pooled = indicator.unit, ("span", "month")

    def over_months(name: str, title: str, decimals: int | None = 1) -> Column:
        shown = unit if decimals else ""
        return Column(name, Role.DERIVED, title, shown, decimals=decimals, over=pooled)

    return (
        Column("value", Role.DERIVED, unit[:1].upper() + unit[1:], unit, decimals=1),
        over_months("centre", "Centre line"),
        over_months("low", "Lower limit"),
        over_months("high", "Upper limit"),
        over_months("unusual", "Out of the ordinary", None),
        over_months("rule", "Why", None),
    )


def _months(indicator: Indicator, panel: Panel, here: Ints) -> tuple[Ints, Floats]:
    """Numerator and denominator by place and month; none where a place recorded only the yeses."""
    characteristic = panel.characteristics[0]
    cells = panel.counts[characteristic.id][here].sum(axis=(2, 3))
    count = cells[..., panel.measure(indicator.count)]
    if indicator.is_rate:
        residents = np.nansum(panel.residents[characteristic.id][here], axis=1, keepdims=True)
        return count, np.broadcast_to(residents / YEAR, count.shape)
    recorded = build_sums(indicator, panel, characteristic).of[here].sum(axis=1) > 0
    of = np.where(recorded[:, None], cells[..., panel.measure(indicator.of)], 0)
    return np.where(recorded[:, None], count, 0), of.astype(np.float64)


def _chart(indicator: Indicator, count: Ints, of: Floats, present: Mask) -> ControlChart:
    counted = np.where(present & (of > 0), count, 0)
    months = Rate(counted, of) if indicator.is_rate else Proportion(counted, of)
    return control_chart(months, missing=~present, baseline=LIMITS)


def _enough(chart: ControlChart) -> Mask:
    """Places with months enough for limits."""
    return np.asarray(np.isfinite(chart.value).sum(axis=1, keepdims=True) >= FEWEST)


def _gapped(values: NDArray[Any], present: Mask, known: Mask | None = None) -> list[Cell]:
    """Row by row: a month without records is not collected, what is not known undefined."""
    here = values == values if known is None else known
    return [
        Marker.NOT_COLLECTED if not there else value if stated else Marker.UNDEFINED
        for value, there, stated in zip(
            values.ravel().tolist(), present.ravel().tolist(), here.ravel().tolist(), strict=True
        )
    ]


def _denominators(indicator: Indicator, of: Floats, present: Mask) -> list[Cell]:
    cells = _gapped(of.round().astype(np.int64), present)
    if not indicator.is_rate:
        return cells
    return [Marker.NOT_APPLICABLE if cell == 0 else cell for cell in cells]


def _strongest(chart: ControlChart) -> NDArray[np.int64]:
    """The position in :data:`RULES` of the strongest rule each month breaks."""
    strongest = np.zeros(chart.value.shape, dtype=np.int64)
    found = chart.signals
    for position, signs in enumerate((found.two_of_three, found.trend, found.shift, found.outside)):
        strongest = np.where(signs < 0, 2 * position + 1, strongest)
        strongest = np.where(signs > 0, 2 * position + 2, strongest)
    return strongest
