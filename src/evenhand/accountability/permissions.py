"""Who may do what: each rule is one function that answers with a Decision and its reason.

A rule sees only values: the :class:`Actor`, where the thing sits, who made it. Services call
``require(may_…)`` inside their transaction; pages call the same rule to decide what to offer.
What may follow what is a separate question, asked of :mod:`.machines`.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.accountability.classification import Classification
from evenhand.accountability.roles import ANYWHERE, Actor, Role, Where
from evenhand.core import Decision

YES = Decision(True)

READERS = (
    Role.MEMBER,
    Role.SECRETARIAT,
    Role.OWNER,
    Role.PANEL_MEMBER,
    Role.UNIT_COMMANDER,
    Role.ANALYST,
    Role.COMMUNITY_MONITOR,
    Role.ASSOCIATION,
    Role.ADMINISTRATOR,
)
"""Every role but the public, whose pages are a frozen copy elsewhere."""

QUESTIONERS = (Role.MEMBER, Role.SECRETARIAT, Role.PANEL_MEMBER, Role.COMMUNITY_MONITOR)
QUESTIONERS_AND_ASSOCIATIONS = (*QUESTIONERS, Role.ASSOCIATION)

CLEARED = {
    Classification.PUBLIC: READERS,
    Classification.INTERNAL: (
        Role.MEMBER,
        Role.SECRETARIAT,
        Role.OWNER,
        Role.PANEL_MEMBER,
        Role.UNIT_COMMANDER,
        Role.ANALYST,
    ),
    Classification.RESTRICTED: (Role.SECRETARIAT, Role.PANEL_MEMBER),
}
"""Who is cleared for each class of evidence, besides whoever owns the item or offered it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A recommendation as the rules see it: where it sits and who holds a duty on it today."""

    ref: str
    where: Where = ANYWHERE
    owners: frozenset[str] = frozenset()


def may_enter(actor: Actor) -> Decision:
    """May this person see the register at all?"""
    return _allow(actor.has(*READERS), "Sign in with an account that has a role.")


def may_read(actor: Actor, item: Item) -> Decision:
    """May this person read this recommendation and its history?"""
    return _allow(
        actor.has(*READERS, where=item.where) or _holds(actor, item),
        "Your roles do not reach this recommendation.",
    )


def may_keep(actor: Actor, where: Where = ANYWHERE) -> Decision:
    """May this person keep the register: open inquiries, import reports, assign, tag, cover?"""
    return _allow(
        actor.has(Role.SECRETARIAT, where=where),
        "Only the secretariat of this part of the register may do this.",
    )


def may_import(actor: Actor) -> Decision:
    """May this person import a report? It adds an inquiry, so the role must be unlimited."""
    return may_keep(actor)


def may_extend(actor: Actor, item: Item) -> Decision:
    """May this person move a due date? Never who is bound by it, whatever else they are."""
    if _holds(actor, item):
        return Decision(False, "Who owes the work cannot move its date; ask the secretariat.")
    return may_keep(actor, item.where)


def may_link(actor: Actor, where: Where) -> Decision:
    """May this person propose that two items are connected?"""
    return _allow(
        actor.has(Role.SECRETARIAT, Role.ANALYST, where=where),
        "Only the secretariat or an analyst may propose a link.",
    )


def may_review_link(actor: Actor, where: Where, *, made_by: str) -> Decision:
    """May this person confirm or decline a link? Two people, always."""
    if actor.ref == made_by:
        return Decision(False, "You proposed this link: another person must review it.")
    return _allow(
        actor.has(Role.SECRETARIAT, Role.MEMBER, where=where),
        "Only the secretariat or a member may review a link.",
    )


def may_report(actor: Actor, item: Item) -> Decision:
    """May this person post progress, challenges and next steps?"""
    return _owner_or(actor, item, Role.SECRETARIAT, doing="report progress on it")


def may_act(actor: Actor, item: Item) -> Decision:
    """May this person plan an action for this recommendation, or say how far it has got?"""
    return _owner_or(actor, item, Role.SECRETARIAT, Role.UNIT_COMMANDER, doing="run actions for it")


def may_offer_evidence(actor: Actor, item: Item) -> Decision:
    """May this person attach evidence?"""
    roles = (Role.SECRETARIAT, Role.UNIT_COMMANDER, Role.ANALYST)
    return _owner_or(actor, item, *roles, doing="attach evidence to it")


def may_see_evidence(
    actor: Actor, item: Item, classification: Classification, *, offered_by: str = ""
) -> Decision:
    """May this person read evidence used for this item: its words, its file, what a search finds?

    Who offered it and who owns the item know it already, whatever its class.
    """
    readable = may_read(actor, item)
    if not readable:
        return readable
    knows = _holds(actor, item) or (bool(offered_by) and actor.ref == offered_by)
    return _allow(
        knows or actor.has(*CLEARED[classification], where=item.where),
        f"This evidence is {classification}, and your roles are not cleared for it.",
    )


def may_review_evidence(actor: Actor, item: Item, *, offered_by: str) -> Decision:
    """May this person accept evidence or send it back? Never their own, never the owner."""
    if actor.ref == offered_by or _holds(actor, item):
        return Decision(False, "Evidence is reviewed by someone who neither offered nor owns it.")
    return _allow(
        actor.has(Role.SECRETARIAT, Role.PANEL_MEMBER, where=item.where),
        "Only the secretariat or a panel member may review evidence.",
    )


def may_challenge(actor: Actor, item: Item) -> Decision:
    """May this person put a scrutiny question to the owner?"""
    return _allow(
        actor.has(*QUESTIONERS_AND_ASSOCIATIONS, where=item.where) and not _holds(actor, item),
        "Only members, panel, secretariat, community monitors and associations may challenge, "
        "and nobody challenges themselves.",
    )


def may_answer(actor: Actor, item: Item) -> Decision:
    """May this person answer a challenge? Only whoever owns the item."""
    return _allow(_holds(actor, item), "Only whoever holds a duty on this item may answer.")


def may_settle(actor: Actor, item: Item, *, asked_by: str) -> Decision:
    """May this person accept an answer, ask again, or withdraw the question?"""
    if _holds(actor, item):
        return Decision(False, "Who answers a challenge cannot also say the answer is enough.")
    return _allow(
        actor.ref == asked_by or actor.has(Role.MEMBER, where=item.where),
        "Only who asked, or a member, may say whether the answer is enough.",
    )


def may_claim(actor: Actor, item: Item) -> Decision:
    """May this person claim a level of the publication's scale for the service?"""
    return _allow(_holds(actor, item), "Only whoever holds a duty on this item may claim a level.")


