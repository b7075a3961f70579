"""Figures of the runs that count, as one audience may see them, in order of concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.accountability.audiences import Audience
from evenhand.accountability.machines import FINDING
from evenhand.core import Signal
from evenhand.indicators import Place, place_label
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.keeping import keep_answer
from evenhand.web.measures.models import Figure, FindingReview
from evenhand.web.measures.plans import NUMBERS
from evenhand.web.measures.queries.runs import list_latest, list_runs

ASKED = (
    "dataset", "indicator", "step", "unit", "service", "characteristic", "group", "comparator",
    "signal", "review",
)  # fmt: skip
"""What a filter and a row both have."""


WORKFORCE = "workforce"
"""The dataset that is about one service: its whole is no sum of services."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which figures; an empty text narrows nothing."""

    dataset: str = ""
    indicator: str = ""
    unit: str = ""
    service: str = ""
    characteristic: str = ""
    group: str = ""
    signal: str = ""
    review: str = ""
    step: str = ""
    comparator: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One comparison as this audience may see it; a number that is not there says why."""

    run: str
    dataset: str
    key: str
    indicator: str
    step: str
    service: str
    unit: str
    characteristic: str
    group: str
    comparator: str
    field: str
    starts: date
    ends: date
    signal: str
    scale: str
    numbers: Mapping[str, float | None]
    absent: Mapping[str, str]
    sentence: str
    method: str
    address: str
    review: str

    @property
    def place(self) -> str:
        """The unit, the service, or all of it, in words."""
        if self.dataset == WORKFORCE and not self.service:
            return self.unit or "the whole service"
        return self.unit or place_label(Place(self.service))

    @property
    def pair(self) -> str:
        """Who is compared with whom, by which record of it where there is more than one."""
        words = f"{self.group} compared with {self.comparator}"
        told = ", ".join(part for part in (self.step, self.field) if part)
        return f"{words} ({told})" if told else words

    @property
    def signal_words(self) -> str:
        """What a page calls the signal; hidden ones say so."""
        return Signal.read(self.signal).words if self.signal else "Hidden"

    @property
    def review_words(self) -> str:
        """What a page calls the state of its review."""
        return FINDING.state(self.review).words


def list_figures(narrow: Filter, *, as_of: AsOf, audience: Audience) -> list[FigureRow]:
    """Comparisons of the latest run of each dataset, or of a run asked for, in order of concern.

    A run that was withdrawn gives none: nothing relies on its figures.
    """
    rows = _list_all(as_of, audience, narrow.run)
    asked = {name: value for name in ASKED if (value := getattr(narrow, name))}
    return [row for row in rows if all(getattr(row, name) == asked[name] for name in asked)]


def count_signals(narrow: Filter, *, as_of: AsOf, audience: Audience) -> Counter[str]:
    """How many comparisons give each signal; those hidden under an empty text."""
    return Counter(row.signal for row in list_figures(narrow, as_of=as_of, audience=audience))


def list_names_of(column: str, *, as_of: AsOf, narrow: Filter) -> list[str]:
    """The values of one column among the figures of a filter, for a form."""
    rows = list_figures(narrow, as_of=as_of, audience=Audience.PUBLIC)
    return sorted({str(getattr(row, column)) for row in rows} - {""})


def _list_all(as_of: AsOf, audience: Audience, run: str) -> tuple[FigureRow, ...]:
    """Every comparison of the runs asked for; thousands, so they are kept while the record is."""

    def seek() -> tuple[FigureRow, ...]:
        if run:
            every = list_runs(as_of=as_of)
            runs = [each.pk for each in every if each.ref == run and each.stands]
        else:
            runs = [each.pk for each in list_latest(as_of=as_of).values()]
        rows = Figure.objects.filter(run_id__in=runs, policy=audience.value)
        reviews = _reviews(as_of)
        return tuple(
            build_row(row, reviews.get((row.run_id, row.key), FINDING.start))
            for row in rows.select_related("run").order_by("run_id", "order")
        )

    return keep_answer("figures", as_of, audience.value, run, answer=seek)


def _reviews(as_of: AsOf) -> dict[tuple[int, str], str]:
    rows = FindingReview.objects.as_of(as_of.moment)
    return {(run, key): state for run, key, state in rows.values_list("run", "key", "state")}


def build_row(row: Figure, review: str) -> FigureRow:
    """A stored figure as a value."""
    return FigureRow(
        run=row.run.ref,
        dataset=row.run.dataset,
        key=row.key,
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
        numbers={name: getattr(row, name) for name in NUMBERS},
        absent=row.absent,
        sentence=row.sentence,
        method=row.method,
        address=row.address,
        review=review,
    )
