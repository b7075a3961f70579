"""Questions about tokens: whose they are, how they stand, which one a request bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.tokens import TokenFacts, TokenScope
from evenhand.web.accounts.models import User
from evenhand.web.api.models import Token
from evenhand.web.api.secrets import hash_secret
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.errors import NotThere


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as a page lists it, and as a request uses it."""

    pk: int
    ref: str
    label: str
    holder: User
    facts: TokenFacts
    made_at: datetime
    ended_on: date | None
    last_used_at: datetime | None

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"token:{self.ref}"

    @property
    def scopes(self) -> list[str]:
        """Its scopes in words."""
        return [scope.words for scope in TokenScope if scope in self.facts.scopes]


def list_tokens(*, holder: User | None = None) -> list[TokenRow]:
    """Every token, or one person’s, the latest first."""
    rows = Token.objects.select_related("holder__party", "ended", "use")
    if holder is not None:
        rows = rows.filter(holder=holder)
    return [_row(row) for row in rows.order_by("-recorded_at", "-pk")]


def get_token(ref: str) -> TokenRow:
    """The token with this reference."""
    row = Token.objects.select_related("holder__party", "ended", "use").filter(ref=ref).first()
    if row is None:
        raise NotThere("there is no such token.", rule="token-exists")
    return _row(row)


def find_token(secret: str) -> TokenRow | None:
    """The token with this secret; found by its hash, for nothing else is kept."""
    rows = Token.objects.select_related("holder__party", "ended", "use")
    row = rows.filter(sha256=hash_secret(secret)).first()
    return _row(row) if row else None


def _row(row: Token) -> TokenRow:
    ended, use = getattr(row, "ended", None), getattr(row, "use", None)
    scopes = frozenset(TokenScope(scope) for scope in row.scopes.split(","))
    return TokenRow(
        row.pk,
        row.ref,
        row.label,
        row.holder,
        TokenFacts(scopes, row.expires_on, ended is not None),
        row.recorded_at,
        day_of(ended.recorded_at) if ended else None,
        use.last_used_at if use else None,
    )
