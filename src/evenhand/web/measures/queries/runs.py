"""Runs: what was measured, whether it is relied on, and whether its figures are as recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from evenhand.accountability.machines import RUN
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import standing
from evenhand.web.ledger.queries import list_history
from evenhand.web.measures.models import Figure, Run, RunStanding, RunTable
from evenhand.web.measures.plans import NUMBERS, FigurePlan, hash_figures
from evenhand.web.measures.tables import TablePlan


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as it stood."""

    pk: int
    ref: str
    dataset: str
    title: str
    synthetic: bool
    starts: date
    ends: date
    code_version: str
    definitions: Mapping[str, int]
    loads: tuple[str, ...]
    policies: Mapping[str, int]
    sha256: str
    recorded_at: datetime
    state: str
    reason: str

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"run:{self.ref}"

    @property
    def stands(self) -> bool:
        """Whether its figures are relied on."""
        return self.state == RUN.start

    @property
    def words(self) -> str:
        """What a page calls its state."""
        return RUN.state(self.state).words


def list_runs(*, as_of: AsOf, dataset: str = "") -> list[RunRow]:
    """Every run recorded by then, the latest months first."""
    standings = RunStanding.objects.as_of(as_of.moment).select_related("run")
    if dataset:
        standings = standings.filter(run__dataset=dataset)
    ordered = standings.order_by("run__dataset", "-run__ends", "-run__recorded_at", "-run__pk")
    return [_build(each) for each in ordered]


def list_latest(*, as_of: AsOf) -> dict[str, RunRow]:
    """The run that counts of each dataset: the latest months, of those the one recorded last."""
    latest: dict[str, RunRow] = {}
    for run in list_runs(as_of=as_of):
        if run.stands:
            latest.setdefault(run.dataset, run)
    return latest


def get_run(ref: str, *, as_of: AsOf) -> RunRow:
    """One run, whether it stands or not."""
    found = (
        RunStanding.objects.as_of(as_of.moment).select_related("run").filter(run__ref=ref).first()
    )
    if found is None:
        raise NotThere("there is no such measurement.", rule="run-exists")
    return _build(found)


FEW = 20  # tables: each may be some hundred rows


def check_run(ref: str, *, as_of: AsOf) -> bool:
    """Whether what the database holds of a run is that whose hash the ledger holds."""
    run = get_run(ref, as_of=as_of)
    told = [each.after or {} for each in list_history(run.subject) if each.kind == "run.recorded"]
    if [each.get("sha256") for each in told] != [run.sha256]:
        return False
    rows = Figure.objects.filter(run_id=run.pk).order_by("pk")
    tables = RunTable.objects.filter(run_id=run.pk).order_by("pk")
    every: Iterator[FigurePlan | TablePlan] = chain(
        (_as_plan(row) for row in rows.iterator()),
        (_as_table(row) for row in tables.iterator(chunk_size=FEW)),
    )
    return hash_figures(every) == run.sha256


def standing_runs(as_of: AsOf) -> list[int]:
    """The keys of the runs that are relied on, for joining."""
    found = Run.objects.as_of(as_of.moment).filter(
        standing(as_of.moment, "standings__"), standings__state=RUN.start
    )
    return list(found.values_list("pk", flat=True))


def _build(row: RunStanding) -> RunRow:
    run = row.run
    return RunRow(
        pk=run.pk,
        ref=run.ref,
        dataset=run.dataset,
        title=run.title,
        synthetic=run.synthetic,
        starts=run.starts,
        ends=run.ends,
        code_version=run.code_version,
        definitions=run.definitions,
        loads=tuple(run.loads),
        policies=run.policies,
        sha256=run.figures_sha256,
        recorded_at=run.recorded_at,
        state=row.state,
        reason=row.reason,
    )


def _as_plan(row: Figure) -> FigurePlan:
    plain = {name: getattr(row, name) for name in NUMBERS}
    return FigurePlan(
        policy=row.policy,
        key=row.key,
        order=row.order,
        indicator=row.indicator,
        step=row.step,
        service=row.service,
        unit=row.unit,
        characteristic=row.characteristic,
        group=row.group,
        comparator=row.comparator,
        field=row.field,
        starts=row.starts,
        ends=row.ends,
        signal=row.signal,
        scale=row.scale,
        numbers={name: None if value is None else float(value) for name, value in plain.items()},
        absent=row.absent,
        sentence=row.sentence,
        method=row.method,
        address=row.address,
    )


def _as_table(row: RunTable) -> TablePlan:
    return TablePlan(row.policy, row.kind, row.characteristic, row.title, row.columns, row.cells)
