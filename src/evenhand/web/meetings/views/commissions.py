"""Reports that members ask for: asked, postponed, accepted, sent back, withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.commissions import find_late, papers_day
from evenhand.accountability.convening import may_commission, may_release_commission
from evenhand.accountability.machines import COMMISSION
from evenhand.accountability.permissions import may_enter
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.ledger.queries import list_history
from evenhand.web.meetings import services
from evenhand.web.meetings.forms import CommissionForm, Confirm, LaterForm, Reason
from evenhand.web.meetings.queries import get_commission
from evenhand.web.meetings.views import choosing
from evenhand.web.meetings.views.asking import Asked, ask


@page(may_commission)
def make(request: PageRequest) -> HttpResponse:
    """Ask for a report by a meeting."""
    meetings = choosing.meetings(as_of=request.as_of)
    form = CommissionForm(
        request.POST or None, parties=choosing.parties(as_of=request.as_of), meetings=meetings
    )
    lead = (
        "It stands in the forward plan from now on, and is late from the day after papers for its "
        "meeting had to be sent."
        if meetings
        else "No meeting is planned, so a report cannot be asked for by one yet. Ask the "
        "secretariat to plan one."
    )
    asked = Asked(
        "Ask for a report", "Ask for it", "It was asked for.", reverse("meetings:index"), lead
    )

    def run(said: dict[str, Any]) -> str:
        made = services.commission_report(by=request.account, at=request.moment, **said)
        return _page_of(made.ref)

    return ask(request, form, asked, run)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One commissioned report: what was asked, how it stands, everything that happened to it."""
    row = get_commission(ref, as_of=request.as_of)
    events = list_history(row.subject, as_of=request.as_of.moment)
    free = bool(may_release_commission(request.actor)) and not request.as_of.past
    context = {
        "row": row,
        "papers_by": papers_day(row.wanted_on),
        "late": find_late(row.asked, on=request.as_of.on),
        "events": events[::-1],
        "names": list_names({row.asked_by, *(event.actor for event in events)}),
        "verbs": COMMISSION.verbs_from(row.state) if free else (),
    }
    return render(request, "meetings/commission.html", context)


@page(may_release_commission)
def postpone(request: PageRequest, ref: str) -> HttpResponse:
    """Let the report come to a later meeting."""
    form = LaterForm(request.POST or None, meetings=choosing.meetings(as_of=request.as_of))
    words = ("Postpone", "Postpone it", "It was postponed; when it was first wanted stays shown.")
    return _step(request, ref, form, words, services.postpone_commission)


@page(may_release_commission)
def accept(request: PageRequest, ref: str) -> HttpResponse:
    """Say that the report answers what was asked."""
    form = Confirm({}) if request.method == "POST" else Confirm()
    words = ("Accept", "It answers what we asked", "The report was accepted.")
    return _step(request, ref, form, words, services.accept_report)


@page(may_release_commission)
def send_back(request: PageRequest, ref: str) -> HttpResponse:
    """Say what the report left out."""
    form = LaterForm(request.POST or None, meetings=choosing.meetings(as_of=request.as_of))
    words = ("Send back", "Send it back", "It was sent back.")
    return _step(request, ref, form, words, services.send_report_back)


@page(may_release_commission)
def withdraw(request: PageRequest, ref: str) -> HttpResponse:
    """No longer ask for the report."""
    words = ("Withdraw", "We no longer ask for it", "It was withdrawn; the reason is kept.")
    return _step(request, ref, Reason(request.POST or None), words, services.withdraw_commission)


def _step(
    request: PageRequest,
    ref: str,
    form: forms.Form,
    words: tuple[str, str, str],
    command: Any,
) -> HttpResponse:
    row = get_commission(ref, as_of=request.as_of)
    title, button, done = words
    asked = Asked(f"{title}: {row.title}", button, done, _page_of(ref), row.question)

    def run(said: dict[str, Any]) -> None:
        command(commission=ref, by=request.account, at=request.moment, **said)

    return ask(request, form, asked, run)


def _page_of(ref: str) -> str:
    return reverse("meetings:commission-show", args=(ref,))
