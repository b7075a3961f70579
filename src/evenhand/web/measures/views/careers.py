"""The ladder of grades, the stages of selection, the years of waiting: by characteristic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter
from evenhand.core import Signal
from evenhand.disclosure import ReleasedTable
from evenhand.monitoring.drawn import DrawnKind
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.measures import queries
from evenhand.web.measures.careers import QUESTIONS, draw_besides, draw_question, find_steps
from evenhand.web.measures.charts import draw_rows
from evenhand.web.measures.names import find_indicator, name_of
from evenhand.web.measures.queries import Filter
from evenhand.web.measures.views.findings import UNTOLD, audience_for

FIRST = "ethnicity"


@page(may_enter)
def show(request: PageRequest, question: str) -> HttpResponse:
    """One question of one characteristic, as this reader may see it."""
    asked = QUESTIONS.get(question)
    if asked is None:
        raise NotThere("there is no such question.", rule="question-exists")
    audience = audience_for(request, "")
    every = {
        kind: queries.list_tables(kind, as_of=request.as_of, audience=audience)
        for kind in asked.kinds
    }
    names = list(every[asked.kinds[0]])
    chosen = _choose(request.GET.get("characteristic", ""), names, FIRST)
    tables = _of(every, chosen)
    steps = find_steps(asked, tables)
    step = _choose(request.GET.get("step", ""), steps, "")
    narrow = Filter(indicator=asked.indicator, characteristic=chosen, step=step)
    found = queries.list_figures(narrow, as_of=request.as_of, audience=audience)
    rows = [row for row in found if not row.unit]
    counts = Counter(row.signal for row in rows)
    context = {
        "asked": asked,
        "questions": QUESTIONS.values(),
        "there": bool(names),
        "characteristic": name_of(chosen),
        "step": step,
        "choices": _list_choices(names, chosen, steps, step),
        "telling": [row for row in rows if row.signal not in UNTOLD],
        "counts": [(signal, counts[signal.value]) for signal in Signal if counts[signal.value]],
        "hidden": counts[""],
        "charts": draw_question(asked, tables, rows, step=step),
        "besides": draw_besides(tables, step=step),
        "comparisons": draw_rows(rows) if rows else "",
        "indicator": find_indicator(asked.indicator),
        "methods": sorted({row.method for row in rows}),
        "latest": queries.list_latest(as_of=request.as_of).get("workforce"),
        "audience": audience,
    }
    return render(request, "measures/careers.html", context)


def _choose(asked: str, there: list[str], usual: str) -> str:
    """What was asked for, else the usual, else the first; empty where there is nothing."""
    wanted = [name for name in (asked, usual) if name in there]
    return (wanted or there or [""])[0]


def _of(
    every: Mapping[DrawnKind, Mapping[str, ReleasedTable]], name: str
) -> dict[DrawnKind, ReleasedTable]:
    return {kind: tables[name] for kind, tables in every.items() if name in tables}


def _list_choices(names: list[str], chosen: str, steps: list[str], step: str) -> list[Choice]:
    choices = [
        Choice("characteristic", "By", tuple((name, name_of(name)) for name in names), chosen)
    ]
    if steps:
        choices.append(Choice("step", "At", tuple((each, each) for each in steps), step))
    return choices
