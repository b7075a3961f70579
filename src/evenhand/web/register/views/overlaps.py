"""Likely overlaps, suggested from the words; and the form by which a person proposes a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.overlap import Overlap
from evenhand.accountability.permissions import may_enter, may_link, may_read
from evenhand.accountability.roles import Actor
from evenhand.core import Decision, require
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.register.connection_forms import LinkForm
from evenhand.web.register.queries import (
    Filter,
    ItemRow,
    get_item,
    list_items,
    list_likely_overlaps,
    list_named,
    list_publications,
)
from evenhand.web.register.services import propose_link
from evenhand.web.register.views.commanding import Sending, Told, build_crumbs, send

LEAST = 0.25  # of the cosine: below it, pairs of the demo share little but the form of a sentence
MOST = 500  # pairs that are looked at for a page: more than anybody reviews at a sitting
NEAR, FOUND = 5, 20  # shown beside the form: suggestions for its item, and what a search found


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that may say the same: the later published first, for it would be the source."""

    source: ItemRow
    target: ItemRow
    score: float
    shared: tuple[str, ...]
    may_propose: bool

    @property
    def percent(self) -> int:
        """The score out of a hundred."""
        return round(self.score * 100)

    @property
    def ends(self) -> tuple[ItemRow, ItemRow]:
        """Both, the first first."""
        return self.source, self.target

    def other(self, ref: str) -> ItemRow:
        """The end that is not this."""
        return self.target if self.source.ref == ref else self.source


@page(may_enter)
def suggest(request: PageRequest) -> HttpResponse:
    """Pairs alike in words and not yet linked, the likest first; nothing is applied by itself."""
    asked = request.GET.get("publication", "")
    pairs = [
        pair
        for pair in list_pairs(actor=request.actor, as_of=request.as_of)
        if asked in ("", pair.source.publication, pair.target.publication)
    ]
    reports = list_publications(as_of=request.as_of)
    options = tuple((each.ref, each.title) for each in reports)
    context = {
        "page": cut_pages(request, pairs),
        "choices": [Choice("publication", "Report", options, asked)],
        "least": round(LEAST * 100),
        "offered": not request.as_of.past,
    }
    return render(request, "register/overlaps.html", context)


def list_pairs(*, actor: Actor, as_of: AsOf, item: str = "") -> list[Pair]:
    """Likely overlaps of which this reader sees both ends; those of one item, where it is given."""
    found = list_likely_overlaps(as_of=as_of, least=LEAST, most=MOST)
    if item:
        found = [each for each in found if item in (each.first, each.second)][:NEAR]
    named = list_named({ref for each in found for ref in (each.first, each.second)}, as_of=as_of)
    rows = {row.ref: row for row in named if may_read(actor, row.item)}
    days = {each.ref: each.published_on for each in list_publications(as_of=as_of)}
    return [
        _pair(each, rows[each.first], rows[each.second], days=days, actor=actor)
        for each in found
        if each.first in rows and each.second in rows
    ]


def _pair(
    each: Overlap, first: ItemRow, second: ItemRow, *, days: Mapping[str, date], actor: Actor
) -> Pair:
    if days[first.publication] < days[second.publication]:
        first, second = second, first
    return Pair(first, second, each.score, each.shared, bool(_may_join(actor, first, second)))


@page(may_enter)
def propose(request: PageRequest, ref: str) -> HttpResponse:
    """Propose that this item is connected to another; somebody else reviews it."""
    row = get_item(ref, as_of=request.as_of)
    require(may_read(request.actor, row.item))
    require(may_link(request.actor, row.where))
    target = request.GET.get("target", "").strip()

    def check(other: str) -> None:
        found = list_named([other], as_of=request.as_of)
        if not found or not may_read(request.actor, found[0].item):
            raise NotThere("There is no such recommendation.", remedy="Search for it by its words.")
        require(_may_join(request.actor, row, found[0]))

    def run(**arguments: Any) -> object:
        return propose_link(source=ref, **arguments)

    words = request.GET.get("words", "").strip()
    sending = Sending(
        told=Told("Propose a link", "Propose the link", "The link waits for somebody’s review."),
        form=LinkForm(request.POST or None, check=check, initial={"target": target}),
        run=run,
        back=f"{reverse('work:item', args=(ref,))}#links",
        crumbs=build_crumbs(row),
        template="register/propose_link.html",
        beside={
            "item": row,
            "chosen": _find(target, request),
            "words": words,
            "matches": _search(words, row, request),
            "near": [
                (pair.other(ref), pair)
                for pair in list_pairs(actor=request.actor, as_of=request.as_of, item=ref)
            ],
        },
    )
    return send(request, sending)


def _may_join(actor: Actor, first: ItemRow, second: ItemRow) -> Decision:
    return may_link(actor, first.where) and may_link(actor, second.where)


def _find(ref: str, request: PageRequest) -> ItemRow | None:
    found = list_named([ref], as_of=request.as_of) if ref else []
    return next((row for row in found if may_read(request.actor, row.item)), None)


def _search(words: str, row: ItemRow, request: PageRequest) -> list[ItemRow]:
    if not words:
        return []
    found = list_items(Filter(words=words), as_of=request.as_of, actor=request.actor)
    return [each for each in found if each.ref != row.ref][:FOUND]
