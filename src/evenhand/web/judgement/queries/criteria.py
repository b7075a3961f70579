"""Criteria as of a date, their figures, and how each item's measure stands against its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.accountability.judgement import (
    Comparison,
    Criterion,
    Distance,
    Judged,
    Reading,
    Target,
    TargetKind,
    judge_reading,
)
from evenhand.accountability.machines import CRITERION
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.judgement.figures import find_provider
from evenhand.web.judgement.models import CriterionRow, CriterionStanding, Figure

COUNTS = ("agreed", "frozen")
"""States in which a version is what the item is held to."""


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One version of a criterion as a page shows it, with the pure value that rules take."""

    pk: int
    ref: str
    item: str
    version: int
    kind: str
    title: str
    source: str
    scope: Mapping[str, str]
    criterion: Criterion
    reason: str
    proposed_by: str
    state: str
    for_owner: str
    for_secretariat: str
    since: date
    event: int

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"criterion:{self.ref}"

    @property
    def state_words(self) -> str:
        """What a page calls its state."""
        return CRITERION.state(self.state).words

    @property
    def counts(self) -> bool:
        """Whether it is what the item is held to."""
        return self.state in COUNTS

    @property
    def scope_words(self) -> str:
        """The scope of an indicator in one phrase."""
        names = ("unit", "characteristic", "group", "comparator")
        return ", ".join(f"{name} {self.scope[name]}" for name in names if self.scope[name])


@dataclass(frozen=True, slots=True)
class Measured:
    """An item's criterion and how its measure stands against it."""

    view: CriterionView
    judged: Judged
    readings: Sequence[Reading]


def list_criteria(*, as_of: AsOf, item: str = "") -> list[CriterionView]:
    """Versions of criteria, the latest first."""
    found = CriterionStanding.objects.as_of(as_of.moment).select_related(
        "criterion__recommendation"
    )
    if item:
        found = found.filter(criterion__recommendation__ref=item)
    return [_view(row) for row in found.order_by("-criterion__version", "-pk")]


def get_criterion(ref: str, *, as_of: AsOf) -> CriterionView:
    """One version."""
    found = CriterionStanding.objects.as_of(as_of.moment).filter(criterion__ref=ref)
    row = found.select_related("criterion__recommendation").first()
    if row is None:
        raise NotThere("there is no such criterion at that date.", rule="criterion-exists")
    return _view(row)


def find_criterion(item: str, *, as_of: AsOf) -> CriterionView | None:
    """The version an item is held to; None while none is agreed."""
    views = list_criteria(as_of=as_of, item=item)
    return next((view for view in views if view.counts), None)


def list_figures(views: Iterable[CriterionView], *, as_of: AsOf) -> Mapping[str, list[Reading]]:
    """The figures of these criteria, by criterion: one query, and one question a scope."""
    wanted = list(views)
    found: dict[str, list[Reading]] = defaultdict(list)
    by_hand = Figure.objects.as_of(as_of.moment).filter(
        criterion__in=[view.pk for view in wanted if view.kind == MeasureKind.EXTERNAL]
    )
    refs = {view.pk: view.ref for view in wanted}
    for row in by_hand.order_by("recorded_at", "pk"):
        found[refs[row.criterion_id]].append(_reading(row))
    provider, asked = find_provider(), {}
    for view in wanted:
        if view.kind == MeasureKind.EXTERNAL or provider is None:
            continue
        key = tuple(sorted(view.scope.items()))
        if key not in asked:
            asked[key] = list(provider(as_of=as_of, **view.scope))
        found[view.ref] = asked[key]
    return found


def judge_items(*, as_of: AsOf, items: Sequence[str] | None = None) -> Mapping[str, Measured]:
    """How every item with an agreed criterion stands against it (of these items, or of all)."""
    found = CriterionStanding.objects.as_of(as_of.moment).filter(state__in=COUNTS)
    if items is not None:
        found = found.filter(criterion__recommendation__ref__in=items)
    rows = found.select_related("criterion__recommendation").order_by("criterion__version", "pk")
    current = {view.item: view for view in map(_view, rows)}
    figures = list_figures(current.values(), as_of=as_of)
    return {
        item: Measured(
            view,
            judge_reading(view.criterion, figures.get(view.ref, []), as_of.on),
            sorted(figures.get(view.ref, []), key=lambda each: (each.end, each.start)),
        )
        for item, view in current.items()
    }


def judge_view(view: CriterionView, *, as_of: AsOf) -> Measured:
    """How one version stands against its figures."""
    readings = list_figures([view], as_of=as_of).get(view.ref, [])
    ordered = sorted(readings, key=lambda each: (each.end, each.start))
    return Measured(view, judge_reading(view.criterion, readings, as_of.on), ordered)


def _view(row: CriterionStanding) -> CriterionView:
    each: CriterionRow = row.criterion
    return CriterionView(
        pk=each.pk,
        ref=each.ref,
        item=each.recommendation.ref,
        version=each.version,
        kind=each.kind,
        title=each.title,
        source=each.source,
        scope={
            "indicator": each.indicator,
            "unit": each.unit,
            "characteristic": each.characteristic,
            "group": each.group,
            "comparator": each.comparator,
        },
        criterion=build_criterion(each),
        reason=each.reason,
        proposed_by=each.proposed_by,
        state=row.state,
        for_owner=row.for_owner,
        for_secretariat=row.for_secretariat,
        since=day_of(row.recorded_at),
        event=each.event_id,
    )


def build_criterion(row: CriterionRow) -> Criterion:
    """The pure value of a row."""
    return Criterion(
        target=Target(TargetKind(row.target), _number(row.low), _number(row.high)),
        comparison=Comparison(row.comparison),
        sustain_months=row.sustain_months,
        distance=Distance(row.distance),
        margin=_number(row.margin),
        measured_in=row.measured_in,
    )


def _reading(row: Figure) -> Reading:
    return Reading(
        start=row.starts,
        end=row.ends,
        value=_number(row.value),
        low=_number(row.low),
        high=_number(row.high),
        detectable=_number(row.detectable),
        count=row.count,
        of=_number(row.of),
        absent=row.absent,
        source=row.source,
        reference=row.address,
    )


def _number(value: Decimal | Any) -> float | None:
    return None if value is None else float(value)
