"""Panels: their members, terms and interests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.judgement.permissions import may_form_panel
from evenhand.accountability.permissions import may_enter
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.forms import EndSeatForm, PanelForm, SeatForm, WhyForm
from evenhand.web.register.views.commanding import Sending, Told, send


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every panel with the members of the day."""
    panels = queries.list_panels(as_of=request.as_of)
    context = {
        "panels": [(panel, panel.sitting_on(request.as_of.on)) for panel in panels],
        "may_form": bool(may_form_panel(request.actor)) and not request.as_of.past,
    }
    return render(request, "judgement/panels.html", context)


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """One panel: terms, whom members sit for, its sittings, the interests declared."""
    panel = queries.get_panel(key, as_of=request.as_of)
    interests = queries.list_interests(as_of=request.as_of)
    members = {seat.member for seat in panel.seats}
    context = {
        "panel": panel,
        "seats": [(seat, seat.term.holds_on(request.as_of.on)) for seat in panel.seats],
        "sittings": queries.list_sittings(as_of=request.as_of, panel=key)[:50],
        "interests": [each for each in interests if each.member in members],
        "names": list_names(members),
        "may_form": bool(may_form_panel(request.actor)) and not request.as_of.past,
    }
    return render(request, "judgement/panel.html", context)


@page(may_form_panel)
def form(request: PageRequest) -> HttpResponse:
    """Make a panel."""
    told = Told("Form a panel", "Form the panel", "The panel is formed; seat its members.")
    return _send(
        request, told, PanelForm(request.POST or None), services.form_panel, "judgement:panels"
    )


@page(may_form_panel)
def seat(request: PageRequest, key: str) -> HttpResponse:
    """Give somebody a term."""
    told = Told("Seat a member", "Give the term", "The term is on the record.")
    form = SeatForm(request.POST or None)
    return _send(request, told, form, services.seat_member, "judgement:panel", key, panel=key)


@page(may_form_panel)
def end_seat(request: PageRequest, key: str, member: str) -> HttpResponse:
    """End a term."""
    told = Told("End a term", "End the term", "The term is ended; past votes stay as they were.")
    form = EndSeatForm(request.POST or None)
    return _send(
        request,
        told,
        form,
        services.end_seat,
        "judgement:panel",
        key,
        panel=key,
        member=f"person:{member}",
    )


@page(may_form_panel)
def end_interest(request: PageRequest, number: int) -> HttpResponse:
    """Say that an interest no longer ties a member."""
    told = Told(
        "End an interest",
        "End the interest",
        "The interest is ended, and stays on the record.",
        "The member may then judge the item, unless something else bars them.",
    )
    form = WhyForm(request.POST or None)
    return _send(request, told, form, services.end_interest, "judgement:panels", interest=number)


def _send(
    request: PageRequest,
    told: Told,
    form: forms.Form,
    run: Callable[..., object],
    back: str,
    *arguments: str,
    **fixed: Any,
) -> HttpResponse:
    sending = Sending(
        told=told,
        form=form,
        run=lambda **typed: run(**fixed, **typed),
        back=reverse(back, args=arguments),
        crumbs=(("Panels", reverse("judgement:panels")),),
    )
    return send(request, sending)
