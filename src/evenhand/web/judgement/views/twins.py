"""Public twins of evidence: prepared, looked at by another person, handed out once passed."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from evenhand.accountability.judgement.permissions import (
    may_pass_redaction,
    may_redact,
    may_see_twin,
)
from evenhand.accountability.permissions import may_enter
from evenhand.core import Decision, require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.forms import PassForm, TwinForm, WhyForm
from evenhand.web.judgement.queries import RedactionRow
from evenhand.web.judgement.twins import load_twin
from evenhand.web.judgement.views.sending import send_for
from evenhand.web.register.queries import ItemRow, get_item
from evenhand.web.register.views.commanding import Told
from evenhand.web.work.queries import EvidenceRow, list_evidence


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """The public twins of a piece of evidence; the private file has its own page and rule."""
    _, items = _load(request, key)
    passed = _any(may_see_twin(request.actor, row.item, passed=True) for row in items)
    require(passed)
    all_seen = _any(may_see_twin(request.actor, row.item, passed=False) for row in items)
    twins = queries.list_redactions(as_of=request.as_of, evidence=key, only_passed=not all_seen)
    context = {
        "key": key,
        "items": items,
        "twins": twins,
        "names": list_names({each.made_by for each in twins}),
        "may_redact": not request.as_of.past
        and bool(_any(may_redact(request.actor, row.item) for row in items)),
        "may_pass": {each.ref: bool(_may_pass(request, each, items)) for each in twins},
    }
    return render(request, "judgement/twins.html", context)


@page(may_enter)
def prepare(request: PageRequest, key: str) -> HttpResponse:
    """Send a version without private matter."""
    _, items = _load(request, key)
    return send_for(
        request,
        items[0],
        allowed=_any(may_redact(request.actor, row.item) for row in items),
        told=Told(
            "Prepare a public twin",
            "Keep this version",
            "It waits for another person to look at it.",
            "It is kept apart from the private file, and shown once another person passed it.",
        ),
        form=TwinForm(request.POST or None, request.FILES or None),
        run=services.prepare_redaction,
        back=reverse("judgement:twins", args=(key,)),
        evidence=key,
    )


@page(may_enter)
def review(request: PageRequest, key: str) -> HttpResponse:
    """Say that nothing private is left, or send it back."""
    twin = queries.get_redaction(key, as_of=request.as_of)
    _, items = _load(request, twin.evidence)
    return send_for(
        request,
        items[0],
        allowed=_may_pass(request, twin, items),
        told=Told(
            "Look at a public twin",
            "Record what you found",
            "It is on the record.",
            "Once passed, whoever may read the item sees it, and it can be released to the public.",
        ),
        form=PassForm(request.POST or None),
        run=services.review_redaction,
        back=reverse("judgement:twins", args=(twin.evidence,)),
        subject=twin.subject,
        redaction=key,
    )


@page(may_enter)
def withdraw(request: PageRequest, key: str) -> HttpResponse:
    """Show it no longer."""
    twin = queries.get_redaction(key, as_of=request.as_of)
    _, items = _load(request, twin.evidence)
    allowed = [may_pass_redaction(request.actor, row.item, made_by="") for row in items]
    return send_for(
        request,
        items[0],
        allowed=next((each for each in allowed if not each), allowed[0]),
        told=Told("Withdraw a public twin", "Withdraw it", "It is shown no longer."),
        form=WhyForm(request.POST or None),
        run=services.withdraw_redaction,
        back=reverse("judgement:twins", args=(twin.evidence,)),
        subject=twin.subject,
        redaction=key,
    )


@page(may_enter)
def download(request: PageRequest, key: str) -> HttpResponse:
    """The file of a public twin, checked against its hash."""
    twin = queries.get_redaction(key, as_of=request.as_of)
    _, items = _load(request, twin.evidence)
    passed = twin.state == "passed"
    require(_any(may_see_twin(request.actor, row.item, passed=passed) for row in items))
    response = HttpResponse(load_twin(twin.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=twin.filename
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _load(request: PageRequest, key: str) -> tuple[EvidenceRow, list[ItemRow]]:
    found = next((each for each in list_evidence(as_of=request.as_of) if each.ref == key), None)
    if found is None:
        raise NotThere("there is no such evidence at that date.", rule="evidence-exists")
    return found, [get_item(ref, as_of=request.as_of) for ref, _ in found.uses]


def _any(decisions: Iterable[Decision]) -> Decision:
    asked = list(decisions)
    return next((each for each in asked if each), asked[0])


def _may_pass(request: PageRequest, twin: RedactionRow, items: list[ItemRow]) -> Decision:
    asked = [may_pass_redaction(request.actor, row.item, made_by=twin.made_by) for row in items]
    return next((each for each in asked if not each), asked[0])
