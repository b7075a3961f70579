"""Whether every verdict is still bound to what was judged: rows against the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.accountability.judgement.bundle import find_difference, hash_facts
from evenhand.accountability.judgement.votes import Vote, closes_item, decide
from evenhand.core import EvenhandError
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.queries.claims import ClaimView, get_claim
from evenhand.web.judgement.queries.sittings import (
    SittingView,
    get_sitting,
    list_sittings,
    list_votes,
)
from evenhand.web.judgement.queries.verdicts import VerdictView, list_verdicts
from evenhand.web.ledger.queries import Happening, list_history
from evenhand.web.register.queries import list_items
from evenhand.web.work.queries import list_evidence


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that does not hold, and in which words."""

    subject: str
    problem: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}"


def check_verdicts(*, as_of: AsOf) -> list[Broken]:
    """What is no longer as it was judged? Empty: every sitting, verdict and closed item holds.

    Each sitting's bundle is put together again from the rows and compared with its hash in the
    ledger, figures measured here from the runs that stood when it was convened, and those runs with
    their own hash; each verdict is counted again from its votes; each closed item must have a
    verdict that closes. The ledger itself is checked by ``evenhand ledger verify``.
    """
    sittings = list_sittings(as_of=as_of)
    votes = list_votes([each.pk for each in sittings], as_of=as_of)
    verdicts = list_verdicts(as_of=as_of)
    by_sitting = {verdict.sitting: verdict for verdict in verdicts}
    found: list[Broken] = []
    for sitting in sittings:
        events = list_history(sitting.subject, as_of=as_of.moment)
        wrong = list(_check_sitting(sitting, events, as_of))
        found += wrong
        verdict = by_sitting.get(sitting.ref)
        if verdict is not None:
            if wrong:
                words = f"it rests on what is not as the panel saw it: see {sitting.subject}"
                found.append(Broken(verdict.subject, words))
            cast = votes.get(sitting.pk, ())
            found += _check_verdict(verdict, sitting, cast, events, as_of)
    return [*found, *_check_runs(sittings, as_of), *_check_closed(verdicts, as_of)]


def check_one(verdict: VerdictView, *, as_of: AsOf) -> list[Broken]:
    """The same for one verdict and its sitting."""
    sitting = get_sitting(verdict.sitting, as_of=as_of)
    events = list_history(sitting.subject, as_of=as_of.moment)
    votes = list_votes([sitting.pk], as_of=as_of).get(sitting.pk, ())
    return [
        *_check_sitting(sitting, events, as_of),
        *_check_verdict(verdict, sitting, votes, events, as_of),
    ]


def _check_sitting(
    sitting: SittingView, events: Sequence[Happening], as_of: AsOf
) -> Iterator[Broken]:
    from evenhand.web.judgement.bundles import rebuild_facts  # it asks queries of this package
    from evenhand.web.judgement.sources import tell_change

    convened = _find(events, "sitting.convened", sitting.subject)
    if convened is None:
        yield Broken(sitting.subject, "the ledger does not know that it was convened")
        return
    recorded = str(convened.get("bundle"))
    if sitting.bundle_sha256 != recorded or hash_facts(sitting.bundle) != recorded:
        yield Broken(sitting.subject, "its bundle is not the one in the ledger")
    try:
        now = rebuild_facts(sitting)
    except EvenhandError as error:
        yield Broken(sitting.subject, f"what it was shown is not all there: {error.problem}")
        return
    if hash_facts(now) != recorded:
        parts = find_difference(now, sitting.bundle) or "every part"
        told = tell_change(now, sitting.bundle)
        words = f"what it was shown has been altered since: {parts}{told and f' ({told})'}"
        yield Broken(sitting.subject, words)
    for words in check_words(get_claim(sitting.claim, as_of=as_of), as_of=as_of):
        yield Broken(sitting.subject, f"{words} are not those that were recorded")


