"""What the API says, field by field: a field that is not named here is not sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Fault(Schema):
    """What went wrong, by which rule, and what to do."""

    kind: str
    problem: str
    rule: str | None = None
    remedy: str | None = None


class ErrorOut(Schema):
    """An answer that is no answer. ``details`` names parts of a request that are not right."""

    error: Fault
    details: list[dict[str, Any]]


class InquiryOut(Schema):
    """An inquiry."""

    ref: str
    title: str
    opened_on: date | None
    description: str


class PublicationOut(Schema):
    """A report."""

    ref: str
    title: str
    edition: int
    published_on: date
    author: str
    report_number: str
    inquiry: str
    inquiry_title: str
    scale: str
    recommendations: int
    items: int


class LevelOut(Schema):
    """A level of a scale."""

    code: str
    words: str
    meaning: str
    closes: bool
    applies: bool


class ScaleOut(Schema):
    """A scale with its levels in order."""

    ref: str
    title: str
    levels: list[LevelOut]


class ThemeOut(Schema):
    """A theme, strand or area."""

    ref: str
    title: str
    kind: str


class WorkOut(Schema):
    """The state of the work."""

    state: str
    since: date
    reason: str


class ReportedOut(Schema):
    """A level of the report’s own scale, as reported."""

    code: str
    words: str
    closes: bool
    as_at: date


class ResponseOut(Schema):
    """What the body answered."""

    state: str
    reason: str
    responded_on: date


class DueOut(Schema):
    """By when; the original beside it."""

    state: str
    due_on: date | None
    original_on: date
    slips: int
    reason: str


class DutyOut(Schema):
    """Who holds which duty."""

    party: str
    name: str
    role: str
    starts: date
    ends: date | None


class RecommendationOut(Schema):
    """A recommendation or part, and what stood about it."""

    ref: str
    number: str
    parent: str
    is_item: bool
    heading: str
    title: str
    text: str
    page: str
    publication: str
    inquiry: str
    addressed_to: str
    work: WorkOut
    level: ReportedOut | None
    response: ResponseOut | None
    due: DueOut | None
    duties: list[DutyOut]
    themes: list[ThemeOut]


class RecommendationsOut(Schema):
    """One page of recommendations."""

    total: int
    page: int
    pages: int
    rows: list[RecommendationOut]


class UpdateOut(Schema):
    """What the owner told."""

    as_at: date
    progress: str
    challenges: str
    next_steps: str
    repeats: bool
    by: str
    recorded_at: datetime


class AnswerOut(Schema):
    """An answer."""

    text: str
    by: str
    recorded_at: datetime


class ChallengeOut(Schema):
    """A scrutiny question with its answers."""

    ref: str
    question: str
    asked_by: str
    asked_on: date
    answer_by: date | None
    state: str
    answers: list[AnswerOut]


class ActionOut(Schema):
    """An action."""

    ref: str
    title: str
    lead: str
    lead_name: str
    due_on: date | None
    state: str


class VersionOut(Schema):
    """A version of evidence, without the file."""

    number: int
    sha256: str
    speaks_from: date
    speaks_to: date
    method: str
    limits: str
    reliability: str
    classification: str


class EvidenceOut(Schema):
    """Evidence that the holder of the token is cleared for."""

    ref: str
    title: str
    state: str
    versions: list[VersionOut]


class ClaimOut(Schema):
    """A level that the owner claims."""

    ref: str
    level: str
    level_words: str
    as_at: date
    state: str


class VerdictOut(Schema):
    """What a panel found, bound by a hash to what it judged."""

    ref: str
    claim: str
    level_words: str
    upheld: bool
    votes_for: int
    votes_against: int
    abstained: int
    quorum: int
    bundle_sha256: str
    decided_on: date
    state: str
    event: int


class LinkOut(Schema):
    """How two recommendations are connected."""

    ref: str
    source: str
    target: str
    kind: str
    reason: str
    state: str
    uncovered: str


class CoverageOut(Schema):
    """A policy over a recommendation."""

    policy: str
    policy_title: str
    address: str
    in_full: bool
    uncovered: str


class RecommendationWhole(Schema):
    """Everything about one recommendation."""

    recommendation: RecommendationOut
    parts: list[RecommendationOut]
    updates: list[UpdateOut]
    challenges: list[ChallengeOut]
    actions: list[ActionOut]
    evidence: list[EvidenceOut]
    claims: list[ClaimOut]
    verdicts: list[VerdictOut]
    evidence_withheld: int = Field(description="Pieces the holder is not cleared for")
    links: list[LinkOut]
    policies: list[CoverageOut]


class ExceptionOut(Schema):
    """Why something should be looked at, and since when."""

    recommendation: str
    kind: str
    words: str
    why: str
    since: date


class HappeningOut(Schema):
    """An event of a recommendation; sealed facts opened where they are not erased."""

    sequence: int
    kind: str
    actor: str
    subject: str
    at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    withheld: bool


class HeadOut(Schema):
    """Where the ledger stands."""

    size: int
    root: str
    at: datetime | None


class ProofOut(Schema):
    """The hashes that lead from one event up to the root (RFC 9162, in hexadecimal)."""

    sequence: int
    size: int
    root: str
    path: list[str]


class ActOut(Schema):
    """An act on the public side."""

    number: int
    act: str
    title: str
    statement: str
    on: date
    sha256: str
    event: int
    withdrawn_by: int | None
