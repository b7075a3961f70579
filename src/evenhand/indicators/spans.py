"""The latest twelve months and the twelve before, against which a place's own change is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Column, Month, Period, Role
from evenhand.indicators.panel import Panel
from evenhand.indicators.tables import ALL

YEAR = 12
"""Whole years are compared, so that a season never passes for a change."""

LATER, EARLIER, BEFORE = "latest 12 months", "12 months before", "earlier months"

SPAN = Column("span", Role.DIMENSION, "Part of the period")
"""Which year a month belongs to: the months add up to their year, the years to the period."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The parts of a period, latest first, and the months (positions) each of them holds."""

    names: tuple[str, ...]
    months: tuple[slice, ...]
    earlier: Period
    later: Period

    def complete(self, panel: Panel) -> NDArray[np.bool_]:
        """The places with records in every month of both years."""
        first = len(panel.period) - 2 * YEAR
        return np.asarray(panel.present[:, first:].all(axis=1))


def find_spans(period: Period) -> Spans | None:
    """The two latest years, and what came before them; None for a period of under two years."""
    months = len(period)
    if months < 2 * YEAR:
        return None
    names, slices = [LATER, EARLIER], [slice(months - YEAR, months)]
    slices.append(slice(months - 2 * YEAR, months - YEAR))
    if months > 2 * YEAR:
        names.append(BEFORE)
        slices.append(slice(0, months - 2 * YEAR))
    last = period.last.index
    return Spans(
        tuple(names),
        tuple(slices),
        earlier=Period(Month.at(last - 2 * YEAR + 1), Month.at(last - YEAR)),
        later=Period(Month.at(last - YEAR + 1), period.last),
    )


def list_spans(period: Period) -> list[str]:
    """The part of the period each month belongs to; the whole of it where it has no parts."""
    spans = find_spans(period)
    labels = [ALL] * len(period)
    if spans:
        for name, months in zip(spans.names, spans.months, strict=True):
            labels[months] = [name] * len(labels[months])
    return labels
