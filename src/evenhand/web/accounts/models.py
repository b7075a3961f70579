"""Tables of who there is.

A *party* is a person, a team or a body; an owner need not have an account. What the design calls
Actor is two things here: the party that owns, and :class:`evenhand.accountability.roles.Actor`, the
one that acts. A name is personal data: it stands in one column, which the law may have erased, and
in the ledger only sealed.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from evenhand.accountability.roles import Role, ScopeKind
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    IdentityQuerySet,
    only_one_stands,
)


class Party(models.Model):
    """Somebody who can own, answer or act; known by ``kind:ref`` for good."""

    erasable: ClassVar[tuple[str, ...]] = ("name",)
    carried_by: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ("name",)

    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    ref = models.CharField(max_length=REF_LENGTH)
    name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, related_name="+")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "ref"), name="accounts_party_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """``team:training``: how rules and the ledger know them."""
        return f"{self.kind}:{self.ref}"


class Presence(Fact):
    """From when to when a party is there; a duty outlives it, and that is an exception."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="presences")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (only_one_stands("party", name="accounts_one_presence"),)


class Membership(Fact):
    """That a person belongs to a team and speaks for it, with dates."""

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="members")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (only_one_stands("person", "team", name="accounts_one_membership"),)


class User(AbstractUser):
    """An account: how a person signs in. What they may do follows from their party's roles."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="account", null=True)

    @property
    def subject(self) -> str:
        """The acting person’s reference."""
        return self.party.subject if self.party else f"account:{self.pk}"


class RoleGrant(Fact):
    """A role given to a person, with its scope and dates."""

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.words) for role in Role])
    scope_kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.value.capitalize()) for kind in ScopeKind]
    )
    scope_ref = models.CharField(max_length=REF_LENGTH, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (
            only_one_stands("person", "role", "scope_kind", "scope_ref", name="accounts_one_grant"),
        )
