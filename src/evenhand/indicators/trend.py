"""A rate month by month and group: a month without records is a gap, never a zero."""

from __future__ import annotations

import numpy as np

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
from evenhand.indicators.spans import SPAN, YEAR, list_spans
from evenhand.indicators.tables import (
    ALL,
    GROUP,
    PLACE,
    WHERE,
    count_columns,
    estimate,
    value_columns,
)


def build_trend(indicator: Indicator, panel: Panel, characteristic: Characteristic) -> Table:
    """A rate over residents by place, month and group, the whole left out.

    It is annualised: a month's count over a twelfth of the residents' year. Outcomes are few: by
    month *and* group their counts would be too small to say anything, or to publish; their months
    are in :func:`~evenhand.indicators.control.build_control`, all groups together.
    """
    here = [i for i, place in enumerate(panel.places) if place.service]
    cells = panel.counts[characteristic.id][here].sum(axis=3)
    count = _totalled(cells[..., panel.measure(indicator.count)])
    monthly = panel.residents[characteristic.id][here] / YEAR
    of = _totalled(np.broadcast_to(monthly[:, None, :], cells.shape[:-1]))
    present = np.broadcast_to(panel.present[here][:, :, None], count.shape).ravel()
    own = estimate(indicator, count.ravel(), of.ravel())
    counts, values, lows, highs = (
        _gapped(column, present) for column in (count.ravel(), own.value, own.low, own.high)
    )
    labels = [group.label for group in characteristic.groups] + [ALL]
    months = [str(month) for month in panel.period]
    rows = len(months) * len(labels)
    places = [panel.places.all[i] for i in here]
    return Table(
        name=f"{indicator.id}-monthly-by-{characteristic.id}",
        title=f"{indicator.title}, month by month, by {characteristic.title.lower()}",
        columns=(
            *PLACE,
            SPAN,
            Column("month", Role.DIMENSION, "Month"),
            *GROUP,
            *count_columns(indicator),
            *value_columns(indicator),
        ),
        cells={
            "service": [place.service for place in places for _ in range(rows)],
            "unit": [place.unit for place in places for _ in range(rows)],
            "span": [span for span in list_spans(panel.period) for _ in labels] * len(places),
            "month": [month for month in months for _ in labels] * len(places),
            "characteristic": [characteristic.id] * count.size,
            "group": labels * (len(months) * len(places)),
            "count": counts,
            "of": _residents(of, present),
            "value": values,
            "low": lows,
            "high": highs,
        },
        sums={**WHERE, "group": ALL, "span": ALL, "month": ALL},
        within={"group": "characteristic"},
    )


def _totalled(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, np.nansum(values, axis=-1, keepdims=True)], axis=-1)


def _gapped(values: np.ndarray, present: np.ndarray) -> list[Cell]:
    return [
        Marker.NOT_COLLECTED if not there else value if np.isfinite(value) else Marker.UNDEFINED
        for value, there in zip(values.tolist(), present.tolist(), strict=True)
    ]


def _residents(of: np.ndarray, present: np.ndarray) -> list[Cell]:
    return [
        Marker.NOT_COLLECTED
        if not there
        else round(n)
        if np.isfinite(n) and n > 0
        else Marker.NOT_APPLICABLE
        for n, there in zip(of.ravel().tolist(), present.tolist(), strict=True)
    ]
