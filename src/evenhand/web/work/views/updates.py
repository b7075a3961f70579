"""Post an update. The pattern of every page that commands: read form, call one command, go back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_enter, may_report
from evenhand.core import require
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.register.queries import get_item
from evenhand.web.work.forms import UpdateForm
from evenhand.web.work.services import post_update


@page(may_enter)
def post(request: PageRequest, ref: str) -> HttpResponse:
    """Progress, challenges and next steps, as at a day."""
    row = get_item(ref, as_of=request.as_of)
    require(may_report(request.actor, row.item))
    form = UpdateForm(request.POST or None, initial={"as_at": day_of(request.moment)})
    if request.method == "POST" and form.is_valid():
        post_update(recommendation=ref, by=request.account, at=request.moment, **form.cleaned_data)
        messages.success(request, "The update is on the record.")
        return redirect("work:item", ref)
    context = {"item": row, "form": form, "title": "Post an update", "button": "Post update"}
    return render(request, "foundation/command.html", context)
