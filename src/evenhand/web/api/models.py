"""Tables of tokens: their hash and nothing of themselves, their end, and their pace.

The secret is shown once and never kept: whoever reads these tables can use no token.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.accounts.models import User
from evenhand.web.foundation.recorded import REF_LENGTH, Identity, Saying


class Token(Identity):
    """A token as it was made: whose, for what, until when. ``scopes`` is a list with commas."""

    subject_kind: ClassVar[str] = "token"
    erasable = ("label",)

    holder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=100)
    scopes = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()


class TokenEnd(Saying):
    """That a token was ended before its day, and by whom."""

    token = models.OneToOneField(Token, on_delete=models.PROTECT, related_name="ended")
    by = models.CharField(max_length=REF_LENGTH)


class TokenUse(models.Model):
    """When a token was last used, and when its next request is due: not of the record."""

    token = models.OneToOneField(
        Token, on_delete=models.PROTECT, related_name="use", primary_key=True
    )
    due = models.DateTimeField()
    last_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.token)
