"""An indicator month by month: a month without records is a gap, never a zero."""

from __future__ import annotations

import numpy as np

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.absence import find_visited
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.compare import build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
from evenhand.indicators.tables import (
    ALL,
    GROUP,
    PLACE,
    WHERE,
    count_columns,
    estimate,
    value_columns,
)

MONTHS_A_YEAR = 12


def build_trend(indicator: Indicator, panel: Panel, characteristic: Characteristic) -> Table:
    """The indicator by place and month, the whole left out; a rate by group, a share of all.

    A rate is annualised: a month's count over a twelfth of the residents' year. Outcomes are few:
    by month *and* group their counts would be too small to say anything, or to publish. Where the
    residents cannot be the people counted, the rate is undefined in every month.
    """
    here = [i for i, place in enumerate(panel.places) if place.service]
    cells = panel.counts[characteristic.id][here].sum(axis=3)
    kept = slice(None) if indicator.is_rate else slice(-1, None)
    count = _totalled(cells[..., panel.measure(indicator.count)])[..., kept]
    of = _denominator(indicator, panel, characteristic, here)[..., kept]
    shape = count.shape
    present = np.broadcast_to(panel.present[here][:, :, None], shape).ravel()
    visited = find_visited(indicator, build_sums(indicator, panel, characteristic))[here]
    known = np.where(np.broadcast_to(visited[:, None, None], shape).ravel(), np.nan, 1.0)
    own = estimate(indicator, count.ravel(), of.ravel())
    scale = 1.0 if indicator.is_rate else indicator.per
    counts, values, lows, highs = (
        _gapped(column, present)
        for column in (count.ravel(), *(c * scale * known for c in (own.value, own.low, own.high)))
    )
    labels = ([group.label for group in characteristic.groups] + [ALL])[kept]
    months = [str(month) for month in panel.period]
    rows = len(months) * len(labels)
    places = [panel.places.all[i] for i in here]
    return Table(
        name=f"{indicator.id}-monthly-by-{characteristic.id}",
        title=f"{indicator.title}, month by month, by {characteristic.title.lower()}",
        columns=(
            *PLACE,
            Column("month", Role.DIMENSION, "Month"),
            *GROUP,
            *count_columns(indicator),
            *value_columns(indicator),
        ),
        cells={
            "service": [place.service for place in places for _ in range(rows)],
            "unit": [place.unit for place in places for _ in range(rows)],
            "month": [month for month in months for _ in labels] * len(places),
            "characteristic": [characteristic.id] * count.size,
            "group": labels * (len(months) * len(places)),
            "count": counts,
            "of": _gapped_denominator(indicator, of, present),
            "value": values,
            "low": lows,
            "high": highs,
        },
        sums={**WHERE, "group": ALL, "month": ALL},
        within={"group": "characteristic"},
    )


def _totalled(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, np.nansum(values, axis=-1, keepdims=True)], axis=-1)


def _denominator(
    indicator: Indicator, panel: Panel, characteristic: Characteristic, here: list[int]
) -> np.ndarray:
    if indicator.is_rate:
        monthly = panel.residents[characteristic.id][here] / MONTHS_A_YEAR
        shape = (len(here), len(panel.period), monthly.shape[1])
        return _totalled(np.broadcast_to(monthly[:, None, :], shape))
    cells = panel.counts[characteristic.id][here].sum(axis=3)
    return _totalled(cells[..., panel.measure(indicator.of)])


def _gapped(values: np.ndarray, present: np.ndarray) -> list[Cell]:
    return [
        Marker.NOT_COLLECTED if not there else value if np.isfinite(value) else Marker.UNDEFINED
        for value, there in zip(values.tolist(), present.tolist(), strict=True)
    ]


def _gapped_denominator(indicator: Indicator, of: np.ndarray, present: np.ndarray) -> list[Cell]:
    if not indicator.is_rate:
        return _gapped(of.ravel(), present)
    return [
        Marker.NOT_COLLECTED
        if not there
        else round(n)
        if np.isfinite(n) and n > 0
        else Marker.NOT_APPLICABLE
        for n, there in zip(of.ravel().tolist(), present.tolist(), strict=True)
    ]
