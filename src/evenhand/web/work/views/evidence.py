"""Evidence: a page for each piece with its versions, and what can be done with it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from evenhand.accountability.machines import EVIDENCE
from evenhand.accountability.permissions import (
    may_enter,
    may_offer_evidence,
    may_review_evidence,
)
from evenhand.accountability.roles import Actor
from evenhand.core import Decision, require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.templatetags.register_pages import narrative_of, words
from evenhand.web.ledger.erasure import list_erasures
from evenhand.web.register.queries import ItemRow, list_items
from evenhand.web.register.views.commanding import (
    Crumbs,
    ItemCommand,
    Sending,
    Told,
    item_page,
    send,
)
from evenhand.web.work import services
from evenhand.web.work.files import load_file
from evenhand.web.work.forms import OfferForm, ReviewForm, UseForm, VersionForm, WithdrawForm
from evenhand.web.work.queries import EvidenceRow, get_shown_evidence

SHOWN_AS_TEXT = frozenset({"text/html"})
"""Types a browser would run something in: they are handed out as plain text."""

offer = item_page(
    ItemCommand(
        told=Told("Offer evidence", "Offer the evidence", "The evidence is on the record."),
        rule=lambda actor, row: may_offer_evidence(actor, row.item),
        form=OfferForm,
        run=services.offer_evidence,
        section="evidence",
        versioned=False,
    )
)


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """One piece of evidence: its versions, what it is used for, who reviewed it."""
    row, items = get_shown_evidence(key, as_of=request.as_of, actor=request.actor)
    people = {row.offered_by, row.reviewed_by, *(each.by for each in row.versions)} - {""}
    context = {
        "evidence": row,
        "versions": row.versions[::-1],
        "uses": [(item, dict(row.uses)[item.ref]) for item in items],
        "names": list_names(people),
        "erased": list_erasures(row.subject),
        "may_do": {} if request.as_of.past else _offers(request.actor, row, items),
    }
    return render(request, "work/evidence.html", context)


@page(may_enter)
def download(request: PageRequest, key: str, number: int) -> HttpResponse:
    """The file of a version, checked against its hash, for those cleared for the version."""
    row, _ = get_shown_evidence(key, as_of=request.as_of, actor=request.actor)
    version = next((each for each in row.versions if each.number == number), None)
    if version is None or not version.sha256:
        raise NotThere("there is no such file that you may have.", rule="evidence-exists")
    if version.erased:
        raise NotThere("this file was erased, as the law requires.", rule="erased-by-law")
    content = load_file(version.sha256)
    plain = version.media_type in SHOWN_AS_TEXT
    response = HttpResponse(
        content, content_type="text/plain; charset=utf-8" if plain else version.media_type
    )
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=version.filename
    )
    response["X-Content-Type-Options"] = "nosniff"
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530, §3
    return response


@page(may_enter)
def revise(request: PageRequest, key: str) -> HttpResponse:
    """Offer a new version; the earlier ones stay."""
    told = Told(
        "Offer a new version",
        "Offer the version",
        "The version is on the record; it has to be reviewed again.",
    )
    form = VersionForm(request.POST or None, request.FILES or None)
    return _send(request, key, told, form, services.revise_evidence, rule=_may_offer)


@page(may_enter)
def use(request: PageRequest, key: str) -> HttpResponse:
    """Use it for another recommendation too."""
    row, _ = get_shown_evidence(key, as_of=request.as_of, actor=request.actor)
    used = {ref for ref, _ in row.uses}
    reached = [
        item
        for item in list_items(as_of=request.as_of, actor=request.actor)
        if item.ref not in used and may_offer_evidence(request.actor, item.item)
    ]
    told = Told(
        "Use this evidence for another recommendation",
        "Use it",
        "It is used for that recommendation too.",
        "Whoever owns that recommendation will see it, whatever its class.",
    )
    form = UseForm(request.POST or None, items=reached)
    run = services.use_evidence
    return _send(request, key, told, form, run, rule=_may_offer, versioned=False)


@page(may_enter)
def review(request: PageRequest, key: str) -> HttpResponse:
    """Accept it or send it back: by somebody who neither offered nor owns it."""
    told = Told("Review the evidence", "Record the review", "The review is on the record.")
    form = ReviewForm(request.POST or None)
    return _send(request, key, told, form, services.review_evidence, rule=_may_review)


@page(may_enter)
def withdraw(request: PageRequest, key: str) -> HttpResponse:
    """Rely on it no longer."""
    told = Told(
        "Withdraw the evidence",
        "Withdraw it",
        "It is withdrawn, and stays on the record.",
        "Withdrawn evidence counts for nothing and cannot be taken up again.",
    )
    form = WithdrawForm(request.POST or None)
    return _send(request, key, told, form, services.withdraw_evidence, rule=_may_offer)


def _send(
    request: PageRequest,
    key: str,
    told: Told,
    form: forms.Form,
    run: Callable[..., object],
    *,
    rule: Callable[[Actor, EvidenceRow, list[ItemRow]], Decision],
    versioned: bool = True,
) -> HttpResponse:
    row, items = get_shown_evidence(key, as_of=request.as_of, actor=request.actor)
    require(rule(request.actor, row, items))
    title = narrative_of(row.title, None)
    address = reverse("work:evidence", args=(key,))
    latest = f"{row.latest.number}, {words(row.latest.classification).lower()}"
    sending = Sending(
        told=told,
        form=form,
        run=partial(run, evidence=key),
        back=address,
        subject=row.subject if versioned else "",
        crumbs=(*_crumbs(items), (title, address)),
        facts=(
            ("Evidence", title),
            ("State", EVIDENCE.state(row.state).words),
            ("Latest version", latest),
        ),
    )
    return send(request, sending)


def _crumbs(items: list[ItemRow]) -> Crumbs:
    first = [(item.label, reverse("work:item", args=(item.ref,))) for item in items[:1]]
    return (("Recommendations", reverse("work:items")), *first)


def _may_offer(actor: Actor, _row: EvidenceRow, items: list[ItemRow]) -> Decision:
    asked = [may_offer_evidence(actor, item.item) for item in items]
    return next((each for each in asked if each), asked[0])


def _may_review(actor: Actor, row: EvidenceRow, items: list[ItemRow]) -> Decision:
    asked = [may_review_evidence(actor, item.item, offered_by=row.offered_by) for item in items]
    return next((each for each in asked if not each), asked[0])


def _offers(actor: Actor, row: EvidenceRow, items: list[ItemRow]) -> dict[str, bool]:
    verbs = EVIDENCE.verbs_from(row.state)
    offers = bool(_may_offer(actor, row, items))
    return {
        "revise": offers and "revise" in verbs,
        "use": offers and row.state != "withdrawn",
        "withdraw": offers and "withdraw" in verbs,
        "review": "accept" in verbs and bool(_may_review(actor, row, items)),
    }
