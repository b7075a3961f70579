"""What awaits my judgement, my agreement or my decision; and how things stand altogether."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.judgement import Outcome
from evenhand.accountability.judgement.permissions import (
    may_agree_for_owner,
    may_agree_for_secretariat,
    may_convene,
    may_judge,
    may_recheck,
)
from evenhand.accountability.permissions import may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement import queries
from evenhand.web.judgement.queries import SittingView
from evenhand.web.register.queries import ItemRow, list_items

Waiting = tuple[ItemRow, object, str]
SHOWN = 12  # of a list that waits: a screenful; the rest comes up as these are dealt with


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """Sittings for a member, agreements for either side, claims for the secretariat."""
    rows = {row.ref: row for row in list_items(as_of=request.as_of, actor=request.actor)}
    latest = queries.list_latest_verdicts(as_of=request.as_of)
    verdicts = [each for each in latest.values() if each.item in rows]
    outcomes = Counter(
        each.judged.outcome
        for item, each in queries.judge_items(as_of=request.as_of).items()
        if item in rows
    )
    recent = sorted(verdicts, key=lambda each: each.decided_at, reverse=True)[:10]
    claims = _list_claims(request, rows)
    rechecks = _list_rechecks(request, rows, verdicts)
    context = {
        "sittings": _list_sittings(request, rows),
        "agree": _list_agreements(request, rows),
        "claims": claims[:SHOWN],
        "more_claims": len(claims) - SHOWN,
        "conclude": _list_open(request, rows),
        "rechecks": rechecks[:SHOWN],
        "more_rechecks": len(rechecks) - SHOWN,
        "outcomes": [(each, outcomes[each]) for each in Outcome],
        "unmeasured": len(rows) - outcomes.total(),
        "recent": [(rows[each.item], each) for each in recent],
    }
    return render(request, "judgement/home.html", context)


def _open(request: PageRequest, rows: dict[str, ItemRow]) -> Iterable[SittingView]:
    found = queries.list_sittings(as_of=request.as_of, state="open")
    return [sitting for sitting in found if sitting.item in rows]


def _list_sittings(request: PageRequest, rows: dict[str, ItemRow]) -> list[Waiting]:
    """Open sittings of this person's panels that they have not voted in, with what bars them."""
    actor, as_of = request.actor, request.as_of
    seats = {p.ref: p.find_seat(actor.ref) for p in queries.list_panels(as_of=as_of)}
    found: list[Waiting] = []
    for sitting in _open(request, rows):
        seat, row = seats.get(sitting.panel), rows[sitting.item]
        if seat is None or actor.ref in sitting.voted:
            continue
        ties = queries.find_ties(actor.ref, seat, item=sitting.item, as_of=as_of)
        decision = may_judge(actor, row.item, ties=ties, term=seat.term)
        found.append((row, sitting, decision.reason))
    return found


def _list_agreements(request: PageRequest, rows: dict[str, ItemRow]) -> list[Waiting]:
    """Criteria that wait for this person's side."""
    actor = request.actor
    found: list[Waiting] = []
    for view in queries.list_criteria(as_of=request.as_of):
        row = rows.get(view.item)
        if row is None or view.state not in ("proposed", "half_agreed"):
            continue
        asked = may_agree_for_owner(actor, row.item, agreed_by=view.for_secretariat)
        if asked and not view.for_owner:
            found.append((row, view, "agree-owner"))
        asked = may_agree_for_secretariat(actor, row.item, agreed_by=view.for_owner)
        if asked and not view.for_secretariat:
            found.append((row, view, "agree-secretariat"))
    return found


def _list_claims(request: PageRequest, rows: dict[str, ItemRow]) -> list[Waiting]:
    made = queries.list_claims(as_of=request.as_of, state="made")
    return [
        (rows[claim.item], claim, "")
        for claim in made
        if claim.item in rows and may_convene(request.actor, rows[claim.item].item)
    ]


def _list_open(request: PageRequest, rows: dict[str, ItemRow]) -> list[Waiting]:
    return [
        (rows[sitting.item], sitting, "")
        for sitting in _open(request, rows)
        if may_convene(request.actor, rows[sitting.item].item)
    ]


def _list_rechecks(
    request: PageRequest, rows: dict[str, ItemRow], verdicts: list[queries.VerdictView]
) -> list[Waiting]:
    due = [
        each
        for each in verdicts
        if each.state == "stands" and each.recheck_on and each.recheck_on < request.as_of.on
    ]
    return [
        (rows[each.item], each, "")
        for each in sorted(due, key=lambda each: each.recheck_on or each.decided_on)
        if may_recheck(request.actor, rows[each.item].item)
    ]
