"""How one recommendation is judged: measure, claims, sittings, verdicts, and what others say."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.judgement.permissions import (
    may_give_view,
    may_propose_criterion,
    may_reopen,
)
from evenhand.accountability.permissions import may_claim, may_enter, may_read
from evenhand.core import require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.charting import draw_readings
from evenhand.web.judgement.criterion_form import CriterionForm
from evenhand.web.judgement.forms import ClaimForm, ViewForm
from evenhand.web.judgement.views.offers import list_item_offers
from evenhand.web.ledger.erasure import list_erasures
from evenhand.web.register.forms import ReasonForm
from evenhand.web.register.queries import get_item
from evenhand.web.register.views.commanding import ItemCommand, Told, item_page


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """Everything by which one recommendation is judged, as of the day looked at."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    as_of = request.as_of
    criteria = queries.list_criteria(as_of=as_of, item=ref)
    measured = queries.judge_items(as_of=as_of, items=[ref]).get(ref)
    claims = queries.list_claims(as_of=as_of, item=ref)
    interests = queries.list_interests(as_of=as_of, item=ref)
    people = {claim.by for claim in claims} | {each.member for each in interests}
    for view in criteria:
        people |= {view.proposed_by, view.for_owner, view.for_secretariat}
    context = {
        "item": row,
        "criteria": criteria,
        "measured": measured,
        "chart": draw_readings(measured) if measured else "",
        "claims": claims,
        "sittings": queries.list_sittings(as_of=as_of, item=ref),
        "verdicts": queries.list_verdicts(as_of=as_of, item=ref),
        "outside": queries.list_outside_views(as_of=as_of, item=ref),
        "interests": interests,
        "names": list_names(people - {""}),
        "erased": list_erasures(row.subject),
        "offers": [] if as_of.past else list_item_offers(request.actor, row, criteria, claims),
    }
    return render(request, "judgement/item.html", context)


HERE = "judgement:item"
"""Where every command below returns to: what it changed is told there."""

propose = item_page(
    ItemCommand(
        told=Told(
            "Propose a criterion",
            "Propose it",
            "The criterion is proposed; owner and secretariat have each to agree.",
        ),
        rule=lambda actor, row: may_propose_criterion(actor, row.item),
        form=CriterionForm,
        run=services.propose_criterion,
        lands_on=HERE,
    )
)
claim = item_page(
    ItemCommand(
        told=Told(
            "Claim a level",
            "Claim it",
            "The claim is on the record, with its evidence.",
            "A claim that was not yet judged is replaced by this one.",
        ),
        rule=lambda actor, row: may_claim(actor, row.item),
        form=ClaimForm,
        run=services.make_claim,
        lands_on=HERE,
    )
)
reopen = item_page(
    ItemCommand(
        told=Told(
            "Open this item again",
            "Open it again",
            "The item is open again; its verdict stays readable and no longer counts.",
            "The verdict no longer counts from now on. Another needs a new claim.",
        ),
        rule=lambda actor, row: may_reopen(actor, row.item),
        form=ReasonForm,
        run=services.reopen_item,
        lands_on=HERE,
    )
)
give_view = item_page(
    ItemCommand(
        told=Told(
            "Record a view from outside",
            "Record the view",
            "The view stands beside the verdict.",
            "It is shown beside what the panel found, and never counted in it.",
        ),
        rule=lambda actor, row: may_give_view(actor, row.item),
        form=ViewForm,
        run=services.give_view,
        lands_on=HERE,
        versioned=False,
    )
)
