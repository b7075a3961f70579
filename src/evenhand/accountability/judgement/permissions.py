"""Who may do what about a judgement. Each rule answers with a Decision and its reason."""

from __future__ import annotations

from evenhand.accountability.judgement.insiders import Term, Ties, may_sit
from evenhand.accountability.permissions import YES, Item, may_keep, may_read
from evenhand.accountability.roles import ANYWHERE, Actor, Role
from evenhand.core import Decision


def may_propose_criterion(actor: Actor, item: Item) -> Decision:
    """May this person say by which measure an item shall be judged?"""
    allowed = _holds(actor, item) or actor.has(Role.SECRETARIAT, Role.ANALYST, where=item.where)
    return _allow(allowed, "Only the owner, the secretariat or an analyst proposes a criterion.")


def may_agree_for_owner(actor: Actor, item: Item, *, agreed_by: str = "") -> Decision:
    """May this person agree a criterion for the owner? Not who agreed for the secretariat."""
    if actor.ref == agreed_by:
        return Decision(False, "The two sides are two people: you agreed for the other.")
    return _allow(_holds(actor, item), "Only who holds a duty on this item agrees for the owner.")


def may_agree_for_secretariat(actor: Actor, item: Item, *, agreed_by: str = "") -> Decision:
    """May this person agree a criterion for the secretariat? Not whoever owns the item."""
    if actor.ref == agreed_by or _holds(actor, item):
        return Decision(False, "The two sides are two people, and the owner is only one of them.")
    return may_keep(actor, item.where)


def may_record_figure(actor: Actor, item: Item) -> Decision:
    """May this person record a figure from outside, with its source? Never the owner."""
    if _holds(actor, item):
        return Decision(False, "The owner does not record the figure they are judged by.")
    return _allow(
        actor.has(Role.SECRETARIAT, Role.ANALYST, where=item.where),
        "Only the secretariat or an analyst records a figure.",
    )


def may_form_panel(actor: Actor) -> Decision:
    """May this person make a panel, seat its members and end their terms?"""
    return may_keep(actor, ANYWHERE)


def may_declare(actor: Actor, *, member: str) -> Decision:
    """May this person declare this interest? Their own, or as the secretariat for a member."""
    return _allow(
        actor.ref == member or actor.has(Role.SECRETARIAT, where=ANYWHERE),
        "Members declare their own interests; the secretariat records what it is told.",
    )


def may_convene(actor: Actor, item: Item) -> Decision:
    """May this person put a claim before a panel, or end a sitting that cannot decide?"""
    if _holds(actor, item):
        return Decision(False, "The owner does not choose when, or before whom, they are judged.")
    return may_keep(actor, item.where)


def may_judge(actor: Actor, item: Item, *, ties: Ties, term: Term | None) -> Decision:
    """May this person vote on this item? A panel member in term, with no tie to it."""
    if not actor.has(Role.PANEL_MEMBER, where=item.where):
        return Decision(False, "Only a panel member may judge.")
    if _holds(actor, item):
        return Decision(False, "Nobody judges their own work.")
    return may_sit(ties, term, actor.on)


def may_conclude(actor: Actor, item: Item) -> Decision:
    """May this person close the voting, so that the votes become a verdict? They decide nothing."""
    return may_convene(actor, item)


def may_recheck(actor: Actor, item: Item) -> Decision:
    """May this person record that a verdict was looked at again?"""
    if _holds(actor, item):
        return Decision(False, "The owner does not re-check their own verdict.")
    return _allow(
        actor.has(Role.SECRETARIAT, Role.PANEL_MEMBER, where=item.where),
        "Only the secretariat or a panel member re-checks a verdict.",
    )


def may_reopen(actor: Actor, item: Item) -> Decision:
    """May this person open a judged item again, with a reason?"""
    if _holds(actor, item):
        return Decision(False, "The owner cannot decide this about their own item.")
    return _allow(
        actor.has(Role.SECRETARIAT, Role.MEMBER, where=item.where),
        "Only the secretariat or a member opens a judged item again.",
    )


def may_give_view(actor: Actor, item: Item) -> Decision:
    """May this person put a view from outside beside the verdict: their own, or one received?"""
    if _holds(actor, item):
        return Decision(False, "A view from outside does not come from the owner.")
    roles = (Role.SECRETARIAT, Role.MEMBER, Role.COMMUNITY_MONITOR, Role.ASSOCIATION)
    return _allow(actor.has(*roles, where=item.where), "Your roles record no outside views here.")


def may_redact(actor: Actor, item: Item) -> Decision:
    """May this person prepare the public twin of a piece of evidence?"""
    allowed = _holds(actor, item) or actor.has(Role.SECRETARIAT, Role.ANALYST, where=item.where)
    return _allow(allowed, "Only the owner, the secretariat or an analyst prepares a public twin.")


def may_pass_redaction(actor: Actor, item: Item, *, made_by: str) -> Decision:
    """May this person say that nothing private is left in a public twin? Two people, always."""
    if actor.ref == made_by:
        return Decision(False, "You prepared this twin: another person must look at it.")
    return may_keep(actor, item.where)


def may_see_twin(actor: Actor, item: Item, *, passed: bool) -> Decision:
    """May this person see a public twin? Once passed, whoever reads the item; before, who made it.

    The private file has a rule of its own,
    :func:`~evenhand.accountability.permissions.may_see_evidence`: seeing one never gives the other.
    """
    if passed:
        return may_read(actor, item)
    return may_redact(actor, item)


def _holds(actor: Actor, item: Item) -> bool:
    return bool(actor.speaks_for & item.owners)


def _allow(allowed: bool, reason: str) -> Decision:
    return YES if allowed else Decision(False, reason)
