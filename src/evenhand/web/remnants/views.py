"""Copies that must be put right: which, what is due about each, and the way to do it."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.convening import may_write_paper
from evenhand.accountability.permissions import may_erase
from evenhand.accountability.releases import may_propose_release, may_withdraw_release
from evenhand.accountability.remnants import Step, may_dismiss_remnant, may_see_remnants
from evenhand.core import require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.templatetags.register_pages import day
from evenhand.web.register.views.commanding import Sending, Told, send
from evenhand.web.releases.queries.copies import CopyRow
from evenhand.web.remnants.forms import DismissForm
from evenhand.web.remnants.queries import RemnantRow, get_remnant, list_remnants
from evenhand.web.remnants.services import dismiss_remnant

DISMISS = Told(
    "Say that this copy is right as it is",
    "It is right as it is",
    "It is off the list. That you looked, and why, is on the record.",
    "Open the copy first. The words themselves are gone, so nobody can look for them again.",
)


@page(may_see_remnants)
def show_all(request: PageRequest) -> HttpResponse:
    """What waits, most pressing first, with the way to do it; and what was put right."""
    rows = list_remnants(as_of=AsOf.now(request.moment))
    waiting = [row for row in rows if row.waits]
    context = {
        "waiting": [(row, _page_of(row), _list_ways(request, row)) for row in waiting],
        "settled": [(row, _page_of(row)) for row in rows if not row.waits],
        "names": list_names({row.by for row in rows}),
    }
    return render(request, "remnants/list.html", context)


@page(may_see_remnants)
def dismiss(request: PageRequest, ref: str) -> HttpResponse:
    """Take a find off the list that is no match."""
    require(may_dismiss_remnant(request.actor))
    row = get_remnant(ref, as_of=AsOf.now(request.moment))
    back = reverse("remnants:list")
    sending = Sending(
        told=DISMISS,
        form=DismissForm(request.POST or None),
        run=partial(dismiss_remnant, remnant=ref),
        back=back,
        crumbs=(("Copies that must be put right", back),),
        facts=(("Copy", row.title), ("Found on", day(row.found_on)), ("Due", row.step.words)),
    )
    return send(request, sending)


def _page_of(row: RemnantRow) -> str:
    """Where the copy can be looked at."""
    copy = row.copy
    if not isinstance(copy, CopyRow):
        return reverse("meetings:paper", args=[copy.paper])
    if copy.address:
        return reverse("public:record", args=[copy.address])
    return reverse("public:release", args=[copy.number])


def _list_ways(request: PageRequest, row: RemnantRow) -> list[tuple[str, str]]:
    """What this reader may do about it: the words of a link and where it leads."""
    actor, copy = request.actor, row.copy
    ways: list[tuple[str, str]] = []
    if row.step is Step.WITHDRAW and isinstance(copy, CopyRow):
        if copy.release and may_withdraw_release(actor):
            ways.append(("Withdraw it", reverse("releases:withdraw", args=[copy.release])))
        if may_propose_release(actor):
            ways.append(("Release it again without the words", reverse("releases:propose")))
    if row.step is Step.CORRECT and not isinstance(copy, CopyRow) and may_write_paper(actor):
        ways.append(("Correct the paper", reverse("meetings:correct", args=[copy.paper])))
    if row.step is Step.ERASE and may_erase(actor):
        ways.append(("Erase what is kept of it", reverse("work:erase-event", args=[copy.event])))
    if may_dismiss_remnant(actor):
        ways.append(("It is no match", reverse("remnants:dismiss", args=[row.ref])))
    return ways
