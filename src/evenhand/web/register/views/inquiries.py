"""Inquiries: the list, a page for each with its reports, and opening one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.permissions import may_enter, may_import
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.register.choices import ThemeKind
from evenhand.web.register.forms import InquiryForm
from evenhand.web.register.queries import (
    get_inquiry,
    list_inquiry_rows,
    list_publications,
    list_scales,
)
from evenhand.web.register.services import open_inquiry
from evenhand.web.register.views.commanding import Sending, Told, send

OPEN = Told(
    "Open an inquiry",
    "Open it",
    "The inquiry is on the register; its reports can be imported.",
    "Its reference is part of every address and never changes.",
)


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every inquiry, with how much of it is still open."""
    rows = list_inquiry_rows(as_of=request.as_of, actor=request.actor)
    return render(request, "register/inquiries.html", {"inquiries": rows})


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One inquiry: its reports, and its items by strand, theme and area."""
    row, counts = get_inquiry(ref, as_of=request.as_of, actor=request.actor)
    kinds = ((ThemeKind.STRAND, "strand"), (ThemeKind.THEME, "theme"), (ThemeKind.AREA, "theme"))
    context = {
        "inquiry": row,
        "publications": list_publications(as_of=request.as_of, inquiry=ref),
        "scales": list_scales(),
        "groups": [
            (kind.label, name, [each for each in counts if each.theme.kind == kind])
            for kind, name in kinds
        ],
    }
    return render(request, "register/inquiry.html", context)


@page(may_import)
def start(request: PageRequest) -> HttpResponse:
    """Put an inquiry on the register."""
    sending = Sending(
        told=OPEN,
        form=InquiryForm(request.POST or None),
        run=open_inquiry,
        back=reverse("register:inquiries"),
        crumbs=(("Inquiries", reverse("register:inquiries")),),
    )
    return send(request, sending)
