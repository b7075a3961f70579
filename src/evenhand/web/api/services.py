"""Commands over tokens: make one for oneself, and end one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from evenhand.accountability.tokens import (
    LONGEST_LIFE,
    TokenScope,
    may_end_token,
    may_hold_token,
)
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.api.models import Token, TokenEnd
from evenhand.web.api.queries import get_token
from evenhand.web.api.secrets import draw_secret, hash_secret
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import record_event, sealed


@command(rule=may_hold_token, audit="token.made")
def make_token(
    *, label: str, scopes: Iterable[TokenScope], expires_on: date, by: User, at: datetime
) -> tuple[str, str]:
    """Make a token for oneself; gives its reference, and its secret for the only time.

    Authorisation: `may_hold_token`. Audit: ``token.made``, with its hash; the label is sealed.
    """
    actor = get_actor(by, at=at)
    require(may_hold_token(actor))
    chosen = sorted({scope.value for scope in scopes})
    today = day_of(at)
    if not label.strip() or not chosen:
        raise UsageProblem(
            "a token has a name and at least one scope.", rule="tokens-are-for-something"
        )
    if not today <= expires_on <= today + LONGEST_LIFE:
        raise UsageProblem(
            f"a token lasts from today for {LONGEST_LIFE.days} days at most.",
            remedy="Choose an earlier last day, and make another when it is near.",
            rule="tokens-expire",
        )
    ref, secret = secrets.token_hex(6), draw_secret()
    event = record_event(
        kind="token.made",
        subject=f"token:{ref}",
        by=actor,
        at=at,
        after={
            "label": sealed(label),
            "scopes": chosen,
            "until": expires_on.isoformat(),
            "sha256": hash_secret(secret),
        },
        touches=[actor.ref],
    )
    Token.objects.create(
        ref=ref,
        holder=by,
        label=label,
        scopes=",".join(chosen),
        sha256=hash_secret(secret),
        expires_on=expires_on,
        recorded_at=event.at,
        event=event,
    )
    return ref, secret


@command(rule=may_end_token, audit="token.ended")
def end_token(*, token: str, by: User, at: datetime) -> None:
    """End a token now: from this moment it opens nothing.

    Authorisation: `may_end_token`. Audit: ``token.ended``.
    """
    actor, found = get_actor(by, at=at), get_token(token)
    require(may_end_token(actor, holder=found.holder.subject))
    if found.facts.ended:
        raise UsageProblem("this token was ended already.", rule="tokens-end-once")
    event = record_event(
        kind="token.ended", subject=found.subject, by=actor, at=at, touches=[found.holder.subject]
    )
    TokenEnd.objects.create(token_id=found.pk, by=actor.ref, recorded_at=event.at, event=event)
