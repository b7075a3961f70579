"""A run as it is handed to the record: released rows made plain values, and their one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from evenhand.core import Cell, Marker, Month, Period, UsageProblem
from evenhand.disclosure import ReleasedTable
from evenhand.web.measures.tables import TablePlan

NUMBERS = (
    "count", "of", "other_count", "other_of", "value", "other_value", "estimate", "low", "high",
    "p_adjusted", "comparisons", "unknown_share", "low_bound", "high_bound", "detectable",
)  # fmt: skip
"""The columns of a finding that hold numbers; every kind of finding has the same ones."""

NAMED = ("indicator", "step", "characteristic", "group", "comparator", "service", "unit")
"""What makes two rows of different runs the same comparison."""

KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """One released row: who is compared with whom, where, when, the numbers, and the sentence."""

    policy: str
    key: str
    order: int
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

    def as_canonical(self) -> dict[str, Any]:
        """The row as it is hashed; numbers in the shortest text that reads back the same."""
        plain: dict[str, Any] = {part.name: getattr(self, part.name) for part in fields(self)}
        plain["starts"], plain["ends"] = self.starts.isoformat(), self.ends.isoformat()
        return plain


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Everything about one act of measuring."""

    ref: str
    dataset: str
    title: str
    period: Period
    code_version: str
    definitions: Mapping[str, int]
    loads: tuple[str, ...]
    policies: Mapping[str, int]
    figures: tuple[FigurePlan, ...]
    tables: tuple[TablePlan, ...] = ()
    synthetic: bool = False

    @property
    def sha256(self) -> str:
        """The hash of every figure and every table, in their order."""
        return hash_figures((*self.figures, *self.tables))


def hash_figures(figures: Iterable[FigurePlan | TablePlan]) -> str:
    """One hash over rows in order, so that a changed number cannot go unnoticed."""
    total = hashlib.sha256()
    for figure in figures:
        text = json.dumps(figure.as_canonical(), sort_keys=True, ensure_ascii=False)
        total.update(text.encode() + b"\n")
    return total.hexdigest()


def name_comparison(**names: str) -> str:
    """The key of a comparison: the same in every run, for every audience.

    Examples
    --------
    >>> whole = dict(indicator="stop-rate", step="", characteristic="sex", group="Female",
    ...              comparator="Male", service="eldermarch")
    >>> len(name_comparison(unit="", **whole))
    16
    >>> name_comparison(unit="Birch Cross", **whole) == name_comparison(unit="", **whole)
    False

    A unit's figure and its service's are two comparisons.
    """
    text = json.dumps([names[name] for name in NAMED], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def build_figures(findings: ReleasedTable, *, period: Period) -> Iterator[FigurePlan]:
    """The rows of a released table of findings, the first of each comparison.

    A comparison may come twice: as a level and as a change. The change (worsening, improving) is a
    finding of its own kind, kept under the indicator's id with ``-change``.
    """
    seen: set[str] = set()
    for row in findings.table.rows():
        figure = _build_figure(row, findings.treatment.policy, len(seen), period)
        if figure.key not in seen:
            seen.add(figure.key)
            yield figure


TIMES = "times"
"""What an estimate is in where a table does not say: a ratio."""

CHANGES = ("worsening", "improving")


def _build_figure(row: Mapping[str, Cell], policy: str, order: int, period: Period) -> FigurePlan:
    signal = row["signal"]
    names = {name: str(row.get(name, "")) for name in NAMED}
    if signal in CHANGES and not isinstance(signal, Marker):
        names["indicator"] += "-change"
    own = _read_period(str(row["period"])) or period
    numbers = {name: _number(row.get(name)) for name in NUMBERS}
    absent = {
        name: cell.value
        for name in (*NUMBERS, "signal", "sentence")
        if isinstance(cell := row.get(name), Marker)
    }
    return FigurePlan(
        policy=policy,
        key=name_comparison(**names),
        order=order,
        **names,
        field=str(row.get("field") or ""),
        starts=first_day(own.first),
        ends=last_day(own.last),
        signal="" if isinstance(signal, Marker) else str(signal),
        scale=str(row.get("scale") or TIMES),
        numbers=numbers,
        absent=absent,
        sentence="" if isinstance(row["sentence"], Marker) else str(row["sentence"]),
        method=str(row["method"]),
        address=str(row.get("page") or ""),
    )


def _number(cell: Cell | None) -> float | None:
    if isinstance(cell, Marker) or cell is None or isinstance(cell, str):
        return None
    return float(cell)


def _read_period(text: str) -> Period | None:
    """Two months and what lies between, or one month; None where it is neither."""
    first, _, last = text.partition("/")
    try:
        return Period(Month.parse(first), Month.parse(last or first))
    except UsageProblem:
        return None


def first_day(month: Month) -> date:
    """The day a month begins."""
    return date(month.year, month.number, 1)


def last_day(month: Month) -> date:
    """The day a month ends."""
    return first_day(Month.at(month.index + 1)) - timedelta(1)
