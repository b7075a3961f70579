"""A comparison of stops again, of like with like: the ratios of one place within strata."""

from __future__ import annotations

from markupsafe import Markup

from evenhand.accountability.audiences import Audience
from evenhand.indicators import STOPS
from evenhand.monitoring.comparisons import draw_like_for_like
from evenhand.monitoring.drawn import DrawnKind
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.measures.drawing import draw_figure
from evenhand.web.measures.queries import FigureRow, list_tables


def draw_likeness(row: FigureRow, *, as_of: AsOf, audience: Audience) -> Markup | None:
    """The chart of the row's indicator and place; None where like is not compared with like there.

    It is drawn of the latest measurement that counts, whichever the row is from.
    """
    indicator = next((each for each in STOPS if each.id == row.indicator), None)
    tables = list_tables(DrawnKind.LIKE, as_of=as_of, audience=audience)
    table = tables.get(row.characteristic)
    if indicator is None or table is None:
        return None
    here = table.where(indicator=indicator.id, service=row.service, unit=row.unit)
    chart = draw_like_for_like(here, indicator, row.place)
    return None if chart is None else draw_figure(chart, ident="likeness")
