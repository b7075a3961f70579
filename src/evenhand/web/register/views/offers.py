"""What a recommendation’s page offers to this person: what the rules and its state allow now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from evenhand.accountability.machines import WORK
from evenhand.accountability.permissions import may_extend, may_link, may_move_work
from evenhand.accountability.roles import Actor
from evenhand.web.register.queries import ItemRow
from evenhand.web.register.views.items import MOVES, keeps


@dataclass(frozen=True, slots=True)
class Offer:
    """A link to a command: beside which fact of the page it stands, its words, its address."""

    beside: str
    words: str
    address: str


def _offer_connections(offer: Callable[..., None], row: ItemRow) -> None:
    """Themes and policies: kept by whoever keeps the item."""
    offer("themes", "Put it under a theme", "tag")
    if row.themes:
        offer("themes", "Take it out of one", "untag")
    offer("policies", "Say that a policy covers it", "cover")
    offer("policies", "Withdraw a coverage", "uncover")


def list_offers(actor: Actor, row: ItemRow) -> list[Offer]:
    """The commands over this recommendation that this person may give now."""
    offers: list[Offer] = []

    def offer(beside: str, words: str, name: str, *more: str) -> None:
        address = reverse(f"register:{name}", args=(row.ref, *more))
        offers.append(Offer(beside, words, address))

    if keeps(actor, row):
        offer("title", "Change the working title", "retitle")
        offer("response", "Record a response", "respond")
        _offer_connections(offer, row)
    if may_link(actor, row.where):
        offer("links", "Propose a link", "propose-link")
    if not row.is_item:
        return offers
    if keeps(actor, row):
        offer("duty", "Hand over" if row.holder else "Assign an owner", "assign")
        if row.current_duties:
            offer("duty", "End a duty", "end-duty")
        offer("level", "Record a reported level", "report-level")
    if may_extend(actor, row.item):
        if row.due is None:
            offer("due", "Set a due date", "set-due")
        else:
            offer("due", "Extend the due date" if row.due.due_on else "Set a new date", "extend")
        if row.due and row.due.due_on:
            offer("due", "Lift the due date", "lift")
    for verb in WORK.verbs_from(row.work.state):
        if verb in MOVES and may_move_work(actor, row.item, verb=verb):
            offer("work", MOVES[verb].title, "move", verb)
    return offers
