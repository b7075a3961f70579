"""What I owe, what I was sent, and where my digest goes."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.owed import Week, list_owed, week_of
from evenhand.accountability.permissions import may_enter
from evenhand.web.accounts.services import set_address
from evenhand.web.digests.forms import AddressForm
from evenhand.web.digests.gathering import gather_matters
from evenhand.web.digests.queries import get_digest, list_digests
from evenhand.web.digests.rendering import HEADS
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import PageRequest, page


@page(may_enter)
def owed(request: PageRequest) -> HttpResponse:
    """Everything that waits for the reader today, in the order of a digest."""
    form = AddressForm(request.POST or None, initial={"address": request.account.email})
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        set_address(address=address, by=request.account, at=request.moment)
        messages.success(request, "Kept. The next digest goes there.")
        return redirect("digests:owed")
    view = AsOf.now(request.moment)
    found = list_owed(request.actor, gather_matters(as_of=view), on=view.on)
    groups = [
        (HEADS[level], [(kind, list(rows)) for kind, rows in groupby(of, key=_kind)])
        for level, of in ((lv, list(rows)) for lv, rows in groupby(found, key=lambda o: o.level))
    ]
    context = {
        "groups": groups,
        "total": len(found),
        "week": week_of(view.on),
        "digests": list_digests(request.actor.ref),
        "form": form,
    }
    return render(request, "digests/owed.html", context, status=422 if form.errors else 200)


@page(may_enter)
def digest(request: PageRequest, year: int, week: int) -> HttpResponse:
    """One of one’s own digests, as it was sent."""
    row = get_digest(request.actor.ref, Week(year, week))
    return render(request, "digests/digest.html", {"digest": row})


def _kind(owed: object) -> object:
    return owed.matter.kind  # type: ignore[attr-defined]
