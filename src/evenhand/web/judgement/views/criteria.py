"""Agree a criterion, for the owner or for the secretariat; record a figure from outside."""

from __future__ import annotations

from django.http import HttpResponse

from evenhand.accountability.judgement.permissions import (
    may_agree_for_owner,
    may_agree_for_secretariat,
    may_record_figure,
)
from evenhand.accountability.permissions import may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import services
from evenhand.web.judgement.forms import FigureForm, SureForm
from evenhand.web.judgement.queries import get_criterion
from evenhand.web.judgement.views.sending import read_item, send_for
from evenhand.web.register.views.commanding import Told

AGREED = "Agreed. It counts once both sides have."
WARNING = "What both sides agree is what the item will be judged by; a change is a new version."


@page(may_enter)
def agree_owner(request: PageRequest, key: str) -> HttpResponse:
    """Agree to be judged by it."""
    view = get_criterion(key, as_of=request.as_of)
    row = read_item(request, view.item)
    return send_for(
        request,
        row,
        allowed=may_agree_for_owner(request.actor, row.item, agreed_by=view.for_secretariat),
        told=Told(f"Agree for the owner: {view.title}", "Agree", AGREED, WARNING),
        form=SureForm(request.POST or None),
        run=services.agree_for_owner,
        subject=view.subject,
        criterion=key,
    )


@page(may_enter)
def agree_secretariat(request: PageRequest, key: str) -> HttpResponse:
    """Agree that it is what the item is to be judged by."""
    view = get_criterion(key, as_of=request.as_of)
    row = read_item(request, view.item)
    return send_for(
        request,
        row,
        allowed=may_agree_for_secretariat(request.actor, row.item, agreed_by=view.for_owner),
        told=Told(f"Agree for the secretariat: {view.title}", "Agree", AGREED, WARNING),
        form=SureForm(request.POST or None),
        run=services.agree_for_secretariat,
        subject=view.subject,
        criterion=key,
    )


@page(may_enter)
def record(request: PageRequest, key: str) -> HttpResponse:
    """Record a figure with its source."""
    view = get_criterion(key, as_of=request.as_of)
    row = read_item(request, view.item)
    return send_for(
        request,
        row,
        allowed=may_record_figure(request.actor, row.item),
        told=Told(f"Record a figure: {view.title}", "Record it", "The figure is on the record."),
        form=FigureForm(request.POST or None),
        run=services.record_figure,
        criterion=key,
    )
