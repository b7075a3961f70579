"""Put a claim before a panel; withdraw it."""

from __future__ import annotations

from django.http import HttpResponse

from evenhand.accountability.judgement.permissions import may_convene
from evenhand.accountability.permissions import may_claim, may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import services
from evenhand.web.judgement.forms import ConveneForm, WhyForm
from evenhand.web.judgement.queries import get_claim
from evenhand.web.judgement.views.sending import read_item, send_for, today
from evenhand.web.register.views.commanding import Told


@page(may_enter)
def convene(request: PageRequest, key: str) -> HttpResponse:
    """Before which panel, how and when; what it is shown is frozen with it."""
    claim = get_claim(key, as_of=request.as_of)
    row = read_item(request, claim.item)
    return send_for(
        request,
        row,
        allowed=may_convene(request.actor, row.item),
        told=Told(
            f"Put “{claim.level_words}” before a panel",
            "Convene the panel",
            "The sitting is convened, and what it judges is frozen.",
            "Text, criterion, figure, claim and evidence versions are frozen under one hash. "
            "The criterion cannot change while the panel sits.",
        ),
        form=ConveneForm(request.POST or None, on=today(request)),
        run=services.convene_sitting,
        claim=key,
    )


@page(may_enter)
def withdraw(request: PageRequest, key: str) -> HttpResponse:
    """No longer claim it, and say why."""
    claim = get_claim(key, as_of=request.as_of)
    row = read_item(request, claim.item)
    return send_for(
        request,
        row,
        allowed=may_claim(request.actor, row.item),
        told=Told(
            f"Withdraw the claim of “{claim.level_words}”",
            "Withdraw it",
            "The claim is withdrawn, and stays on the record.",
        ),
        form=WhyForm(request.POST or None),
        run=services.withdraw_claim,
        subject=claim.subject,
        claim=key,
    )
