"""Extend a due date: a decision with a reason, and the second of two editors sees the first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_enter, may_extend
from evenhand.core import require
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version
from evenhand.web.register.forms import ExtendForm
from evenhand.web.register.queries import get_item
from evenhand.web.register.services import extend_due_date


@page(may_enter)
def extend(request: PageRequest, ref: str) -> HttpResponse:
    """Move a due date later; the original stays beside it."""
    row = get_item(ref, as_of=request.as_of)
    require(may_extend(request.actor, row.item))
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        extend_due_date(
            recommendation=ref,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
            **form.cleaned_data,
        )
        messages.success(request, "The extension is on the record; the original date stays.")
        return redirect("work:item", ref)
    context = {
        "item": row,
        "form": form,
        "title": "Extend the due date",
        "button": "Record the extension",
        "version": request.POST.get("seen") or get_version(row.subject),
    }
    return render(request, "foundation/command.html", context)
