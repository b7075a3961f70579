"""A verdict with every vote, its dissent, what it is bound to, and what became of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.judgement.afterwards import LapseCause
from evenhand.accountability.judgement.permissions import may_recheck
from evenhand.accountability.permissions import may_enter
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.forms import RecheckForm
from evenhand.web.judgement.queries.checking import check_one
from evenhand.web.judgement.sources import find_source
from evenhand.web.judgement.views.sending import crumbs_of, read_item, send_for
from evenhand.web.ledger.erasure import list_erasures
from evenhand.web.register.views.commanding import Told


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """What was found, by whom and on what; the other side in its own words."""
    verdict = queries.get_verdict(key, as_of=request.as_of)
    row = read_item(request, verdict.item)
    votes = queries.list_votes([verdict.sitting_pk], as_of=request.as_of)[verdict.sitting_pk]
    rechecks = queries.list_rechecks(key, as_of=request.as_of)
    sitting = queries.get_sitting(verdict.sitting, as_of=request.as_of)
    may_now = verdict.state == "stands" and not request.as_of.past
    context = {
        "item": row,
        "verdict": verdict,
        "crumbs": crumbs_of(row),
        "sitting": sitting,
        "cause": LapseCause(verdict.cause).words if verdict.cause else "",
        "dissent": queries.list_dissent(verdict, as_of=request.as_of),
        "votes": votes,
        "rechecks": rechecks,
        "outside": queries.list_outside_views(as_of=request.as_of, item=verdict.item),
        "broken": check_one(verdict, as_of=request.as_of),
        "source": find_source(sitting.bundle, as_of=request.as_of),
        "names": list_names({v.member for v in votes} | {each.by for each in rechecks}),
        "erased": list_erasures(row.subject),
        "may_recheck": may_now and bool(may_recheck(request.actor, row.item)),
    }
    return render(request, "judgement/verdict.html", context)


@page(may_enter)
def recheck(request: PageRequest, key: str) -> HttpResponse:
    """Look at it again; where the rule says so, it lapses."""
    verdict = queries.get_verdict(key, as_of=request.as_of)
    row = read_item(request, verdict.item)
    return send_for(
        request,
        row,
        allowed=may_recheck(request.actor, row.item),
        told=Told(
            "Re-check the verdict",
            "Record the re-check",
            "The re-check is on the record.",
            "Where the measure has worsened beyond its interval, or the evidence is out of date, "
            "the verdict lapses by rule: nobody decides it.",
        ),
        form=RecheckForm(request.POST or None),
        run=services.recheck_verdict,
        subject=verdict.subject,
        verdict=key,
    )
