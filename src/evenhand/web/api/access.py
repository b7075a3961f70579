"""Who comes through the door of the API: a token, its holder, the rule of the route, its pace.

Each route says which scope it needs and by which rule its holder may enter; the rule is asked on
every request of the holder's own roles as they are today.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from evenhand.accountability.tokens import TokenScope, may_use_token
from evenhand.core import EvenhandError, require
from evenhand.web.accounts.queries import get_actor
from evenhand.web.api.queries import TokenRow, find_token
from evenhand.web.api.writing import spend_turn
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.pages import EntryRule


class NoToken(EvenhandError):
    """The request bears no token that opens anything."""

    exit_code = 13
    kind = "unauthorised"


class TooFast(EvenhandError):
    """The token has used its turns; ``wait_seconds`` says when to come again."""

    exit_code = 14
    kind = "too-fast"

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(
            "this token is used faster than it may be.",
            remedy=f"Wait {wait_seconds} second{'' if wait_seconds == 1 else 's'}.",
            rule="pace-of-a-token",
        )


class Bearer(HttpBearer):
    """The door of one route."""

    def __init__(self, scope: TokenScope, rule: EntryRule) -> None:
        super().__init__()
        self.scope, self.rule = scope, rule

    def __call__(self, request: HttpRequest) -> Any:
        """The token of the request; what is not a bearer token at all is told so."""
        found = super().__call__(request)
        if found is None:
            raise _no_token()
        return found

    def authenticate(self, request: Any, token: str) -> TokenRow:
        """Find the token and leave on the request what a page leaves there."""
        found = find_token(token)
        if found is None:
            raise _no_token()
        request.moment = timezone.now()
        usable = may_use_token(found.facts, scope=self.scope, on=day_of(request.moment))
        if not usable and self.scope in found.facts.scopes:
            raise NoToken(usable.reason, remedy="Make another.", rule="token-stands")
        request.account = found.holder
        request.actor = get_actor(found.holder, at=request.moment)
        turn = spend_turn(found.pk, at=request.moment)
        if not turn.allowed:
            raise TooFast(turn.wait_seconds)
        require(usable)
        require(self.rule(request.actor))
        return found


def reads(rule: EntryRule) -> Bearer:
    """The door of a route that reads."""
    return Bearer(TokenScope.READ, rule)


def imports(rule: EntryRule) -> Bearer:
    """The door of a route that imports."""
    return Bearer(TokenScope.IMPORT, rule)


def _no_token() -> NoToken:
    return NoToken(
        "a token is needed here.",
        remedy="Send it as “Authorization: Bearer …”. Make one on the page of tokens.",
        rule="token-needed",
    )
