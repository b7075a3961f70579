"""What was measured and calls for attention, in order of concern."""

from __future__ import annotations

from dataclasses import fields

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from evenhand.accountability.audiences import Audience, audience_of
from evenhand.accountability.machines import FINDING
from evenhand.accountability.permissions import may_enter
from evenhand.core import Signal
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.measures import queries
from evenhand.web.measures.names import indicator_title, name_of
from evenhand.web.measures.places import where_of
from evenhand.web.measures.queries import Filter

QUIET = frozenset({Signal.NONE.value, Signal.UNMEASURABLE.value, ""})
"""Signals that the first view leaves out; the filter brings them back."""

UNTOLD = QUIET | {Signal.TOO_SMALL.value}
"""Signals of comparisons that a page does not spell out: they are in its table."""


def read_filter(query: QueryDict) -> Filter:
    """The filter in an address; unknown values narrow to nothing rather than fail."""
    return Filter(**{part.name: query.get(part.name, "").strip() for part in fields(Filter)})


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """Findings of the latest measurement of each dataset, as this reader may see them."""
    narrow = read_filter(request.GET)
    audience = audience_of(request.actor, where_of(narrow.unit))
    counts = queries.count_signals(narrow, as_of=request.as_of, audience=audience)
    rows = queries.list_figures(narrow, as_of=request.as_of, audience=audience)
    shown = rows if narrow.signal else [row for row in rows if row.signal not in QUIET]
    context = {
        "page": cut_pages(request, shown),
        "counts": [(signal, counts[signal.value]) for signal in Signal if counts[signal.value]],
        "hidden": counts[""],
        "total": sum(counts.values()),
        "signal": narrow.signal,
        "latest": queries.list_latest(as_of=request.as_of),
        "audience": audience,
        "choices": _list_choices(narrow, request.as_of),
        "query": request.GET,
        "narrowed": any(getattr(narrow, part.name) for part in fields(Filter)),
    }
    return render(request, "measures/findings.html", context)


def _list_choices(narrow: Filter, as_of: AsOf) -> list[Choice]:
    def named(column: str) -> tuple[tuple[str, str], ...]:
        found = queries.list_names_of(column, as_of=as_of, narrow=Filter(dataset=narrow.dataset))
        return tuple((value, title_of(column, value)) for value in found)

    datasets = tuple((name, name.capitalize()) for name in queries.list_latest(as_of=as_of))
    options = {
        "dataset": ("Dataset", datasets),
        "indicator": ("Indicator", named("indicator")),
        "unit": ("Unit", named("unit")),
        "characteristic": ("Characteristic", named("characteristic")),
        "group": ("Group", named("group")),
        "signal": ("Signal", tuple((signal.value, signal.words) for signal in Signal)),
        "review": ("Review", tuple((state.code, state.words) for state in FINDING.states)),
    }
    return [
        Choice(name, label, values, getattr(narrow, name))
        for name, (label, values) in options.items()
    ]


def title_of(column: str, value: str) -> str:
    """What a form calls a value of one column."""
    if column == "indicator":
        return indicator_title(value)
    return name_of(value) if column == "characteristic" else value


def audience_for(request: PageRequest, unit: str) -> Audience:
    """For whom figures about this unit are made when this reader looks."""
    return audience_of(request.actor, where_of(unit))
