"""How far evidence can be relied on, who may see it, and on what ground words are erased."""

from __future__ import annotations

from django.db.models import TextChoices

from evenhand.accountability.classification import Classification


class ErasureGround(TextChoices):
    """On what ground words were erased."""

    ASKED = "asked", "The person concerned asked for it (UK GDPR, article 17)"
    NOT_NEEDED = "not_needed", "They are no longer needed for what they were recorded for"
    UNLAWFUL = "unlawful", "They should not have been recorded"
    ORDER = "order", "A court or the regulator ordered it"


class Reliability(TextChoices):
    """How far the evidence can be relied on, by who offers it; a reviewer may disagree."""

    HIGH = "high", "High: measured, complete, could be repeated"
    MEDIUM = "medium", "Medium: sampled or partly checked"
    LOW = "low", "Low: opinion, or a single case"


class EvidenceClass(TextChoices):
    """Who may see it, as the rule ``may_see_evidence`` says. Only public leaves the register."""

    PUBLIC = Classification.PUBLIC.value, "Public"
    INTERNAL = Classification.INTERNAL.value, "Internal to the service and its overseers"
    RESTRICTED = (
        Classification.RESTRICTED.value,
        "Restricted to the owner, the secretariat and the panel",
    )
