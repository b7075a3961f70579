"""The reports on the register."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.register.queries import list_publications, list_scales


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every report, with how many recommendations and items it has, and its scale."""
    context = {"publications": list_publications(as_of=request.as_of), "scales": list_scales()}
    return render(request, "register/publications.html", context)
