"""What the pages of judgement offer to a person: what the rules and the state allow now."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from evenhand.accountability.judgement.permissions import (
    may_convene,
    may_give_view,
    may_propose_criterion,
    may_reopen,
)
from evenhand.accountability.permissions import may_claim
from evenhand.accountability.roles import Actor
from evenhand.web.judgement.queries import ClaimView, CriterionView
from evenhand.web.register.queries import ItemRow

Offers = list[tuple[str, str]]
"""Words and address."""


def list_item_offers(
    actor: Actor, row: ItemRow, criteria: Sequence[CriterionView], claims: Sequence[ClaimView]
) -> Offers:
    """The commands about the judgement of a recommendation that this person may give now."""
    if not row.is_item:
        return []
    offers: Offers = []

    def offer(words: str, name: str, *arguments: str) -> None:
        offers.append((words, reverse(f"judgement:{name}", args=arguments)))

    if may_propose_criterion(actor, row.item):
        words = "Propose a new version of the criterion" if criteria else "Propose a criterion"
        offer(words, "propose", row.ref)
    if may_claim(actor, row.item) and row.work.state not in ("closed", "replaced"):
        offer("Claim a level", "claim", row.ref)
    for claim in claims:
        if claim.state == "made" and may_convene(actor, row.item):
            offer("Put the claim before a panel", "convene", claim.ref)
        if claim.state == "made" and may_claim(actor, row.item):
            offer("Withdraw the claim", "withdraw-claim", claim.ref)
    if row.work.state == "closed" and may_reopen(actor, row.item):
        offer("Open it again", "reopen", row.ref)
    if may_give_view(actor, row.item):
        offer("Record a view from outside", "give-view", row.ref)
    return offers
