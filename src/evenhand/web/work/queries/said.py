"""What was said, asked, done and shown about one item or about all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.work.models import (
    ActionCoverage,
    ActionStanding,
    Answer,
    ChallengeStanding,
    EvidenceStanding,
    EvidenceUse,
    EvidenceVersion,
    Update,
)


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """An update."""

    item: str
    as_at: date
    progress: str
    challenges: str
    next_steps: str
    repeats: bool
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer."""

    text: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A challenge, how it stood, and its answers so far."""

    ref: str
    item: str
    question: str
    asked_by: str
    asked_on: date
    answer_by: date | None
    state: str
    reason: str
    since: date
    answers: tuple[AnswerRow, ...]

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"challenge:{self.ref}"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action, how it stood, and what it covers: (item, what is left uncovered)."""

    ref: str
    title: str
    description: str
    lead: str
    lead_name: str
    due_on: date | None
    state: str
    reason: str
    since: date
    covers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of evidence."""

    number: int
    filename: str
    media_type: str
    size: int
    sha256: str
    address: str
    speaks_from: date
    speaks_to: date
    method: str
    limits: str
    reliability: str
    classification: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence, how it stood, its versions, and what it was used for."""

    ref: str
    title: str
    offered_by: str
    state: str
    reviewed_by: str
    reason: str
    versions: tuple[VersionRow, ...]
    uses: tuple[tuple[str, str], ...]

    @property
    def latest(self) -> VersionRow:
        """The version that counts."""
        return self.versions[-1]


def list_updates(*, as_of: AsOf, item: str = "") -> list[UpdateRow]:
    """Updates, newest first."""
    found = Update.objects.as_of(as_of.moment).select_related("recommendation")
    if item:
        found = found.filter(recommendation__ref=item)
    return [
        UpdateRow(
            row.recommendation.ref,
            row.as_at,
            row.progress,
            row.challenges,
            row.next_steps,
            row.repeats,
            row.by,
            row.recorded_at,
        )
        for row in found.order_by("-as_at", "-recorded_at", "-pk")
    ]


def list_challenges(*, as_of: AsOf, item: str = "", state: str = "") -> list[ChallengeRow]:
    """Challenges with their answers, the latest asked first."""
    found = ChallengeStanding.objects.as_of(as_of.moment).select_related(
        "challenge__recommendation"
    )
    if item:
        found = found.filter(challenge__recommendation__ref=item)
    if state:
        found = found.filter(state=state)
    rows = list(found.order_by("-challenge__recorded_at", "-pk"))
    answers: dict[int, list[AnswerRow]] = defaultdict(list)
    given = Answer.objects.as_of(as_of.moment).filter(
        challenge__in=[row.challenge_id for row in rows]
    )
    for each in given.order_by("recorded_at", "pk"):
        answers[each.challenge_id].append(AnswerRow(each.text, each.by, each.recorded_at))
    return [
        ChallengeRow(
            row.challenge.ref,
            row.challenge.recommendation.ref,
            row.challenge.question,
            row.challenge.asked_by,
            row.challenge.asked_on,
            row.challenge.answer_by,
            row.state,
            row.reason,
            day_of(row.recorded_at),
            tuple(answers[row.challenge_id]),
        )
        for row in rows
    ]


def list_actions(*, as_of: AsOf, item: str = "") -> list[ActionRow]:
    """Actions with what each covers, by due date."""
    found = ActionStanding.objects.as_of(as_of.moment).select_related("action__lead")
    if item:
        covering = ActionCoverage.objects.as_of(as_of.moment).filter(recommendation__ref=item)
        found = found.filter(action__in=covering.values("action"))
    rows = list(found.order_by("action__due_on", "action__recorded_at"))
    covers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    stated = ActionCoverage.objects.as_of(as_of.moment).filter(
        action__in=[row.action_id for row in rows]
    )
    for action, ref, uncovered in stated.order_by("recommendation__place").values_list(
        "action", "recommendation__ref", "uncovered"
    ):
        covers[action].append((ref, uncovered))
    return [
        ActionRow(
            row.action.ref,
            row.action.title,
            row.action.description,
            row.action.lead.subject,
            row.action.lead.name,
            row.action.due_on,
            row.state,
            row.reason,
            day_of(row.recorded_at),
            tuple(covers[row.action_id]),
        )
        for row in rows
    ]


def list_evidence(*, as_of: AsOf, item: str = "") -> list[EvidenceRow]:
    """Evidence with its versions and uses, the latest offered first."""
    found = EvidenceStanding.objects.as_of(as_of.moment).select_related("evidence")
    used = EvidenceUse.objects.as_of(as_of.moment)
    if item:
        for_item = used.filter(recommendation__ref=item)
        found = found.filter(evidence__in=for_item.values("evidence"))
    rows = list(found.order_by("-evidence__recorded_at", "-pk"))
    keys = [row.evidence_id for row in rows]
    versions: dict[int, list[VersionRow]] = defaultdict(list)
    offered = EvidenceVersion.objects.as_of(as_of.moment).filter(evidence__in=keys)
    for each in offered.order_by("number"):
        versions[each.evidence_id].append(_version(each))
    uses: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for evidence, ref, shows in (
        used.filter(evidence__in=keys)
        .order_by("recommendation__place")
        .values_list("evidence", "recommendation__ref", "shows")
    ):
        uses[evidence].append((ref, shows))
    return [
        EvidenceRow(
            row.evidence.ref,
            row.evidence.title,
            row.evidence.offered_by,
            row.state,
            row.reviewed_by,
            row.reason,
            tuple(versions[row.evidence_id]),
            tuple(uses[row.evidence_id]),
        )
        for row in rows
    ]


def _version(row: EvidenceVersion) -> VersionRow:
    return VersionRow(
        row.number,
        row.filename,
        row.media_type,
        row.size,
        row.sha256,
        row.address,
        row.speaks_from,
        row.speaks_to,
        row.method,
        row.limits,
        row.reliability,
        row.classification,
        row.by,
        row.recorded_at,
    )
