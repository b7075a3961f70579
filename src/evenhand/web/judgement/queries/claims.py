"""Claims as of a date, with the evidence each stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.accountability.judgement.bundle import hash_facts
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.machines import CLAIM
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.models import ClaimStanding, PinnedVersion
from evenhand.web.work.queries import EvidenceRow, VersionRow


@dataclass(frozen=True, slots=True)
class Pin:
    """A version of evidence in a claim's set."""

    evidence: str
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as a page shows it."""

    pk: int
    ref: str
    item: str
    item_pk: int
    level: str
    level_words: str
    closes: bool
    rank: int
    embedding: Embedding
    as_at: date
    reason: str
    by: str
    state: str
    state_reason: str
    since: date
    pinned: tuple[Pin, ...]
    event: int

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"claim:{self.ref}"

    @property
    def state_words(self) -> str:
        """What a page calls its state."""
        return CLAIM.state(self.state).words


def list_claims(*, as_of: AsOf, item: str = "", state: str = "") -> list[ClaimView]:
    """Claims, the latest first."""
    found = ClaimStanding.objects.as_of(as_of.moment).select_related("claim__recommendation")
    if item:
        found = found.filter(claim__recommendation__ref=item)
    if state:
        found = found.filter(state=state)
    return _views(list(found.order_by("-claim__recorded_at", "-pk")))


def get_claim(ref: str, *, as_of: AsOf) -> ClaimView:
    """One claim."""
    found = ClaimStanding.objects.as_of(as_of.moment).filter(claim__ref=ref)
    views = _views(list(found.select_related("claim__recommendation")))
    if not views:
        raise NotThere("there is no such claim at that date.", rule="claim-exists")
    return views[0]


def pin_version(evidence: EvidenceRow, version: VersionRow) -> Pin:
    """The hash over a version of evidence: its file, period, class, and the event that recorded it.

    That event holds its words (link, method, limits) as sealed facts, so they are bound too, and
    the law can still have them erased. A link's own content can be changed by others; what is
    pinned is what was said of it.
    """
    facts: Mapping[str, Any] = {
        "evidence": evidence.ref,
        "number": version.number,
        "sha256": version.sha256,
        "from": version.speaks_from.isoformat(),
        "to": version.speaks_to.isoformat(),
        "event": version.event,
        "reliability": version.reliability,
        "class": version.classification,
    }
    return Pin(evidence.ref, version.number, hash_facts(facts))


def _views(rows: list[Any]) -> list[ClaimView]:
    pinned: dict[int, list[Pin]] = defaultdict(list)
    pins = PinnedVersion.objects.filter(claim__in=[row.claim_id for row in rows])
    for each in pins.order_by("evidence"):
        pinned[each.claim_id].append(Pin(each.evidence, each.number, each.sha256))
    return [
        ClaimView(
            pk=row.claim_id,
            ref=row.claim.ref,
            item=row.claim.recommendation.ref,
            item_pk=row.claim.recommendation_id,
            level=row.claim.level,
            level_words=row.claim.level_words,
            closes=row.claim.closes,
            rank=row.claim.rank,
            embedding=Embedding(row.claim.embedding),
            as_at=row.claim.as_at,
            reason=row.claim.reason,
            by=row.claim.by,
            state=row.state,
            state_reason=row.reason,
            since=day_of(row.recorded_at),
            pinned=tuple(pinned[row.claim_id]),
            event=row.claim.event_id,
        )
        for row in rows
    ]
