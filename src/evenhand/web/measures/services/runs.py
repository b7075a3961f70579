"""Commands on runs: put measured figures on the record, withdraw or restore them."""

from __future__ import annotations

from datetime import datetime

from evenhand.accountability.machines import RUN
from evenhand.accountability.permissions import (
    may_measure,
)
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event
from evenhand.web.measures.models import (
    Figure,
    Run,
    RunStanding,
    RunTable,
)
from evenhand.web.measures.plans import FigurePlan, RunPlan, first_day, last_day
from evenhand.web.measures.writing import get_run_row, require_reason

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
    sha256 = plan.sha256
    event = record_event(
        kind="run.recorded",
        subject=f"run:{plan.ref}",
        by=actor,
        at=at,
        after={
            "dataset": plan.dataset,
            "period": str(plan.period),
            "figures": len(plan.figures),
            "tables": len(plan.tables),
            "sha256": sha256,
            "loads": list(plan.loads),
            "definitions": dict(plan.definitions),
            "policies": dict(plan.policies),
            "code": plan.code_version,
        },
    )
    run = _create(plan, sha256, event)
    RunStanding.objects.create(run=run, state=RUN.start, recorded_at=event.at, event=event)
    rows = (_row(run, figure, event) for figure in plan.figures)
    Figure.objects.bulk_create(rows, batch_size=AT_ONCE)
    tables = (
        RunTable(run=run, recorded_at=event.at, event=event, **table.as_canonical())
        for table in plan.tables
    )
    RunTable.objects.bulk_create(tables, batch_size=AT_ONCE)
    return run


@command(rule=may_measure, audit="run.moved")
def move_run(
    *, run: str, verb: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Withdraw a run so that nothing relies on its figures, or restore it; always with a reason.

    Authorisation: `may_measure`. Audit: ``run.moved``.
    """
    found, actor = get_run_row(run), get_actor(by, at=at)
    require(may_measure(actor))
    require_unchanged(found.subject, seen, aspect="run")
    require_reason(verb, reason)
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


def _create(plan: RunPlan, sha256: str, event: Event) -> Run:
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
        figures_sha256=sha256,
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
        step=figure.step,
        service=figure.service,
        unit=figure.unit,
        characteristic=figure.characteristic,
        group=figure.group,
        comparator=figure.comparator,
        field=figure.field,
        starts=figure.starts,
        ends=figure.ends,
        signal=figure.signal,
        scale=figure.scale,
        **figure.numbers,
        absent=dict(figure.absent),
        sentence=figure.sentence,
        method=figure.method,
        address=figure.address,
        recorded_at=event.at,
        event=event,
    )
