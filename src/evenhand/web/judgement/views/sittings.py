"""A sitting: what was put before the panel, who may judge it, the votes, and the end."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.judgement.insiders import list_bars
from evenhand.accountability.judgement.permissions import (
    may_conclude,
    may_convene,
    may_declare,
    may_judge,
)
from evenhand.accountability.judgement.votes import TIE_RULE
from evenhand.accountability.permissions import may_enter
from evenhand.core import Decision
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page, render_text
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.forms import InterestForm, SureForm, VoteForm, WhyForm
from evenhand.web.judgement.queries import SittingView
from evenhand.web.judgement.sources import find_source
from evenhand.web.judgement.views.sending import crumbs_of, read_item, send_for, today
from evenhand.web.register.queries import ItemRow
from evenhand.web.register.views.commanding import Told
from evenhand.web.work.queries import list_shown_evidence


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """Who sits, who is barred and why, who has voted; the votes once it has been decided."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    row = read_item(request, sitting.item)
    panel = queries.get_panel(sitting.panel, as_of=request.as_of)
    seats = panel.sitting_on(sitting.closes_on)
    ties = queries.list_ties(seats, item=sitting.item, as_of=request.as_of)
    decided = sitting.state == "decided"
    votes = queries.list_votes([sitting.pk], as_of=request.as_of).get(sitting.pk, ())
    verdicts = queries.list_verdicts(as_of=request.as_of, item=sitting.item)
    context = {
        "item": row,
        "sitting": sitting,
        "crumbs": crumbs_of(row),
        "panel": panel,
        "members": [
            (seat, list_bars(ties[seat.member]), seat.member in sitting.voted) for seat in seats
        ],
        "votes": votes if decided else (),
        "verdict": next((each for each in verdicts if each.sitting == key), None),
        "names": list_names({vote.member for vote in votes}),
        "tie_rule": TIE_RULE,
        "may_do": {} if request.as_of.past else _offers(request, sitting, row),
    }
    return render(request, "judgement/sitting.html", context)


@page(may_enter)
def bundle(request: PageRequest, key: str) -> HttpResponse:
    """What was put before the panel, to read and to print."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    row = read_item(request, sitting.item)
    shown = list_shown_evidence(as_of=request.as_of, item=row, actor=request.actor)
    titles = {each.ref: each for each in shown.rows}
    claim = queries.get_claim(sitting.claim, as_of=request.as_of)
    facts = sitting.bundle
    context = {
        "item": row,
        "sitting": sitting,
        "crumbs": crumbs_of(row),
        "facts": facts,
        "source": find_source(facts, as_of=request.as_of),
        "claim": claim,
        "criterion": queries.get_criterion(sitting.criterion, as_of=request.as_of),
        "evidence": [(each, titles.get(each["ref"])) for each in facts["evidence"]],
        "names": list_names(
            {claim.by, facts["criterion"]["for_owner"], facts["criterion"]["for_secretariat"]}
        ),
    }
    return render(request, "judgement/bundle.html", context)


@page(may_enter)
def bundle_file(request: PageRequest, key: str) -> HttpResponse:
    """The canonical spelling that was hashed, to check with one's own means."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    read_item(request, sitting.item)
    response = render_text(sitting.bundle_text)
    response["Content-Type"] = "application/json"
    response["Content-Disposition"] = f'attachment; filename="bundle-{sitting.ref}.json"'
    return response


@page(may_enter)
def vote(request: PageRequest, key: str) -> HttpResponse:
    """Cast a vote."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    row = read_item(request, sitting.item)
    claim = queries.get_claim(sitting.claim, as_of=request.as_of)
    return send_for(
        request,
        row,
        allowed=_may_vote(request, sitting, row),
        told=Told(
            f"Vote on the claim of “{claim.level_words}”",
            "Cast the vote",
            "Your vote is cast; it is shown once the sitting is decided.",
            TIE_RULE,
        ),
        form=VoteForm(request.POST or None),
        run=services.cast_vote,
        back=reverse("judgement:sitting", args=(key,)),
        sitting=key,
    )


@page(may_enter)
def declare(request: PageRequest, key: str) -> HttpResponse:
    """Declare an interest in the item of a sitting."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    row = read_item(request, sitting.item)
    seat = queries.get_panel(sitting.panel, as_of=request.as_of).find_seat(request.actor.ref)
    allowed = may_declare(request.actor, member=seat.member if seat else "")
    if seat is None:
        allowed = Decision(False, "Only a member of this panel declares an interest here.")
    return send_for(
        request,
        row,
        allowed=allowed,
        told=Told(
            "Declare an interest",
            "Declare it",
            "Your interest is declared; you do not judge this item.",
            "You will not be able to judge this item. Only the secretariat can end an interest.",
        ),
        form=InterestForm(request.POST or None),
        run=services.declare_interest,
        back=reverse("judgement:sitting", args=(key,)),
        member=request.actor.ref,
        recommendation=sitting.item,
    )


@page(may_enter)
def conclude(request: PageRequest, key: str) -> HttpResponse:
    """Close the voting: the votes become a verdict."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    row = read_item(request, sitting.item)
    return send_for(
        request,
        row,
        allowed=may_conclude(request.actor, row.item),
        told=Told(
            "Close the voting",
            "Close the voting and record the verdict",
            "The verdict is on the record.",
            f"{len(sitting.voted)} have voted; the quorum is {sitting.quorum}. A verdict cannot be "
            f"taken back. {TIE_RULE}",
        ),
        form=SureForm(request.POST or None),
        run=services.conclude_sitting,
        back=reverse("judgement:sitting", args=(key,)),
        subject=sitting.subject,
        sitting=key,
    )


@page(may_enter)
def abandon(request: PageRequest, key: str) -> HttpResponse:
    """End the sitting without a verdict."""
    sitting = queries.get_sitting(key, as_of=request.as_of)
    row = read_item(request, sitting.item)
    return send_for(
        request,
        row,
        allowed=may_convene(request.actor, row.item),
        told=Told(
            "End the sitting without a verdict",
            "End it",
            "The sitting has ended; the claim waits for another.",
            "The votes cast stay on the record and decide nothing.",
        ),
        form=WhyForm(request.POST or None),
        run=services.abandon_sitting,
        back=reverse("judgement:sitting", args=(key,)),
        subject=sitting.subject,
        sitting=key,
    )


def _may_vote(request: PageRequest, sitting: SittingView, row: ItemRow) -> Decision:
    actor, as_of = request.actor, request.as_of
    seat = queries.get_panel(sitting.panel, as_of=as_of).find_seat(actor.ref)
    ties = queries.find_ties(actor.ref, seat, item=sitting.item, as_of=as_of)
    return may_judge(actor, row.item, ties=ties, term=seat.term if seat else None)


def _offers(request: PageRequest, sitting: SittingView, row: ItemRow) -> dict[str, bool]:
    if sitting.state != "open":
        return {}
    actor = request.actor
    seated = queries.get_panel(sitting.panel, as_of=request.as_of).find_seat(actor.ref)
    may_now = sitting.opens_on <= today(request) <= sitting.closes_on
    unvoted = actor.ref not in sitting.voted
    return {
        "vote": may_now and unvoted and bool(_may_vote(request, sitting, row)),
        "declare": seated is not None and unvoted,
        "conclude": bool(may_conclude(actor, row.item)),
        "abandon": bool(may_convene(actor, row.item)),
    }
