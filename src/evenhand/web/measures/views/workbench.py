"""The analyst's workbench: put a question to the figures, see how it is answered, name it."""

from __future__ import annotations

from dataclasses import asdict, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.audiences import Audience
from evenhand.accountability.permissions import may_enter, may_save_measure
from evenhand.core import require
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.measures import queries
from evenhand.web.measures.charts import draw_rows
from evenhand.web.measures.forms import SaveForm
from evenhand.web.measures.likeness import draw_likeness
from evenhand.web.measures.names import find_indicator, indicator_title, name_of
from evenhand.web.measures.queries import Filter
from evenhand.web.measures.reproducing import render_code
from evenhand.web.measures.services import save_measure
from evenhand.web.measures.views.findings import audience_for, read_filter, title_of
from evenhand.web.work.views.filters import Choice

QUESTIONS = ("dataset", "indicator", "step", "characteristic", "group", "comparator", "unit")
MOST = 60  # rows that a chart can still be read with


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """The figures of one question: table, chart, method, and the code that gives them again."""
    narrow = read_filter(request.GET)
    ready = bool(narrow.indicator and narrow.characteristic)
    audience = audience_for(request, narrow.unit)
    rows = queries.list_figures(narrow, as_of=request.as_of, audience=audience) if ready else []
    context = {
        "choices": _list_choices(narrow, request.as_of),
        "runs": _run_choice(narrow, request.as_of),
        "query": request.GET,
        "ready": ready,
        "rows": rows[:MOST],
        "left_out": max(len(rows) - MOST, 0),
        "chart": draw_rows(rows[:MOST]) if rows else "",
        "like": draw_likeness(rows[0], as_of=request.as_of, audience=audience)
        if len({(row.service, row.unit) for row in rows}) == 1
        else None,
        "title": indicator_title(narrow.indicator),
        "characteristic": name_of(narrow.characteristic),
        "indicator": find_indicator(narrow.indicator),
        "methods": sorted({row.method for row in rows}),
        "code": _render_code(narrow, rows, request.as_of, audience) if rows else "",
        "audience": audience,
        "saved": queries.list_saved(as_of=request.as_of),
        "form": SaveForm() if may_save_measure(request.actor) and ready else None,
        "hidden": {key: value for key, value in asdict(narrow).items() if value},
    }
    return render(request, "measures/workbench.html", context)


@page(may_save_measure)
def save(request: PageRequest) -> HttpResponse:
    """Give the question a name."""
    require(may_save_measure(request.actor))
    narrow = read_filter(request.POST if request.method == "POST" else request.GET)
    form = SaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_measure(
            narrow=replace(narrow, run=""), by=request.account, at=request.moment,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, "The measure is saved; anyone can ask it again.")
        asked = urlencode({key: value for key, value in asdict(narrow).items() if value})
        return redirect(f"{reverse('measures:workbench')}?{asked}")
    hidden = {key: value for key, value in asdict(narrow).items() if value}
    return render(request, "measures/save.html", {"form": form, "hidden": hidden})


def _render_code(
    narrow: Filter, rows: list[queries.FigureRow], as_of: AsOf, audience: Audience
) -> str:
    run = Filter(run=rows[0].run)
    measured = queries.list_names_of("characteristic", as_of=as_of, narrow=run)
    return render_code(narrow, rows, audience=audience, measured=measured)


def _list_choices(narrow: Filter, as_of: AsOf) -> list[Choice]:
    """Each select offers what is there, given the ones before it."""
    so_far, found = Filter(run=narrow.run), []
    for name in QUESTIONS:
        if name == "dataset":
            values = list(queries.list_latest(as_of=as_of))
        else:
            values = queries.list_names_of(name, as_of=as_of, narrow=so_far)
        options = tuple((value, title_of(name, value)) for value in values)
        found.append(Choice(name, name.capitalize(), options, getattr(narrow, name)))
        so_far = replace(so_far, **{name: getattr(narrow, name)})
    return found


def _run_choice(narrow: Filter, as_of: AsOf) -> Choice:
    runs = [run for run in queries.list_runs(as_of=as_of) if run.stands]
    kept = [run for run in runs if narrow.dataset in ("", run.dataset)]
    return Choice("run", "Months", tuple((run.ref, run.title) for run in kept), narrow.run)
