"""What runs by itself in the demo: two tokens, one of them ended, and the digests of two weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from evenhand.accountability.tokens import TokenScope
from evenhand.web.accounts.models import User
from evenhand.web.api.services import end_token, make_token
from evenhand.web.demo.moments import moment_of
from evenhand.web.digests.sending import send_digests

Users = dict[str, User]
LIFE = timedelta(days=300)


def plan_machines(
    add: Callable[[date, Callable[[], object]], None], *, today: date, users: Users
) -> None:
    """Put them on the calendar of the last weeks."""
    add(today - timedelta(20), partial(_tokens, today - timedelta(20), users))
    for days in (14, 7):
        add(today - timedelta(days), partial(_digest, today - timedelta(days), users))


def _tokens(on: date, users: Users) -> None:
    now, last = moment_of(on, users).at, on + LIFE
    analyst, keeper = users["analyst"], users["secretariat"]
    reads = [TokenScope.READ]
    make_token(label="Nightly copy (made up)", scopes=reads, expires_on=last, by=analyst, at=now)
    both = list(TokenScope)
    ref, _ = make_token(label="Trial (made up)", scopes=both, expires_on=last, by=keeper, at=now)
    end_token(token=ref, by=keeper, at=now)


def _digest(on: date, users: Users) -> None:
    send_digests(at=moment_of(on, users).at)
