"""Routes that read measured figures, each as its holder may see it and no further.

A figure is served under the disclosure policy of its reader. Whoever is cleared to see small counts
sees them here only with a token made for that, for a token may lie where its holder would not.
"""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Schema

from evenhand.accountability.audiences import Audience, audience_of
from evenhand.accountability.permissions import may_enter
from evenhand.accountability.tokens import TokenScope
from evenhand.web.api import measured_schemas as schemas
from evenhand.web.api.access import reads
from evenhand.web.api.answers import answers
from evenhand.web.api.asking import Day, Page, Size, cut, plain, view_of
from evenhand.web.measures import queries
from evenhand.web.measures.names import find_indicator, indicator_title
from evenhand.web.measures.places import where_of
from evenhand.web.measures.queries import IndicatorLine

router = Router(tags=["measures"])


class Asked(Schema):
    """Which figures; an empty part narrows nothing."""

    dataset: str = ""
    indicator: str = ""
    unit: str = ""
    service: str = ""
    characteristic: str = ""
    group: str = ""
    signal: str = ""
    review: str = ""
    step: str = ""
    comparator: str = ""
    run: str = ""

    def as_filter(self) -> queries.Filter:
        """As a query takes it."""
        parts = self.model_dump()
        return queries.Filter(**{name: plain(parts[name]) for name in parts})


@router.get(
    "/measures/runs",
    auth=reads(may_enter),
    response=answers(schemas.RunsOut),
    url_name="runs",
)
def runs(
    request: Any, dataset: str = "", as_of: Day = None, page: Page = 1, size: Size = 50
) -> Any:
    """Measurements, those withdrawn too: from which loads, by which definitions and policies."""
    return cut(queries.list_runs(as_of=view_of(request, as_of), dataset=plain(dataset)), page, size)


@router.get(
    "/measures/indicators",
    auth=reads(may_enter),
    response=answers(list[schemas.IndicatorOut]),
    url_name="indicators",
)
def indicators(request: Any, as_of: Day = None) -> Any:
    """Every indicator that was measured, with its question, cautions and signals."""
    rows = queries.list_all(as_of=view_of(request, as_of), audience=_audience(request, ""))
    return [_tell_indicator(line) for line in queries.list_by_indicator(rows)]


@router.get(
    "/measures/named",
    auth=reads(may_enter),
    response=answers(list[schemas.NamedMeasureOut]),
    url_name="named-measures",
)
def named(request: Any, as_of: Day = None) -> Any:
    """Questions to the figures that somebody named; ask them of the route below."""
    return queries.list_saved(as_of=view_of(request, as_of))


@router.get(
    "/measures/figures",
    auth=reads(may_enter),
    response=answers(schemas.FiguresOut),
    url_name="figures",
)
def figures(
    request: Any, asked: Query[Asked], as_of: Day = None, page: Page = 1, size: Size = 50
) -> Any:
    """Comparisons in order of concern, of the latest measurement of each dataset or of one asked.

    Small counts are hidden, unless the holder is cleared and the token is made for it.
    """
    narrow, view = asked.as_filter(), view_of(request, as_of)
    audience = _audience(request, narrow.unit)
    rows = queries.list_figures(narrow, as_of=view, audience=audience)
    told = {"audience": audience.value, "audience_words": audience.words}
    return {**told, **cut(rows, page, size)}


def _audience(request: Any, unit: str) -> Audience:
    clearance = TokenScope.SMALL_COUNTS in request.auth.facts.scopes
    return audience_of(request.actor, where_of(unit), clearance=clearance)


def _tell_indicator(line: IndicatorLine) -> dict[str, Any]:
    found = find_indicator(line.indicator)
    return {
        "dataset": line.dataset,
        "indicator": line.indicator,
        "title": indicator_title(line.indicator),
        "question": found.question if found else "",
        "cautions": list(found.cautions) if found else [],
        "comparisons": line.total,
        "signals": {signal or "hidden": count for signal, count in line.counts.items()},
    }
