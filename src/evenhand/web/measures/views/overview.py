"""The whole at a glance for members, and one page for whoever commands a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter
from evenhand.core import Signal
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.measures import queries
from evenhand.web.measures.charts import draw_side_by_side
from evenhand.web.measures.places import unit_slug, unit_subject
from evenhand.web.measures.queries import FigureRow
from evenhand.web.measures.units import draw_people
from evenhand.web.measures.views.findings import UNTOLD, audience_for

MOVING = (Signal.WORSENING.value, Signal.IMPROVING.value)
EACH = 2  # findings of one indicator at the top of the page
TOP = 8  # findings: what fits above the fold of a printed page


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """Signals by indicator and by unit, and what concerns most."""
    audience = audience_for(request, "")
    rows = queries.list_all(as_of=request.as_of, audience=audience)
    whole = [row for row in rows if not row.unit and row.signal not in UNTOLD]
    top = list(_pick(whole))[:TOP]
    context = {
        "latest": queries.list_latest(as_of=request.as_of),
        "signals": list(Signal),
        "indicators": queries.list_by_indicator(rows),
        "units": queries.list_by_unit(rows),
        "slugs": {row.unit: unit_slug(row.unit) for row in rows if row.unit},
        "top": top,
        "more": len(whole) - len(top),
        "changes": [row for row in rows if row.signal in MOVING][:TOP],
        "audience": audience,
    }
    return render(request, "measures/overview.html", context)


def _pick(rows: Iterable[FigureRow]) -> Iterator[FigureRow]:
    """The first findings of each indicator: one measure with many groups leaves room for others."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.indicator] += 1
        if seen[row.indicator] <= EACH:
            yield row


@page(may_enter)
def unit(request: PageRequest, slug: str) -> HttpResponse:
    """One unit: what was found there, how it compares with units like it."""
    names = queries.list_names_of("unit", as_of=request.as_of, narrow=queries.Filter())
    name = next((each for each in names if unit_slug(each) == slug), None)
    if name is None:
        raise NotThere("no measurement names such a unit.", rule="unit-exists")
    audience = audience_for(request, name)
    rows = queries.list_all(as_of=request.as_of, audience=audience)
    own = [row for row in rows if row.unit == name]
    counts = Counter(row.signal for row in own)
    context = {
        "name": name,
        "mine": unit_subject(name) in {g.scope.ref for g in request.actor.grants},
        "counts": [(signal, counts[signal.value]) for signal in Signal if counts[signal.value]],
        "found": [row for row in own if row.signal not in UNTOLD],
        "charts": draw_side_by_side(name, rows),
        "people": draw_people(name, as_of=request.as_of, audience=audience),
        "audience": audience,
        "latest": queries.list_latest(as_of=request.as_of),
    }
    return render(request, "measures/unit.html", context)
