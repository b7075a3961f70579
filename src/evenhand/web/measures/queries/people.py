"""Who a person is in the files."""

from __future__ import annotations

from datetime import datetime

from evenhand.web.accounts.models import User
from evenhand.web.measures.models import PersonKey


def find_person_key(user: User, *, as_of: datetime | None) -> str:
    """The pseudonym of this account's person; empty where nobody has said."""
    rows = PersonKey.objects.as_of(as_of).filter(person=user.party)
    return rows.values_list("key", flat=True).first() or ""
