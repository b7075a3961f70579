"""How far evidence can be relied on and who may see it."""

from __future__ import annotations

from django.db.models import TextChoices


class Reliability(TextChoices):
    """How far the evidence can be relied on, by who offers it; a reviewer may disagree."""

    HIGH = "high", "High: measured, complete, could be repeated"
    MEDIUM = "medium", "Medium: sampled or partly checked"
    LOW = "low", "Low: opinion, or a single case"


class EvidenceClass(TextChoices):
    """Who may see it. Nothing above public leaves the register."""

    PUBLIC = "public", "Public"
    INTERNAL = "internal", "Internal to the service and its overseers"
    RESTRICTED = "restricted", "Restricted: named people only"
