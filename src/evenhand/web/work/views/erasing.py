"""Erase the words of one event, as the law requires."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from evenhand.accountability.permissions import may_erase, may_read
from evenhand.core import require
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.templatetags.register_pages import clock, words
from evenhand.web.ledger.queries import get_happening, list_touched
from evenhand.web.register.queries import get_item
from evenhand.web.register.views.commanding import Sending, Told, build_crumbs, send
from evenhand.web.work.forms import EraseForm
from evenhand.web.work.services import erase_words

ERASE = Told(
    "Erase the words of an event",
    "Erase the words",
    "The words are erased. That they were, when and on what ground is on the record.",
    "The words, and the file if there is one, are gone for good: from the pages, from past dates "
    "and from the search. Who acted, when and on what stays, and the ledger still verifies.",
)


@page(may_erase)
def erase(request: PageRequest, ref: str, event: int) -> HttpResponse:
    """Ask for the ground and once more whether it is meant; then erase."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    about = get_happening(event)
    if row.subject not in list_touched(event):
        raise NotThere("there is no such event about this recommendation.", rule="event-exists")
    history = reverse("work:history", args=(ref,))

    def run(**arguments: Any) -> None:
        erase_words(event=event, **arguments)

    sending = Sending(
        told=ERASE,
        form=EraseForm(request.POST or None),
        run=run,
        back=history,
        crumbs=(*build_crumbs(row), ("Everything that happened to it", history)),
        facts=(("Event", f"{event}: {words(about.kind)}"), ("When", clock(about.at))),
    )
    return send(request, sending)
