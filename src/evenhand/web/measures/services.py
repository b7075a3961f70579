"""Commands on figures: record a run, withdraw or restore it, review a finding, add a note."""

from __future__ import annotations

from datetime import datetime

from evenhand.accountability.machines import FINDING, RUN
from evenhand.accountability.permissions import may_measure, may_review_finding
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event
from evenhand.web.measures.models import Figure, FindingNote, FindingReview, Run, RunStanding
from evenhand.web.measures.places import where_of
from evenhand.web.measures.plans import FigurePlan, RunPlan, first_day, last_day

AT_ONCE = 500  # rows a statement: SQLite allows 32,766 values, a figure has some forty


@command(rule=may_measure, audit="run.recorded")
def record_run(*, plan: RunPlan, by: User, at: datetime) -> Run:
    """Put measured figures on the record, with what they were made from and their hash.

    Authorisation: `may_measure`. Audit: ``run.recorded``, with the hash of all figures.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    if not plan.figures:
        raise UsageProblem("a run without figures is not recorded.", rule="runs-have-figures")
    if Run.objects.filter(ref=plan.ref).exists():
        raise UsageProblem(
            "these figures are on the record already.",
            remedy="Withdraw the earlier run first if it should not be relied on.",
            rule="runs-are-recorded-once",
        )
    event = record_event(
        kind="run.recorded",
        subject=f"run:{plan.ref}",
        by=actor,
        at=at,
        after={
            "dataset": plan.dataset,
            "period": str(plan.period),
            "figures": len(plan.figures),
            "sha256": plan.sha256,
            "loads": list(plan.loads),
            "definitions": dict(plan.definitions),
            "policies": dict(plan.policies),
            "code": plan.code_version,
        },
    )
    run = _create(plan, event)
    RunStanding.objects.create(run=run, state=RUN.start, recorded_at=event.at, event=event)
    rows = (_row(run, figure, event) for figure in plan.figures)
    Figure.objects.bulk_create(rows, batch_size=AT_ONCE)
    return run


@command(rule=may_measure, audit="run.moved")
def move_run(
    *, run: str, verb: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Withdraw a run so that nothing relies on its figures, or restore it; always with a reason.

    Authorisation: `may_measure`. Audit: ``run.moved``.
    """
    found, actor = _get(run), get_actor(by, at=at)
    require(may_measure(actor))
    require_unchanged(found.subject, seen, aspect="run")
    _require_reason(verb, reason)
    now = RunStanding.objects.as_of(None).get(run=found).state
    require(may_follow(RUN, state=now, verb=verb))
    after = next_state(RUN, state=now, verb=verb)
    event = record_event(
        kind="run.moved",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now},
        after={"state": after, "reason": reason},
    )
    supersede(RunStanding.objects.filter(run=found), event=event)
    RunStanding.objects.create(
        run=found, state=after, reason=reason, recorded_at=event.at, event=event
    )


@command(rule=may_review_finding, audit="finding.reviewed")
def review_finding(
    *,
    run: str,
    key: str,
    verb: str,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Accept a finding or dismiss it with a reason; either way it stays in sight.

    Authorisation: `may_review_finding`. Audit: ``finding.reviewed``.
    """
    found, actor = _get(run), get_actor(by, at=at)
    figure = _get_figure(found, key)
    require(may_review_finding(actor, where_of(figure.unit)))
    subject = f"finding:{found.ref}/{key}"
    require_unchanged(subject, seen, aspect="finding")
    standing = FindingReview.objects.as_of(None).filter(run=found, key=key).first()
    now = standing.state if standing else FINDING.start
    if verb == "dismiss" or now != FINDING.start:
        _require_reason(verb, reason)
    require(may_follow(FINDING, state=now, verb=verb))
    after = next_state(FINDING, state=now, verb=verb)
    event = record_event(
        kind="finding.reviewed",
        subject=subject,
        by=actor,
        at=at,
        before={"state": now},
        after={"state": after, "reason": reason},
        touches=[found.subject],
    )
    supersede(FindingReview.objects.filter(run=found, key=key), event=event)
    FindingReview.objects.create(
        run=found,
        key=key,
        state=after,
        reason=reason,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_review_finding, audit="finding.noted")
def note_finding(*, run: str, key: str, text: str, by: User, at: datetime) -> None:
    """Put a remark beside a finding.

    Authorisation: `may_review_finding`. Audit: ``finding.noted``.
    """
    found, actor = _get(run), get_actor(by, at=at)
    figure = _get_figure(found, key)
    require(may_review_finding(actor, where_of(figure.unit)))
    if not text.strip():
        raise UsageProblem("a note says something.", rule="notes-say-something")
    event = record_event(
        kind="finding.noted",
        subject=f"finding:{found.ref}/{key}",
        by=actor,
        at=at,
        after={"text": text},
        touches=[found.subject],
    )
    FindingNote.objects.create(
        run=found, key=key, text=text, by=actor.ref, recorded_at=event.at, event=event
    )


def _require_reason(verb: str, reason: str) -> None:
    if not reason.strip():
        raise UsageProblem(f"“{verb}” needs a reason.", rule="moves-have-reasons")


def _get(ref: str) -> Run:
    found: Run | None = Run.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such measurement.", rule="run-exists")
    return found


def _get_figure(run: Run, key: str) -> Figure:
    found: Figure | None = Figure.objects.filter(run=run, key=key).first()
    if found is None:
        raise NotThere("this measurement has no such comparison.", rule="figure-exists")
    return found


def _create(plan: RunPlan, event: Event) -> Run:
    return Run.objects.create(
        ref=plan.ref,
        dataset=plan.dataset,
        title=plan.title,
        synthetic=plan.synthetic,
        starts=first_day(plan.period.first),
        ends=last_day(plan.period.last),
        code_version=plan.code_version,
        definitions=dict(plan.definitions),
        loads=list(plan.loads),
        policies=dict(plan.policies),
        figures_sha256=plan.sha256,
        recorded_at=event.at,
        event=event,
    )


def _row(run: Run, figure: FigurePlan, event: Event) -> Figure:
    return Figure(
        run=run,
        policy=figure.policy,
        key=figure.key,
        order=figure.order,
        indicator=figure.indicator,
        service=figure.service,
        unit=figure.unit,
        characteristic=figure.characteristic,
        group=figure.group,
        comparator=figure.comparator,
        field=figure.field,
        starts=figure.starts,
        ends=figure.ends,
        signal=figure.signal,
        **figure.numbers,
        absent=dict(figure.absent),
        sentence=figure.sentence,
        method=figure.method,
        address=figure.address,
        recorded_at=event.at,
        event=event,
    )
