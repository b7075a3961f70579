"""Verdicts as of a date, with every vote, and what the exception rules need of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from evenhand.accountability.exceptions import Verdict as VerdictFacts
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice, Vote
from evenhand.accountability.machines import VERDICT
from evenhand.accountability.scales import Scale
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.models import Recheck, VerdictStanding
from evenhand.web.judgement.queries.sittings import list_votes
from evenhand.web.register.queries import ItemRow, list_scales


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict as a page shows it."""

    pk: int
    ref: str
    item: str
    item_pk: int
    sitting: str
    sitting_pk: int
    panel_title: str
    claim: str
    level_words: str
    claim_rank: int
    upheld: bool
    closes: bool
    embedding: Embedding
    votes_for: int
    votes_against: int
    abstained: int
    quorum: int
    bundle_sha256: str
    decided_on: date
    decided_at: datetime
    event: int
    state: str
    cause: str
    reason: str
    since: date
    recheck_on: date | None
    rechecks: int

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"verdict:{self.ref}"

    @property
    def state_words(self) -> str:
        """What a page calls its state."""
        return VERDICT.state(self.state).words

    @property
    def words(self) -> str:
        """What was found, in one line."""
        found = "Upheld" if self.upheld else "Not upheld"
        return f"{found}: “{self.level_words}”. {self.embedding.words}."


@dataclass(frozen=True, slots=True)
class RecheckView:
    """That a verdict was looked at again."""

    verdict: str
    seen: str
    figure: str
    by: str
    recorded_at: datetime


def list_verdicts(*, as_of: AsOf, item: str = "", state: str = "") -> list[VerdictView]:
    """Verdicts, the latest first."""
    found = VerdictStanding.objects.as_of(as_of.moment)
    if item:
        found = found.filter(verdict__recommendation__ref=item)
    if state:
        found = found.filter(state=state)
    return [_view(row) for row in _joined(found).order_by("-verdict__recorded_at", "-pk")]


def get_verdict(ref: str, *, as_of: AsOf) -> VerdictView:
    """One verdict."""
    row = _joined(VerdictStanding.objects.as_of(as_of.moment)).filter(verdict__ref=ref).first()
    if row is None:
        raise NotThere("there is no such verdict at that date.", rule="verdict-exists")
    return _view(row)


def list_dissent(verdict: VerdictView, *, as_of: AsOf) -> tuple[Vote, ...]:
    """The votes on the other side, in the members' own words."""
    votes = list_votes([verdict.sitting_pk], as_of=as_of).get(verdict.sitting_pk, ())
    other = Voice.REJECT if verdict.upheld else Voice.UPHOLD
    return tuple(vote for vote in votes if vote.voice is other)


def list_rechecks(verdict: str, *, as_of: AsOf) -> list[RecheckView]:
    """When a verdict was looked at again, the latest first."""
    found = Recheck.objects.as_of(as_of.moment).filter(verdict__ref=verdict)
    rows = found.select_related("verdict").order_by("-recorded_at", "-pk")
    return [
        RecheckView(row.verdict.ref, row.seen, row.figure, row.by, row.recorded_at) for row in rows
    ]


def list_latest_verdicts(
    *, as_of: AsOf, items: Sequence[str] | None = None
) -> Mapping[str, VerdictView]:
    """The latest verdict on every item that has been judged (of these items, or of all)."""
    found = VerdictStanding.objects.as_of(as_of.moment).exclude(state="replaced")
    if items is not None:
        found = found.filter(verdict__recommendation__ref__in=items)
    rows = _joined(found).order_by("verdict__recorded_at", "verdict__pk")
    return {view.item: view for view in map(_view, rows)}


def list_verdict_facts(
    rows: Sequence[ItemRow], *, newer: Mapping[int, Sequence[datetime]], as_of: AsOf
) -> Mapping[int, VerdictFacts]:
    """What the exception rules need of each item's latest verdict, by primary key.

    ``newer`` holds, by item, when each version of its evidence came.
    """
    latest = list_latest_verdicts(as_of=as_of)
    if not latest:
        return {}
    scales = list_scales()
    return {
        row.pk: _facts(row, latest[row.ref], newer.get(row.pk, ()), scales[row.scale])
        for row in rows
        if row.ref in latest
    }


def _facts(
    row: ItemRow, verdict: VerdictView, came: Sequence[datetime], scale: Scale
) -> VerdictFacts:
    later = [day_of(at) for at in came if at > verdict.decided_at]
    level = row.level
    return VerdictFacts(
        state=verdict.state,
        since=verdict.since,
        decided_on=verdict.decided_on,
        upheld=verdict.upheld,
        found_rank=verdict.claim_rank if verdict.upheld else verdict.claim_rank - 1,
        recheck_on=verdict.recheck_on,
        why=verdict.reason,
        newer_evidence_on=min(later, default=None),
        reported_rank=scale.rank(level.code) if level and level.applies else None,
        reported_words=level.words if level else "",
        reported_on=level.as_at if level else None,
    )


def _joined(found: Any) -> Any:
    return found.select_related(
        "verdict__recommendation", "verdict__sitting__panel", "verdict__sitting__claim"
    )


def _view(row: VerdictStanding) -> VerdictView:
    each = row.verdict
    sitting = each.sitting
    return VerdictView(
        pk=each.pk,
        ref=each.ref,
        item=each.recommendation.ref,
        item_pk=each.recommendation_id,
        sitting=sitting.ref,
        sitting_pk=sitting.pk,
        panel_title=sitting.panel.title,
        claim=sitting.claim.ref,
        level_words=sitting.claim.level_words,
        claim_rank=sitting.claim.rank,
        upheld=each.upheld,
        closes=each.closes,
        embedding=Embedding(each.embedding),
        votes_for=each.votes_for,
        votes_against=each.votes_against,
        abstained=each.abstained,
        quorum=each.quorum,
        bundle_sha256=each.bundle_sha256,
        decided_on=each.decided_on,
        decided_at=each.recorded_at,
        event=each.event_id,
        state=row.state,
        cause=row.cause,
        reason=row.reason,
        since=day_of(row.recorded_at),
        recheck_on=row.recheck_on,
        rechecks=row.rechecks,
    )