def _check_runs(sittings: Sequence[SittingView], as_of: AsOf) -> Iterator[Broken]:
    """Whether the measurements that were judged by still have the figures in the ledger."""
    from evenhand.web.judgement.sources import is_intact, run_of

    runs: dict[str, list[str]] = defaultdict(list)
    for sitting in sittings:
        if run := run_of(sitting.bundle):
            runs[run].append(sitting.subject)
    for run, judged in runs.items():
        if not is_intact(run, as_of=as_of):
            for subject in judged:
                yield Broken(
                    subject, f"the figures of run:{run}, by which it judged, are not the ledger’s"
                )


def _check_verdict(
    verdict: VerdictView,
    sitting: SittingView,
    votes: Sequence[Vote],
    events: Sequence[Happening],
    as_of: AsOf,
) -> Iterator[Broken]:
    given = _find(events, "verdict.given", verdict.subject)
    if given is None:
        yield Broken(verdict.subject, "the ledger does not know that it was given")
        return
    if given.get("bundle") != sitting.bundle_sha256 or verdict.bundle_sha256 != given.get("bundle"):
        yield Broken(verdict.subject, "it is bound to another bundle than the ledger says")
    said = [
        {"member": v.member, "voice": v.voice.value, "embedding": v.embedding.value} for v in votes
    ]
    if said != given.get("votes"):
        yield Broken(verdict.subject, "its votes are not those in the ledger")
    yield from _check_votes(verdict, votes, events)
    finding = decide(votes, quorum=sitting.quorum)
    claim_closes = get_claim(sitting.claim, as_of=as_of).closes
    closes = closes_item(finding, claim_closes=claim_closes)
    row = (verdict.upheld, verdict.closes, verdict.embedding)
    if not finding.quorate or row != (finding.upheld, closes, finding.embedding):
        yield Broken(verdict.subject, "it is not what its votes amount to")


def _check_votes(
    verdict: VerdictView, votes: Sequence[Vote], events: Sequence[Happening]
) -> Iterator[Broken]:
    cast = {event.actor: event.after or {} for event in events if event.kind == "vote.cast"}
    if set(cast) != {vote.member for vote in votes}:
        yield Broken(verdict.subject, "its votes were not all cast by those who are named")
        return
    for vote in votes:
        if not is_said(vote.reason, cast[vote.member].get("reason")):
            yield Broken(verdict.subject, "the reason of a vote is not the one that was given")


def check_words(claim: ClaimView, *, as_of: AsOf) -> Iterator[str]:
    """Which words behind a claim are not those that were recorded: its own, and its evidence's."""
    made = _at(claim.subject, claim.event, as_of)
    if not is_said(claim.reason, made.get("reason")):
        yield "the words of the claim"
    rows = {each.ref: each for each in list_evidence(as_of=as_of, item=claim.item)}
    for pin in claim.pinned:
        each = rows.get(pin.evidence)
        versions = each.versions if each else ()
        for version in (v for v in versions if v.number == pin.number):
            recorded = _at(f"evidence:{pin.evidence}", version.event, as_of)
            words = {"method": version.method, "limits": version.limits, "address": version.address}
            if not all(is_said(text, recorded.get(name)) for name, text in words.items()):
                yield "the words of its evidence"


def is_said(row: str, opened: object) -> bool:
    """Whether words in a row are those of their event; both erased, as the law requires, are."""
    if row == ERASED:
        return opened == "[erased]"
    return row == (opened or "")


def _at(subject: str, event: int, as_of: AsOf) -> Mapping[str, Any]:
    found = [each for each in list_history(subject, as_of=as_of.moment) if each.sequence == event]
    return (found[0].after or {}) if found else {}


def _check_closed(verdicts: Sequence[VerdictView], as_of: AsOf) -> Iterator[Broken]:
    closing = {each.item for each in verdicts if each.closes and each.state in ("stands", "lapsed")}
    for row in list_items(as_of=as_of):
        if row.work.state == "closed" and row.ref not in closing:
            yield Broken(row.subject, "it is closed, and no verdict closes it")


def _find(events: Sequence[Happening], kind: str, subject: str) -> Mapping[str, Any] | None:
    return next(
        (event.after or {} for event in events if event.kind == kind and event.subject == subject),
        None,
    )
