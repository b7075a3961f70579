"""Who had a hand in the evidence for an item: they cannot also judge it."""

from __future__ import annotations

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.work.models import EvidenceStanding, EvidenceUse, EvidenceVersion


def list_hands(item: str, *, as_of: AsOf) -> frozenset[str]:
    """Whoever offered, revised or reviewed any evidence that was ever used for an item."""
    used = EvidenceUse.objects.filter(recommendation__ref=item)
    versions = EvidenceVersion.objects.as_of(as_of.moment)
    reviews = EvidenceStanding.objects.exclude(reviewed_by="")
    if as_of.moment is not None:
        used = used.filter(recorded_at__lte=as_of.moment)
        reviews = reviews.filter(recorded_at__lte=as_of.moment)
    evidence = used.values("evidence")
    offered = used.values_list("evidence__offered_by", flat=True)
    written = versions.filter(evidence__in=evidence).values_list("by", flat=True)
    reviewed = reviews.filter(evidence__in=evidence).values_list("reviewed_by", flat=True)
    return frozenset({*offered, *written, *reviewed})
