"""The list of recommendations: filters, full-text search, and the shares by each scale."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter
from evenhand.accountability.scales import count_by_scale
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.judgement.queries import judge_items
from evenhand.web.register.queries import list_items, list_scales
from evenhand.web.work.queries import list_item_exceptions
from evenhand.web.work.views.filters import (
    list_choices,
    outcome_of,
    read_filter,
    read_kind,
    read_measured,
)


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """Recommendations that the reader’s roles reach, narrowed as asked."""
    rows = list_items(read_filter(request.GET), as_of=request.as_of, actor=request.actor)
    found = list_item_exceptions(rows, as_of=request.as_of)
    kinds: dict[str, list[str]] = {}
    for each in found:
        kinds.setdefault(each.item, []).append(each.kind.words)
    kind = read_kind(request.GET)
    if kind:
        concerned = {each.item for each in found if each.kind == kind}
        rows = [row for row in rows if row.subject in concerned]
    measured = judge_items(as_of=request.as_of)
    wanted = read_measured(request.GET)
    if wanted:
        rows = [row for row in rows if outcome_of(measured.get(row.ref)) == wanted]
    scales = list_scales()
    part = cut_pages(request, rows)
    context = {
        "page": part,
        "lines": [(row, kinds.get(row.subject, ())) for row in part.rows],
        "measured": measured,
        "by_scale": count_by_scale(
            (scales[row.scale], row.level.code if row.level else None) for row in rows
        ),
        "choices": list_choices(request.GET, as_of=request.as_of),
        "query": request.GET,
    }
    return render(request, "work/items.html", context)
