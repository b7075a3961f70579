"""The kinds of measure, sitting and outside voice, for models, forms and callers alike."""

from __future__ import annotations

from django.db.models import TextChoices


class MeasureKind(TextChoices):
    """Where the figure of a criterion comes from."""

    INDICATOR = "indicator", "An indicator measured here"
    EXTERNAL = "external", "A figure from outside, recorded by hand with its source"


class Mode(TextChoices):
    """How a panel sits."""

    ROOM = "room", "In a room, on one day"
    CORRESPONDENCE = "correspondence", "By correspondence, between two days"


class Speaker(TextChoices):
    """Who says something from outside; never merged with the verdict, and never counted in it."""

    INSPECTORATE = "inspectorate", "An inspectorate"
    COMMUNITY = "community", "A community body"
    FAMILY = "family", "A family"
    ASSOCIATION = "association", "A staff association"
    MEMBER = "member", "A member of the oversight body"
    OTHER = "other", "Somebody else"


class Stance(TextChoices):
    """What the view comes to, in the speaker’s own judgement."""

    AGREES = "agrees", "It is done and works"
    PARTLY = "partly", "In part"
    DISAGREES = "disagrees", "It is not done, or does not work"
    NO_VIEW = "no_view", "Says something else"
