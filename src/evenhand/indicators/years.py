"""Every group's figure in the latest twelve months and in the twelve before, side by side."""

from __future__ import annotations

import numpy as np

from evenhand.core import Cell, Marker, Table
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.compare import Floats, Ints, Sums, build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import GIVEN, Panel
from evenhand.indicators.spans import SPAN, YEAR, Spans
from evenhand.indicators.tables import (
    ALL,
    GROUP,
    PLACE,
    WHERE,
    as_cells,
    count_columns,
    denominators,
    estimate,
    value_columns,
)


def build_span_sums(
    indicator: Indicator,
    panel: Panel,
    characteristic: Characteristic,
    *,
    months: slice,
    first_only: bool = False,
) -> Sums:
    """Numerator and denominator by (place, group) over some of the months.

    A place that recorded only the yeses over the whole period has no share in any part of it.
    """
    cells = panel.counts[characteristic.id][:, months].sum(axis=1)
    cells = cells[:, :, GIVEN] if first_only else cells.sum(axis=2)
    count = cells[..., panel.measure(indicator.count)]
    if indicator.is_rate:
        years = panel.present[:, months].sum(axis=1) / YEAR
        return Sums(count, panel.residents[characteristic.id] * years[:, None])
    recorded = build_sums(indicator, panel, characteristic).of.sum(axis=1, keepdims=True) > 0
    of = np.where(recorded, cells[..., panel.measure(indicator.of)], 0)
    return Sums(np.where(recorded, count, 0), of.astype(np.float64))


def build_years(
    indicator: Indicator, panel: Panel, characteristic: Characteristic, spans: Spans
) -> Table:
    """What was each group's figure in each part of the period, at every place but the whole?

    The parts add up to the period and the months to the parts. An indicator that compares no groups
    has the total of them alone.
    """
    here = np.array([i for i, place in enumerate(panel.places) if place.service], dtype=np.int64)
    sums = [build_span_sums(indicator, panel, characteristic, months=m) for m in spans.months]
    kept = slice(None) if indicator.characteristics else slice(-1, None)
    count = np.stack([_totalled(s.count[here]) for s in sums], axis=1)[..., kept]
    of = np.stack([_totalled(s.of[here]) for s in sums], axis=1)[..., kept]
    seen = np.stack([panel.present[here][:, m].any(axis=1) for m in spans.months], axis=1)
    absent = [
        None if there else Marker.NOT_COLLECTED
        for there in np.repeat(seen.ravel(), count.shape[2]).tolist()
    ]
    labels = ([group.label for group in characteristic.groups] + [ALL])[kept]
    own = estimate(indicator, count.ravel(), of.ravel())
    scale = 1.0 if indicator.is_rate else indicator.per
    rows = len(spans.names) * len(labels)
    places = [panel.places.all[i] for i in here.tolist()]
    return Table(
        name=f"{indicator.id}-by-year",
        title=f"{indicator.title}, the latest 12 months and the 12 before",
        columns=(*PLACE, SPAN, *GROUP, *count_columns(indicator), *value_columns(indicator)),
        cells={
            "service": [place.service for place in places for _ in range(rows)],
            "unit": [place.unit for place in places for _ in range(rows)],
            "span": [name for name in spans.names for _ in labels] * len(places),
            "characteristic": [characteristic.id] * count.size,
            "group": labels * (len(spans.names) * len(places)),
            "count": _marked(count.ravel().tolist(), absent),
            "of": _marked(denominators(indicator, of.ravel()), absent),
            "value": as_cells(own.value * scale, absent),
            "low": as_cells(own.low * scale, absent),
            "high": as_cells(own.high * scale, absent),
        },
        sums={**WHERE, "span": ALL, "group": ALL},
        within={"group": "characteristic"},
    )


def _totalled(values: Ints | Floats) -> np.ndarray:
    return np.concatenate([values, np.nansum(values, axis=1, keepdims=True)], axis=1)


def _marked(cells: list[Cell], absent: list[Marker | None]) -> list[Cell]:
    return [marker or cell for cell, marker in zip(cells, absent, strict=True)]
