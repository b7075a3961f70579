"""Lapses: what the clock does to verdicts, by rule and by nobody's decision."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from evenhand.accountability.judgement.afterwards import Lapse, find_lapse
from evenhand.accountability.machines import VERDICT
from evenhand.accountability.states import next_state
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement.bundles import read_figure
from evenhand.web.judgement.queries.criteria import get_criterion, judge_view
from evenhand.web.judgement.queries.sittings import get_sitting
from evenhand.web.judgement.queries.verdicts import VerdictView, list_verdicts
from evenhand.web.judgement.writing.rows import set_verdict
from evenhand.web.ledger.batch import undone_on_error
from evenhand.web.ledger.recording import SYSTEM, record_event
from evenhand.web.work.queries import list_evidence


def lapse_verdicts(*, at: datetime) -> list[tuple[VerdictView, Lapse]]:
    """Let every verdict lapse that the rule says has lapsed on the day of ``at``.

    Not a command: nobody decides it. It is run by the clock, writes ``verdict.lapsed`` as the
    service itself for each, and finds nothing when it is run again.
    """
    as_of = AsOf.now(at)
    lapsed = []
    with undone_on_error(), transaction.atomic():
        for verdict in list_verdicts(as_of=as_of, state="stands"):
            lapse = find_verdict_lapse(verdict, as_of=as_of)
            if lapse is not None:
                write_lapse(verdict, lapse, at=at)
                lapsed.append((verdict, lapse))
    return lapsed


def find_verdict_lapse(verdict: VerdictView, *, as_of: AsOf) -> Lapse | None:
    """Whether a standing verdict has lapsed by rule: its figures and evidence against what it saw.

    Only a verdict that upheld can lapse; only one that found an effect rests on the measure.
    """
    if not verdict.upheld:
        return None
    sitting = get_sitting(verdict.sitting, as_of=as_of)
    measured = judge_view(get_criterion(sitting.criterion, as_of=as_of), as_of=as_of)
    return find_lapse(
        measured.view.criterion,
        judged=read_figure(sitting.bundle["figure"]),
        readings=measured.readings if verdict.embedding.shows_effect else (),
        evidence_to=_evidence_to(verdict.item, as_of),
        on=as_of.on,
    )


def write_lapse(verdict: VerdictView, lapse: Lapse, *, at: datetime) -> None:
    """Write that a verdict lapsed, as the service itself."""
    state = next_state(VERDICT, state=verdict.state, verb="lapse")
    event = record_event(
        kind="verdict.lapsed",
        subject=verdict.subject,
        by=SYSTEM,
        at=at,
        before={"state": verdict.state},
        after={
            "state": state,
            "cause": lapse.cause.value,
            "reason": lapse.why,
            "on": day_of(at).isoformat(),
        },
        touches=[f"recommendation:{verdict.item}"],
    )
    set_verdict(
        verdict, event, state=state, cause=lapse.cause.value, reason=lapse.why, recheck_on=None
    )


def _evidence_to(item: str, as_of: AsOf) -> date | None:
    """The last day that evidence still relied on speaks for."""
    days = [
        each.latest.speaks_to
        for each in list_evidence(as_of=as_of, item=item)
        if each.state in ("offered", "accepted")
    ]
    return max(days, default=None)
