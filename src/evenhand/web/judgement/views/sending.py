"""Pages that command something other than a recommendation: its item's rule, one form, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from evenhand.accountability.permissions import may_read
from evenhand.core import Decision, require
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.pages import PageRequest
from evenhand.web.register.queries import ItemRow, get_item
from evenhand.web.register.views.commanding import Crumbs, Sending, Told, build_crumbs, send


def today(request: PageRequest) -> date:
    """The day of the request, in London."""
    return day_of(request.moment)


def read_item(request: PageRequest, ref: str) -> ItemRow:
    """The item of something judged, where the reader's roles reach it."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    return row


def send_for(
    request: PageRequest,
    row: ItemRow,
    *,
    allowed: Decision,
    told: Told,
    form: forms.Form,
    run: Callable[..., object],
    back: str = "",
    subject: str = "",
    **fixed: Any,
) -> HttpResponse:
    """Ask a rule, then show the form or run the command; ``fixed`` are arguments nobody types."""
    require(allowed)

    def command(**arguments: Any) -> object:
        return run(**fixed, **arguments)

    sending = Sending(
        told=told,
        form=form,
        run=command,
        back=back or reverse("judgement:item", args=(row.ref,)),
        subject=subject,
        crumbs=crumbs_of(row),
        exact=row.text,
    )
    return send(request, sending)


def crumbs_of(row: ItemRow) -> Crumbs:
    """Where a page about the judgement of a recommendation lies."""
    return (*build_crumbs(row), ("How it is judged", reverse("judgement:item", args=(row.ref,))))
