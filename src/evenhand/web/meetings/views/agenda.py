"""The agenda and its minutes: items added, placed, taken off; minutes and questions recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from evenhand.accountability.convening import may_keep_meetings
from evenhand.accountability.permissions import may_challenge, may_enter
from evenhand.core import Decision, require
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import MinuteKind
from evenhand.web.meetings.forms import AgendaForm, AskForm, MinuteForm, PlaceForm, Reason
from evenhand.web.meetings.queries import get_agenda_item, get_meeting
from evenhand.web.meetings.views import choosing
from evenhand.web.meetings.views.asking import Asked
from evenhand.web.meetings.views.asking import ask as ask_for
from evenhand.web.register.queries import list_items


@page(may_keep_meetings)
def add(request: PageRequest, ref: str) -> HttpResponse:
    """Put something on the agenda, last."""
    row = get_meeting(ref, as_of=request.as_of)
    form = AgendaForm(request.POST or None, papers=choosing.papers(ref, as_of=request.as_of))
    asked = Asked(
        f"Add to the agenda: {row.title}",
        "Add the item",
        "It is on the agenda.",
        reverse("meetings:show", args=(ref,)),
    )

    def run(said: dict[str, Any]) -> None:
        services.add_agenda_item(meeting=ref, by=request.account, at=request.moment, **said)

    return ask_for(request, form, asked, run)


@page(may_keep_meetings)
def place(request: PageRequest, ref: str) -> HttpResponse:
    """Give an item another number, or its paper."""
    row = get_agenda_item(ref, as_of=request.as_of)
    form = PlaceForm(
        request.POST or None,
        initial={"number": row.number, "paper": row.paper},
        papers=choosing.papers(row.meeting, as_of=request.as_of),
    )
    asked = Asked(
        f"Place on the agenda: {row.title}",
        "Place the item",
        "The agenda was changed.",
        reverse("meetings:show", args=(row.meeting,)),
    )

    def run(said: dict[str, Any]) -> None:
        services.place_agenda_item(item=ref, by=request.account, at=request.moment, **said)

    return ask_for(request, form, asked, run)


@page(may_keep_meetings)
def take_off(request: PageRequest, ref: str) -> HttpResponse:
    """Take an item off the agenda."""
    row = get_agenda_item(ref, as_of=request.as_of)
    asked = Asked(
        f"Take off the agenda: {row.title}",
        "Take it off",
        "It is off the agenda; that it was there stays on the record.",
        reverse("meetings:show", args=(row.meeting,)),
    )

    def run(said: dict[str, Any]) -> None:
        services.take_off_agenda(item=ref, by=request.account, at=request.moment, **said)

    return ask_for(request, Reason(request.POST or None), asked, run)


@page(may_keep_meetings)
def minute(request: PageRequest, ref: str) -> HttpResponse:
    """Record what was said or decided under an item."""
    row = get_agenda_item(ref, as_of=request.as_of)
    meeting = get_meeting(row.meeting, as_of=request.as_of)
    form = MinuteForm(
        request.POST or None,
        minutes=[(each.ref, each.words[:80]) for each in row.minutes],
        agreed=meeting.state == "minuted",
    )
    asked = Asked(
        f"Minute of item {row.number}: {row.title}",
        "Record the minute",
        "The minute is on the record.",
        reverse("meetings:show", args=(row.meeting,)),
        "A minute is never edited. A slip is corrected by a further minute that names it.",
    )

    def run(said: dict[str, Any]) -> None:
        kind = MinuteKind(said.pop("kind"))
        services.record_minute(item=ref, kind=kind, by=request.account, at=request.moment, **said)

    return ask_for(request, form, asked, run)


@page(may_enter)
def ask(request: PageRequest, ref: str) -> HttpResponse:
    """Ask the owner of a recommendation a question, on the record of the meeting."""
    row = get_agenda_item(ref, as_of=request.as_of)
    items = [
        (each.ref, f"{each.ref}: {each.name}"[:120])
        for each in list_items(as_of=request.as_of, actor=request.actor)
        if may_challenge(request.actor, each.item)
    ]
    require(Decision(bool(items), "There is no recommendation about which you may ask."))
    asked = Asked(
        f"Ask a question under item {row.number}: {row.title}",
        "Ask it",
        "The question is on the record, and with the owner.",
        reverse("meetings:show", args=(row.meeting,)),
        "It stays open until it is answered, and answered until you say that the answer is enough.",
    )

    def run(said: dict[str, Any]) -> None:
        services.ask_at_meeting(item=ref, by=request.account, at=request.moment, **said)

    return ask_for(request, AskForm(request.POST or None, items=items), asked, run)
