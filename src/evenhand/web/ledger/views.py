"""How the record stands, and a copy of it for whoever wants to check it offline."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter, may_export_ledger
from evenhand.web.foundation.pages import PageRequest, page, render_text
from evenhand.web.ledger.export import render_export
from evenhand.web.ledger.keys import load_signing_key
from evenhand.web.ledger.queries import get_head, list_checkpoints


@page(may_enter)
def head(request: PageRequest) -> HttpResponse:
    """The record’s size and root, its signed checkpoints, and how to check them."""
    now = get_head()
    context = {
        "size": now.size,
        "root": now.root.hex(),
        "last_at": now.at,
        "checkpoints": [signed.render() for signed in list_checkpoints()[-3:]],
    }
    return render(request, "ledger/head.html", context)


@page(may_export_ledger)
def export(_request: PageRequest) -> HttpResponseBase:
    """The whole ledger as a file for ``evenhand ledger verify``."""
    response = StreamingHttpResponse(render_export(), content_type="application/jsonl")
    response["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return response


@page(may_enter)
def public_key(_request: PageRequest) -> HttpResponse:
    """The public key that checkpoints are signed with."""
    return render_text(load_signing_key().public.render() + "\n")
