"""Sittings, votes and verdicts as of a date."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Finding, Voice, Vote, decide
from evenhand.accountability.machines import SITTING
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.models import Ballot, SittingStanding


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting as a page shows it; ``bundle`` holds the facts that were put before it."""

    pk: int
    ref: str
    panel: str
    panel_title: str
    item: str
    item_pk: int
    claim: str
    criterion: str
    mode: str
    opens_on: date
    closes_on: date
    quorum: int
    bundle: Mapping[str, Any]
    bundle_text: str
    bundle_sha256: str
    convened_at: datetime
    state: str
    reason: str
    since: date
    voted: frozenset[str]

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"sitting:{self.ref}"

    @property
    def state_words(self) -> str:
        """What a page calls its state."""
        return SITTING.state(self.state).words


def list_sittings(
    *, as_of: AsOf, item: str = "", panel: str = "", state: str = ""
) -> list[SittingView]:
    """Sittings, the latest first."""
    found = _found(as_of)
    if item:
        found = found.filter(sitting__recommendation__ref=item)
    if panel:
        found = found.filter(sitting__panel__ref=panel)
    if state:
        found = found.filter(state=state)
    return _views(list(found.order_by("-sitting__recorded_at", "-pk")), as_of)


def get_sitting(ref: str, *, as_of: AsOf) -> SittingView:
    """One sitting."""
    views = _views(list(_found(as_of).filter(sitting__ref=ref)), as_of)
    if not views:
        raise NotThere("there is no such sitting at that date.", rule="sitting-exists")
    return views[0]


def list_votes(sittings: Iterable[int], *, as_of: AsOf) -> Mapping[int, tuple[Vote, ...]]:
    """The votes of these sittings (by primary key), in the order they were cast."""
    found: dict[int, list[Vote]] = defaultdict(list)
    rows = Ballot.objects.as_of(as_of.moment).filter(sitting__in=list(sittings))
    for row in rows.select_related("member").order_by("recorded_at", "pk"):
        vote = Vote(row.member.subject, Voice(row.voice), Embedding(row.embedding), row.reason)
        found[row.sitting_id].append(vote)
    return {key: tuple(votes) for key, votes in found.items()}


def find_finding(sitting: SittingView, *, as_of: AsOf) -> Finding:
    """What the votes cast so far amount to."""
    votes = list_votes([sitting.pk], as_of=as_of).get(sitting.pk, ())
    return decide(votes, quorum=sitting.quorum)


def _found(as_of: AsOf) -> Any:
    return SittingStanding.objects.as_of(as_of.moment).select_related(
        "sitting__panel",
        "sitting__recommendation",
        "sitting__claim",
        "sitting__criterion",
    )


def _views(rows: list[Any], as_of: AsOf) -> list[SittingView]:
    votes = list_votes([row.sitting_id for row in rows], as_of=as_of)
    return [_view(row, votes.get(row.sitting_id, ())) for row in rows]


def _view(row: Any, votes: tuple[Vote, ...]) -> SittingView:
    each = row.sitting
    return SittingView(
        pk=each.pk,
        ref=each.ref,
        panel=each.panel.ref,
        panel_title=each.panel.title,
        item=each.recommendation.ref,
        item_pk=each.recommendation_id,
        claim=each.claim.ref,
        criterion=each.criterion.ref,
        mode=each.mode,
        opens_on=each.opens_on,
        closes_on=each.closes_on,
        quorum=each.quorum,
        bundle=json.loads(each.bundle),
        bundle_text=each.bundle,
        bundle_sha256=each.bundle_sha256,
        convened_at=each.recorded_at,
        state=row.state,
        reason=row.reason,
        since=day_of(row.recorded_at),
        voted=frozenset(vote.member for vote in votes),
    )
