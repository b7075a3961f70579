"""Who may let something out to the public: two people to publish, one to withdraw.

Publishing cannot be undone, for what was read was read; so a second person decides. Withdrawing
limits harm and must not wait for anybody; it leaves a notice with its reason, and only another
release by two people brings the words back.
"""

from __future__ import annotations

from evenhand.accountability.roles import ANYWHERE, Actor, Role
from evenhand.core import Decision

YES = Decision(True)


def may_see_releases(actor: Actor) -> Decision:
    """May this person look at proposals to publish? They may reach beyond a limited role."""
    return _allow(
        actor.has(Role.SECRETARIAT, Role.MEMBER, Role.ADMINISTRATOR, where=ANYWHERE),
        "Proposals to publish are for the secretariat, members and administrators.",
    )


def may_propose_release(actor: Actor) -> Decision:
    """May this person propose that something is published?"""
    return _allow(
        actor.has(Role.SECRETARIAT, where=ANYWHERE),
        "Only the secretariat, without limits, may propose a release.",
    )


def may_decide_release(actor: Actor, *, proposed_by: str) -> Decision:
    """May this person approve or decline a release? Never who proposed it, whatever their role."""
    if actor.ref == proposed_by:
        return Decision(False, "You proposed this release: another person must decide.")
    return _allow(
        actor.has(Role.SECRETARIAT, Role.MEMBER, where=ANYWHERE),
        "Only the secretariat or a member, without limits, may decide a release.",
    )


def may_take_back_release(actor: Actor, *, proposed_by: str) -> Decision:
    """May this person take a proposal back? Only whose proposal it is."""
    return _allow(actor.ref == proposed_by, "Only who proposed a release may take it back.")


def may_withdraw_release(actor: Actor) -> Decision:
    """May this person take something back from the public side?"""
    return _allow(
        actor.has(Role.SECRETARIAT, where=ANYWHERE),
        "Only the secretariat, without limits, may withdraw what was released.",
    )


def _allow(allowed: bool, reason: str) -> Decision:
    return YES if allowed else Decision(False, reason)
