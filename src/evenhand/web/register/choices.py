"""The kinds of duty, theme and link, for models, forms and callers alike."""

from __future__ import annotations

from django.db.models import TextChoices


class DutyRole(TextChoices):
    """What a duty is: one party is responsible, others may support or be consulted."""

    RESPONSIBLE = "responsible", "Responsible"
    SUPPORTS = "supports", "Supports"
    CONSULTED = "consulted", "Is consulted"


class ThemeKind(TextChoices):
    """A theme of ours, a strand of equality, or an area of the business."""

    THEME = "theme", "Theme"
    STRAND = "strand", "Strand"
    AREA = "area", "Area"


class LinkKind(TextChoices):
    """How the first item stands to the second."""

    OVERLAPS = "overlaps", "Overlaps with"
    REITERATES = "reiterates", "Reiterates"
    SUPERSEDES = "supersedes", "Supersedes in full"
    SUPERSEDES_PART = "supersedes_part", "Supersedes in part"
    DEPENDS_ON = "depends_on", "Depends on"
    CONFLICTS = "conflicts", "Conflicts with"
