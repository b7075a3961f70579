"""Two days of one recommendation beside each other, and what happened between them."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter, may_read
from evenhand.core import EvenhandError, require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.register.queries import get_item
from evenhand.web.work.forms import CompareForm
from evenhand.web.work.queries import list_item_history
from evenhand.web.work.sides import compare_days

YEAR = 365  # days back, where no first day is asked for


@page(may_enter)
def compare(request: PageRequest, ref: str) -> HttpResponse:
    """What it said on a first day and on a second; without days, a year ago and today."""
    row = get_item(ref, as_of=AsOf.now(request.moment))
    require(may_read(request.actor, row.item))
    today = day_of(request.moment)
    usual = {
        "first": max(today - timedelta(YEAR), row.recorded_on).isoformat(),
        "second": today.isoformat(),
    }
    form = CompareForm({name: request.GET.get(name) or usual[name] for name in usual})
    context: dict[str, object] = {"item": row, "form": form}
    if form.is_valid():
        context |= _compare(request, ref, form)
    return render(request, "work/compare.html", context, status=422 if form.errors else 200)


def _compare(request: PageRequest, ref: str, form: CompareForm) -> dict[str, object]:
    days = sorted((form.cleaned_data["first"], form.cleaned_data["second"]))
    try:
        first, second = (AsOf.end_of(each, at=request.moment) for each in days)
    except EvenhandError as error:
        form.add_error(None, f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}")
        return {}
    row = get_item(ref, as_of=AsOf.now(request.moment))
    pairs = compare_days(ref, first=first, second=second, actor=request.actor)
    lines = list_item_history(as_of=second, item=row, actor=request.actor)
    between = [line for line in lines if first.moment and line.event.at > first.moment]
    return {
        "pairs": pairs,
        "changed": sum(pair.changed for pair in pairs),
        "first": days[0],
        "second": days[1],
        "not_yet": row.recorded_on > days[0],
        "between": between,
        "names": list_names(line.event.actor for line in between),
    }
