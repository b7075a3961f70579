"""The kinds of party, for models, forms and callers alike."""

from __future__ import annotations

from django.db.models import TextChoices


class PartyKind(TextChoices):
    """A person, a team inside the service (a unit is one), or a body."""

    PERSON = "person", "Person"
    TEAM = "team", "Team"
    BODY = "body", "Body"
