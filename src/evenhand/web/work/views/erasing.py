"""Erase the words of one event, as the law requires."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.permissions import may_erase, may_read
from evenhand.core import require
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.templatetags.register_pages import clock, words
from evenhand.web.ledger.queries import get_happening, list_touched
from evenhand.web.register.queries import get_item
from evenhand.web.register.views.commanding import Crumbs, Sending, Told, build_crumbs, send
from evenhand.web.work.forms import EraseForm, EventForm
from evenhand.web.work.services import erase_words

ERASE = Told(
    "Erase the words of an event",
    "Erase the words",
    "The words are erased. That they were, when and on what ground is on the record. Copies given "
    "out that hold them are listed under Releases.",
    "The words, and the file if there is one, are gone for good: from the pages, from past dates "
    "and from the search. Who acted, when and on what stays, and the ledger still verifies.",
)


@page(may_erase)
def find(request: PageRequest) -> HttpResponse:
    """Which event: by its number in the record, where it is of no recommendation’s history."""
    form = EventForm(request.GET if "event" in request.GET else None)
    if form.is_valid():
        return redirect("work:erase-event", form.cleaned_data["event"])
    return render(request, "work/find_event.html", {"form": form})


@page(may_erase)
def erase_event(request: PageRequest, event: int) -> HttpResponse:
    """The same for any event, as of a meeting or a party."""
    back = reverse("work:find-event")
    return _send(request, event, back=back, crumbs=(("Erase the words of an event", back),))


@page(may_erase)
def erase(request: PageRequest, ref: str, event: int) -> HttpResponse:
    """Ask for the ground and once more whether it is meant; then erase."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    if row.subject not in list_touched(event):
        raise NotThere("there is no such event about this recommendation.", rule="event-exists")
    history = reverse("work:history", args=(ref,))
    crumbs = (*build_crumbs(row), ("Everything that happened to it", history))
    return _send(request, event, back=history, crumbs=crumbs)


def _send(request: PageRequest, event: int, *, back: str, crumbs: Crumbs) -> HttpResponse:
    about = get_happening(event)
    sending = Sending(
        told=ERASE,
        form=EraseForm(request.POST or None),
        run=partial(erase_words, event=event),
        back=back,
        crumbs=crumbs,
        facts=(
            ("Event", f"{event}: {words(about.kind)}"),
            ("When", clock(about.at)),
            ("About", about.subject),
        ),
    )
    return send(request, sending)