def may_move_work(actor: Actor, item: Item, *, verb: str) -> Decision:
    """May this person make this move of :data:`~evenhand.accountability.machines.WORK`?

    Closing has a rule of its own, :func:`may_close`: no role alone can do it.
    """
    if verb == "close":
        return may_close(quorate_verdict=False)
    if verb == "claim":
        return may_claim(actor, item)
    if verb in ("start", "resume"):
        return _owner_or(actor, item, Role.SECRETARIAT, doing="say that work has begun")
    if _holds(actor, item):
        return Decision(False, "The owner cannot decide this about their own item.")
    return may_keep(actor, item.where)


def may_close(*, quorate_verdict: bool) -> Decision:
    """May this item be closed? By a verdict of a quorate panel, and by nobody's role."""
    return _allow(quorate_verdict, "Only the verdict of a quorate panel closes an item.")


def may_measure(actor: Actor) -> Decision:
    """May this person put measured figures on the record, or withdraw them?"""
    return _allow(
        actor.has(Role.ANALYST, where=ANYWHERE),
        "Only an analyst of the whole service may put figures on the record or withdraw them.",
    )


def may_save_measure(actor: Actor) -> Decision:
    """May this person give a question about the figures a name for others to use?"""
    return _allow(
        actor.has(Role.ANALYST, Role.SECRETARIAT, where=ANYWHERE),
        "Only an analyst or the secretariat of the whole service may save a named measure.",
    )


def may_review_finding(actor: Actor, where: Where) -> Decision:
    """May this person accept, annotate or dismiss a finding about this place?"""
    return _allow(
        actor.has(Role.ANALYST, where=where), "Only an analyst may review a finding of this place."
    )


def may_administer(actor: Actor) -> Decision:
    """May this person open accounts and end them?"""
    return _allow(actor.has(Role.ADMINISTRATOR), "Only an administrator may manage accounts.")


def may_grant(actor: Actor, *, to: str) -> Decision:
    """May this person give a role to someone? Not to themselves."""
    if actor.ref == to:
        return Decision(False, "Nobody gives a role to themselves.")
    return may_administer(actor)


def may_enrol(actor: Actor) -> Decision:
    """May this person put people, teams and bodies on the register?"""
    return _allow(
        actor.has(Role.ADMINISTRATOR) or actor.has(Role.SECRETARIAT, where=ANYWHERE),
        "Only the secretariat or an administrator may record people, teams and bodies.",
    )


def may_erase(actor: Actor) -> Decision:
    """May this person erase personal data where the law requires it?"""
    return _allow(actor.has(Role.ADMINISTRATOR), "Only an administrator may erase personal data.")


def may_export_ledger(actor: Actor) -> Decision:
    """May this person take a copy of the ledger? It holds every recorded fact, so: no limits."""
    return _allow(
        actor.has(*READERS, where=ANYWHERE), "The whole ledger is for roles without limits."
    )


def _holds(actor: Actor, item: Item) -> bool:
    return bool(actor.speaks_for & item.owners)


def _owner_or(actor: Actor, item: Item, *roles: Role, doing: str) -> Decision:
    return _allow(
        _holds(actor, item) or actor.has(*roles, where=item.where),
        f"Only whoever holds a duty on this item may {doing}.",
    )


def _allow(allowed: bool, reason: str) -> Decision:
    return YES if allowed else Decision(False, reason)
