"""Who may hold a token, end one, and what a token may be used for.

A token gives nothing that its holder does not have: every rule is asked of the holder's own roles
and limits, at the moment of the request. A scope only takes away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.accountability.permissions import may_enter
from evenhand.accountability.roles import Actor, Role
from evenhand.core import Decision

YES = Decision(True)

LONGEST_LIFE = timedelta(days=366)
"""A token that nobody renews within a year is a forgotten one."""


class TokenScope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    IMPORT = "import"
    SMALL_COUNTS = "small_counts"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _WORDS[self]


_WORDS = {
    TokenScope.READ: "Read",
    TokenScope.IMPORT: "Import reports and spreadsheets",
    TokenScope.SMALL_COUNTS: "See small counts, where you are cleared to",
}


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """A token as the rules see it: for what, until when, and whether it was ended."""

    scopes: frozenset[TokenScope]
    expires_on: date
    ended: bool = False


def may_hold_token(actor: Actor) -> Decision:
    """May this person make a token for themselves? Whoever may read may let a machine read."""
    return may_enter(actor)


def may_end_token(actor: Actor, *, holder: str) -> Decision:
    """May this person end a token? Its holder, and an administrator."""
    if actor.ref == holder or actor.has(Role.ADMINISTRATOR):
        return YES
    return Decision(False, "Only its holder or an administrator may end a token.")


def may_use_token(token: TokenFacts, *, scope: TokenScope, on: date) -> Decision:
    """May this token be used for this, today?"""
    if token.ended:
        return Decision(False, "This token was ended.")
    if on > token.expires_on:
        return Decision(False, "This token has expired.")
    if scope not in token.scopes:
        return Decision(False, f"This token is not for this: it lacks the scope “{scope.value}”.")
    return YES
