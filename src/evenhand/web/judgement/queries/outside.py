"""Views from outside and public twins as of a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.accountability.machines import REDACTION
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.choices import Speaker, Stance
from evenhand.web.judgement.models import OutsideView, Redaction, RedactionStanding


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A view from outside."""

    ref: str
    item: str
    speaker: str
    name: str
    stance: str
    said_on: date
    text: str
    source: str
    recorded_by: str

    @property
    def speaker_words(self) -> str:
        """Who speaks, as a kind."""
        return str(Speaker(self.speaker).label)

    @property
    def stance_words(self) -> str:
        """What the view comes to."""
        return str(Stance(self.stance).label)


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """A public twin and how it stands. The private version it belongs to is named by number."""

    pk: int
    ref: str
    evidence: str
    number: int
    filename: str
    media_type: str
    size: int
    sha256: str
    left_out: str
    made_by: str
    state: str
    reviewed_by: str
    reason: str
    since: date

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"redaction:{self.ref}"

    @property
    def state_words(self) -> str:
        """What a page calls its state."""
        return REDACTION.state(self.state).words


def list_outside_views(*, as_of: AsOf, item: str = "") -> list[OutsideRow]:
    """Views from outside, the latest said first."""
    found = OutsideView.objects.as_of(as_of.moment).select_related("recommendation")
    if item:
        found = found.filter(recommendation__ref=item)
    return [
        OutsideRow(
            row.ref,
            row.recommendation.ref,
            row.speaker,
            row.name,
            row.stance,
            row.said_on,
            row.text,
            row.source,
            row.recorded_by,
        )
        for row in found.order_by("-said_on", "-pk")
    ]


def list_redactions(
    *, as_of: AsOf, evidence: str = "", only_passed: bool = False
) -> list[RedactionRow]:
    """Public twins, the latest first; only those that may be shown, where that is asked."""
    found = RedactionStanding.objects.as_of(as_of.moment).select_related("redaction")
    if evidence:
        found = found.filter(redaction__evidence=evidence)
    if only_passed:
        found = found.filter(state="passed")
    return [_redaction(row) for row in found.order_by("-redaction__recorded_at", "-pk")]


def list_twin_files(event: int | None = None) -> list[str]:
    """The hashes of the public twins that this event (None: any) put there and nobody had erased.

    Never as of a past date: what the law had erased is gone from the past as well.
    """
    rows = Redaction.objects.exclude(left_out=ERASED)
    if event is not None:
        rows = rows.filter(event_id=event)
    return list(rows.values_list("sha256", flat=True))


def get_redaction(ref: str, *, as_of: AsOf) -> RedactionRow:
    """One public twin."""
    found = RedactionStanding.objects.as_of(as_of.moment).select_related("redaction")
    row = found.filter(redaction__ref=ref).first()
    if row is None:
        raise NotThere("there is no such public twin at that date.", rule="redaction-exists")
    return _redaction(row)


def _redaction(row: RedactionStanding) -> RedactionRow:
    each = row.redaction
    return RedactionRow(
        each.pk,
        each.ref,
        each.evidence,
        each.number,
        each.filename,
        each.media_type,
        each.size,
        each.sha256,
        each.left_out,
        each.made_by,
        row.state,
        row.reviewed_by,
        row.reason,
        day_of(row.recorded_at),
    )
