"""One recommendation: its exact words, who owns it, what has happened, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import (
    may_act,
    may_challenge,
    may_enter,
    may_erase,
    may_offer_evidence,
    may_read,
    may_report,
)
from evenhand.core import require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement.queries import get_standing
from evenhand.web.ledger.erasure import list_erasures
from evenhand.web.meetings.queries import list_minutes
from evenhand.web.register.queries import (
    ItemRow,
    get_item,
    list_children,
    list_coverage,
    list_links,
)
from evenhand.web.register.views.offers import list_offers
from evenhand.web.work import queries


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """Everything about one recommendation, as of the day looked at."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    evidence = queries.list_shown_evidence(as_of=request.as_of, item=row, actor=request.actor)
    said: dict[str, Sequence[object]] = {
        "updates": queries.list_updates(as_of=request.as_of, item=ref),
        "challenges": queries.list_challenges(as_of=request.as_of, item=ref),
        "actions": queries.list_actions(as_of=request.as_of, item=ref),
        "evidence": evidence.rows,
        "minutes": list_minutes(as_of=request.as_of, recommendation=ref),
    }
    context = {
        "item": row,
        "judged": get_standing(ref, as_of=request.as_of) if row.is_item else None,
        "children": [] if row.is_item else list_children(ref, as_of=request.as_of),
        "found": queries.list_item_exceptions([row], as_of=request.as_of),
        "links": list_links(as_of=request.as_of, item=ref),
        "coverage": list_coverage(as_of=request.as_of, item=ref),
        "names": list_names(_people(said)),
        "withheld": evidence.withheld,
        "erased": list_erasures(row.subject),
        "may_do": _offers(request, row),
        "offers": [] if request.as_of.past else list_offers(request.actor, row),
        **said,
    }
    return render(request, "work/item.html", context)


@page(may_enter)
def history(request: PageRequest, ref: str) -> HttpResponse:
    """Every event about one recommendation, with what stood before and after it."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    lines = queries.list_item_history(as_of=request.as_of, item=row, actor=request.actor)
    context = {
        "item": row,
        "lines": lines[::-1],
        "names": list_names(line.event.actor for line in lines),
        "may_erase": bool(may_erase(request.actor)) and not request.as_of.past,
    }
    return render(request, "work/history.html", context)


def _people(said: dict[str, Sequence[object]]) -> set[str]:
    found: set[str] = set()
    for rows in said.values():
        for row in rows:
            found |= {getattr(row, name, "") for name in ("by", "asked_by", "offered_by")}
            found |= {answer.by for answer in getattr(row, "answers", ())}
    return found - {""}


def _offers(request: PageRequest, row: ItemRow) -> dict[str, bool]:
    """What the page offers: nothing while looking at the past, for the past cannot be changed."""
    if request.as_of.past or not row.is_item:
        return {}
    actor = request.actor
    return {
        "report": bool(may_report(actor, row.item)),
        "challenge": bool(may_challenge(actor, row.item)),
        "act": bool(may_act(actor, row.item)),
        "offer_evidence": bool(may_offer_evidence(actor, row.item)),
    }
