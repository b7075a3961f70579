"""Accept a paper with all it holds, or discard it: each asked once more, in words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.permissions import may_import
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.imports.faults import check_proposal
from evenhand.web.imports.queries import get_draft, get_proposal
from evenhand.web.imports.services import discard_draft, import_report
from evenhand.web.imports.views.look import build_counts
from evenhand.web.ledger.queries import get_version


@page(may_import)
def accept(request: PageRequest, ref: str) -> HttpResponse:
    """Say what will be recorded and what will not; then record all of it or nothing."""
    draft = get_draft(ref)
    if request.method == "POST":
        publication = import_report(
            draft=ref, by=request.account, at=request.moment, seen=read_seen(request)
        )
        messages.success(request, "The report is on the register, all of it.")
        return redirect(f"{reverse('work:items')}?publication={publication}")
    proposal = get_proposal(ref)
    context = {
        "draft": draft,
        "proposal": proposal,
        "counts": build_counts(proposal),
        "faults": check_proposal(proposal, today=day_of(request.moment)),
        "version": get_version(draft.subject),
    }
    return render(request, "imports/accept.html", context)


@page(may_import)
def discard(request: PageRequest, ref: str) -> HttpResponse:
    """Empty a paper that waits."""
    draft = get_draft(ref)
    if request.method == "POST":
        discard_draft(draft=ref, by=request.account, at=request.moment, seen=read_seen(request))
        messages.success(request, "The paper is discarded. Nothing of it was recorded.")
        return redirect("imports:bring")
    context = {"draft": draft, "version": get_version(draft.subject)}
    return render(request, "imports/discard.html", context)
