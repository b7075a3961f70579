"""What the API says of judgement and commissions; a field that is not named here is not sent."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from evenhand.web.api.schemas import VerdictOut


class ReadingOut(Schema):
    """A figure for a period, or why there is none; as the public may see it."""

    start: date
    end: date
    value: float | None
    low: float | None
    high: float | None
    absent: str
    source: str


class StandingOut(Schema):
    """How the measure stands against its criterion."""

    outcome: str
    sentence: str
    met_months: int
    sustained: bool
    latest: ReadingOut | None


class CriterionOut(Schema):
    """One version of the measure by which an item is judged, with its target."""

    ref: str
    recommendation: str
    version: int
    kind: str
    title: str
    source: str
    indicator: str
    unit: str
    characteristic: str
    group: str
    comparator: str
    target: str
    low: float | None
    high: float | None
    comparison: str
    distance: str
    margin: float | None
    measured_in: str
    sustain_months: int
    reason: str
    proposed_by: str
    state: str
    for_owner: str
    for_secretariat: str
    since: date
    event: int
    standing: StandingOut | None = Field(description="Only of the version an item is held to")


class CriteriaOut(Schema):
    """One page of criteria."""

    total: int
    page: int
    pages: int
    rows: list[CriterionOut]


class SittingOut(Schema):
    """A sitting of a panel on a claim. How many voted is said while it is open; how, never."""

    ref: str
    recommendation: str
    panel: str
    panel_title: str
    claim: str
    criterion: str
    mode: str
    opens_on: date
    closes_on: date
    quorum: int
    voted: int
    state: str
    reason: str
    since: date
    bundle_sha256: str
    convened_at: datetime


class SittingsOut(Schema):
    """One page of sittings."""

    total: int
    page: int
    pages: int
    rows: list[SittingOut]


class VoteOut(Schema):
    """How one member voted, what they found, and why."""

    member: str
    voice: str
    embedding: str
    reason: str


class SittingWhole(SittingOut):
    """A sitting with its votes, once it is decided."""

    votes: list[VoteOut]


class JudgedOut(VerdictOut):
    """A verdict with the recommendation it is about."""

    recommendation: str
    sitting: str
    embedding: str
    cause: str
    reason: str
    since: date
    recheck_on: date | None


class VerdictsOut(Schema):
    """One page of verdicts."""

    total: int
    page: int
    pages: int
    rows: list[JudgedOut]


class RecheckOut(Schema):
    """That a verdict was looked at again."""

    seen: str
    figure: str
    by: str
    recorded_at: datetime


class VerdictWhole(JudgedOut):
    """A verdict with every vote, those on the other side apart, and its re-checks."""

    votes: list[VoteOut]
    dissent: list[VoteOut]
    rechecks: list[RecheckOut]


class CommissionOut(Schema):
    """A report that members asked for."""

    ref: str
    title: str
    question: str
    asked_of: str
    asked_of_name: str
    asked_by: str
    asked_on: date
    state: str
    reason: str
    meeting: str
    meeting_title: str
    wanted_on: date
    first_wanted_on: date
    postponed: int
    paper: str
    late_since: date | None = Field(description="Empty where it is not late")


class CommissionsOut(Schema):
    """One page of commissioned reports."""

    total: int
    page: int
    pages: int
    rows: list[CommissionOut]
