"""The first administrator: made once, before there is anybody who could be asked for permission."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from evenhand.accountability.roles import Role, Scope
from evenhand.core import Refused
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.models import User
from evenhand.web.accounts.writing import add_account, add_grant, add_party
from evenhand.web.ledger.recording import SYSTEM


def found_installation(*, name: str, username: str, password: str, at: datetime) -> User:
    """Make the first administrator; refused once there is any account.

    The only way to gain a role without somebody granting it, and its events say so: their actor is
    ``service:evenhand``.
    """
    with transaction.atomic():
        if User.objects.exists():
            raise Refused("There are accounts already: an administrator grants roles.")
        party = add_party(PartyKind.PERSON, name, by=SYSTEM, at=at, ref="", starts=None)
        user = add_account(party, username, password, by=SYSTEM, at=at)
        add_grant(party, Role.ADMINISTRATOR, Scope(), (None, None), by=SYSTEM, at=at)
    return user
