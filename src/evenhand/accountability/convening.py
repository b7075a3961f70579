"""Who may ask for a report, keep meetings, write a paper, issue it, read it: one rule each.

Beside :mod:`.permissions`, which holds the rules about one recommendation. What may follow what is
in :mod:`.machines` (commission, meeting, paper).
"""

from __future__ import annotations

from evenhand.accountability.permissions import READERS, YES
from evenhand.accountability.roles import ANYWHERE, Actor, Role, Where
from evenhand.core import Decision


def may_commission(actor: Actor) -> Decision:
    """May this person ask for a report by a meeting? Members do; nobody commissions for them."""
    return _allow(actor.has(Role.MEMBER), "Only a member may commission a report.")


def may_keep_meetings(actor: Actor) -> Decision:
    """May this person plan meetings, write agendas, and record what was decided?"""
    return _allow(
        actor.has(Role.SECRETARIAT, where=ANYWHERE),
        "Only a secretariat without limits may keep meetings.",
    )


def may_release_commission(actor: Actor) -> Decision:
    """May this person postpone or withdraw a commission, accept the report or send it back?

    Only members: who was asked, and who keeps the plan, cannot lift what members asked for.
    """
    return _allow(
        actor.has(Role.MEMBER), "Only a member may change or close what members asked for."
    )


def may_write_paper(actor: Actor) -> Decision:
    """May this person build a paper, and edit its text?"""
    return _allow(
        actor.has(Role.SECRETARIAT, where=ANYWHERE),
        "Only a secretariat without limits may write a board paper.",
    )


def may_issue(actor: Actor, *, faults: tuple[str, ...]) -> Decision:
    """May this person issue the paper as it stands?

    Whoever may write it may issue it, but never one with a fault: a standing section that says
    nothing, or a figure that is not what the register gives.
    """
    if faults:
        return Decision(False, f"It cannot be issued yet. {' '.join(faults)}")
    return may_write_paper(actor)


def may_take_snapshot(actor: Actor) -> Decision:
    """May this person freeze the counts of the register under a name?"""
    return may_write_paper(actor)


def may_read_snapshot(actor: Actor) -> Decision:
    """May this person look into a snapshot? It counts the whole register."""
    return _allow(
        actor.has(*READERS, where=ANYWHERE), "A snapshot counts the whole register: no limits."
    )


def may_read_paper(actor: Actor, where: Where, *, issued: bool) -> Decision:
    """May this person read a version of a paper about this part of the register?"""
    if not issued:
        return may_write_paper(actor)
    return _allow(
        actor.has(*READERS, where=where), "Your roles do not reach all that this paper is about."
    )


def _allow(allowed: bool, reason: str) -> Decision:
    return YES if allowed else Decision(False, reason)
