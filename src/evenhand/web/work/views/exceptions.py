"""The first page: what a member should look at before anything else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.exceptions import ExceptionKind, ItemException
from evenhand.accountability.exceptions.rules import USUAL
from evenhand.accountability.permissions import may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.judgement.queries import judge_items
from evenhand.web.meetings.queries import list_late_reports
from evenhand.web.register.queries import ItemRow, list_items
from evenhand.web.work.queries import list_item_exceptions
from evenhand.web.work.views.filters import (
    list_choices,
    outcome_of,
    read_filter,
    read_kind,
    read_measured,
)


@dataclass(frozen=True, slots=True)
class Line:
    """An exception with its item, as the list shows it."""

    item: ItemRow
    found: ItemException
    days: int


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """Exceptions among the items that the reader’s roles reach, the gravest kind first."""
    rows = list_items(read_filter(request.GET), as_of=request.as_of, actor=request.actor)
    wanted = read_measured(request.GET)
    if wanted:
        measured = judge_items(as_of=request.as_of)
        rows = [row for row in rows if outcome_of(measured.get(row.ref)) == wanted]
    found = list_item_exceptions(rows, as_of=request.as_of)
    counts = Counter(each.kind for each in found)
    kind = read_kind(request.GET)
    by_subject = {row.subject: row for row in rows}
    lines = [
        Line(by_subject[each.item], each, each.days(request.as_of.on))
        for each in found
        if not kind or each.kind == kind
    ]
    context = {
        "page": cut_pages(request, lines),
        "counts": [(each, counts[each]) for each in ExceptionKind],
        "kind": kind,
        "total": len(rows),
        "concerned": len({each.item for each in found}),
        "limits": USUAL,
        "late_reports": len(list_late_reports(as_of=request.as_of)),
        "choices": list_choices(request.GET, as_of=request.as_of),
        "query": request.GET,
    }
    return render(request, "work/exceptions.html", context)
