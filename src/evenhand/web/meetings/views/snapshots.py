"""Snapshots: taken, looked into, and each figure opened down to what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.convening import may_read_snapshot, may_take_snapshot
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.meetings import services
from evenhand.web.meetings.changing import needs_earlier, set_beside
from evenhand.web.meetings.counting import Count
from evenhand.web.meetings.forms import SnapshotForm
from evenhand.web.meetings.frozen import Frozen
from evenhand.web.meetings.measuring import Measurement, measure_register
from evenhand.web.meetings.queries import (
    gather_register,
    get_snapshot,
    list_snapshots,
    recount,
)
from evenhand.web.meetings.views.asking import Asked, ask
from evenhand.web.register.queries import get_item, list_items
from evenhand.web.work.queries import list_challenges


@page(may_read_snapshot)
def show_all(request: PageRequest) -> HttpResponse:
    """Every snapshot, the latest first."""
    rows = list_snapshots(as_of=request.as_of)
    context = {
        "page": cut_pages(request, rows),
        "names": list_names(row.taken_by for row in rows),
        "may_take": bool(may_take_snapshot(request.actor)) and not request.as_of.past,
    }
    return render(request, "meetings/snapshots.html", context)


@page(may_take_snapshot)
def take(request: PageRequest) -> HttpResponse:
    """Freeze the counts of now."""
    asked = Asked(
        "Take a snapshot",
        "Count the register now",
        "The snapshot was taken.",
        reverse("meetings:snapshots"),
        "Every figure is counted as the register stands at this moment, and kept with the size and "
        "root of the ledger. A snapshot cannot be changed.",
    )

    def run(said: dict[str, Any]) -> str:
        taken = services.take_snapshot(by=request.account, at=request.moment, **said)
        return reverse("meetings:snapshot", args=(taken.ref,))

    return ask(request, SnapshotForm(request.POST or None), asked, run)


@page(may_read_snapshot)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """Every figure of a snapshot with the question it answers."""
    frozen = get_snapshot(ref)
    words = request.GET.get("words", "").strip()
    wanted = words.casefold()
    every: list[Count | Measurement] = [*frozen.counts.values(), *frozen.measured.values()]
    counts = [
        each for each in every if wanted in each.key.casefold() or wanted in each.words.casefold()
    ]
    context = {"frozen": frozen, "page": cut_pages(request, counts), "words": words}
    return render(request, "meetings/snapshot.html", context)


@page(may_read_snapshot)
def figure(request: PageRequest, ref: str, key: str) -> HttpResponse:
    """One figure: what was counted, and the same question asked of the register again."""
    frozen = get_snapshot(ref)
    if key in frozen.measured:
        return _measured(request, frozen, key)
    if needs_earlier(key):
        return _changed(request, frozen, key)
    count = frozen.get(key)
    moment = AsOf(frozen.moment, day_of(frozen.moment))
    again = recount(count, as_of=moment)
    names = _names(count.members, moment)
    members = [(subject, *names.get(subject, (subject, ""))) for subject in count.members]
    context = {
        "frozen": frozen,
        "count": count,
        "again": again,
        "page": cut_pages(request, members),
    }
    return render(request, "meetings/figure.html", context)


def _measured(request: PageRequest, frozen: Frozen, key: str) -> HttpResponse:
    """A measured number: where it comes from, and the same measure asked again."""
    moment = AsOf(frozen.moment, day_of(frozen.moment))
    again = {each.key: each for each in measure_register(gather_register(as_of=moment))}
    found = frozen.measured[key]
    item = found.item.partition(":")[2]
    context = {
        "frozen": frozen,
        "found": found,
        "holds": again.get(key) == found,
        "item": item,
        "label": get_item(item, as_of=moment).label,
    }
    return render(request, "meetings/measurement.html", context)


def _changed(request: PageRequest, frozen: Frozen, key: str) -> HttpResponse:
    """A figure made of two snapshots: which items came, left or moved between them."""
    earlier = get_snapshot(request.GET.get("since", ""))
    found = set_beside(frozen, earlier).counts.get(key)
    if found is None:
        raise NotThere("the two snapshots give no such figure.", rule="figure-exists")
    names = _names(found.members, AsOf(frozen.moment, day_of(frozen.moment)))
    members = [(subject, *names.get(subject, (subject, ""))) for subject in found.members]
    context = {
        "frozen": frozen,
        "earlier": earlier,
        "count": found,
        "page": cut_pages(request, members),
    }
    return render(request, "meetings/change.html", context)


def _names(members: tuple[str, ...], moment: AsOf) -> Mapping[str, tuple[str, str]]:
    """What each counted thing is called, and the reference of the item that it is about."""
    kinds = {subject.partition(":")[0] for subject in members}
    names: dict[str, tuple[str, str]] = {}
    if "recommendation" in kinds:
        for row in list_items(as_of=moment):
            names[row.subject] = (f"{row.label}: {row.name}", row.ref)
    if "challenge" in kinds:
        for each in list_challenges(as_of=moment):
            names[each.subject] = (each.question, each.item)
    return names
