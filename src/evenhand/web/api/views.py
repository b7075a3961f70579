"""Pages of tokens: one’s own, a new one, an end; and the routes that they open."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_administer
from evenhand.accountability.tokens import PACE, TokenScope, may_end_token, may_hold_token
from evenhand.core import EvenhandError, require
from evenhand.web.accounts.queries import list_names
from evenhand.web.api.forms import TokenForm
from evenhand.web.api.queries import get_token, list_tokens
from evenhand.web.api.routing import list_routes
from evenhand.web.api.services import end_token, make_token
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.pages import PageRequest, page

USUAL_LIFE = timedelta(days=90)


@page(may_hold_token)
def tokens(request: PageRequest) -> HttpResponse:
    """One’s own tokens (an administrator sees all), a form for another, and what they open."""
    first = day_of(request.moment) + USUAL_LIFE
    form = TokenForm(request.POST or None, initial={"expires_on": first, "scopes": ["read"]})
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = _make(request, form)
        except EvenhandError as error:
            form.add_error(None, f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}")
        else:
            form = TokenForm(initial={"expires_on": first, "scopes": ["read"]})
    everybody = bool(may_administer(request.actor))
    rows = list_tokens(holder=None if everybody else request.account)
    context = {
        "form": form,
        "secret": secret,
        "rows": rows,
        "today": day_of(request.moment),
        "names": list_names(row.holder.subject for row in rows),
        "routes": sorted(list_routes(), key=lambda route: (route[2], route[1])),
        "pace": PACE,
        "per_second": timedelta(seconds=1) / PACE.interval,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@page(may_hold_token)
def end(request: PageRequest, ref: str) -> HttpResponse:
    """End a token, asked once more."""
    row = get_token(ref)
    require(may_end_token(request.actor, holder=row.holder.subject))
    if request.method == "POST":
        end_token(token=ref, by=request.account, at=request.moment)
        messages.success(request, "The token is ended. It opens nothing any more.")
        return redirect("tokens:list")
    return render(request, "api/end.html", {"row": row})


def _make(request: PageRequest, form: TokenForm) -> str:
    given = form.cleaned_data
    _, secret = make_token(
        label=given["label"],
        scopes=[TokenScope(scope) for scope in given["scopes"]],
        expires_on=given["expires_on"],
        by=request.account,
        at=request.moment,
    )
    return secret
