"""Charts of a career in a service: the ladder, the stages of selection, the years of waiting.

Drawn from reviewed tables alone (:mod:`evenhand.monitoring.drawn`), for the site and the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenhand.core import Cell, Column, Marker, Role
from evenhand.disclosure import ReleasedTable
from evenhand.indicators.tables import ALL
from evenhand.publication import Chart, Intervals, SmallMultiples, TableView, Trend

UNKNOWN = ("Prefer not to say", "Not asked", "Blank")
SIGNAL = Column("signal", Role.NOTE, "Signal")
Signals = Mapping[tuple[str, str], str]
"""The signal of each step and group, where one was compared."""


def draw_ladder(table: ReleasedTable, signals: Signals) -> Chart | None:
    """Each group's share at every grade, lowest first; the largest group is left to the table."""
    largest = _largest(table)
    grades = table.order(_steps(table))
    kept = _telling(grades, apart=(*UNKNOWN, ALL, largest))
    drawn = _signalled(grades.order(kept), signals)
    if not _numbers(drawn, "value"):
        return None
    part = Intervals(
        title="Share at each grade",
        alt=_extremes(drawn),
        table=drawn,
        label="step",
        value="value",
        low="low",
        high="high",
        signal="signal",
    )
    return SmallMultiples(
        title="Share at each grade, of those whose answer is known",
        alt=_extremes(drawn),
        table=drawn,
        of=part,
        by="group",
        note=f"Lowest grade first on each ladder, with 95% intervals. {largest} are the rest, and "
        "in the table, as are groups and grades with so few people that a share says nothing. The "
        "sign of a dot is the signal of the step up to that grade.",
        view=TableView(grades, ("step", "group", "count", "value", "low", "high")),
    )


def draw_stages(table: ReleasedTable) -> list[Chart]:
    """For each process, the share of every group that got through a stage, of those it reached."""
    charts: list[Chart] = []
    for process, steps in _processes(table).items():
        rows = [i for i, step in enumerate(table.table.cells["step"]) if step in steps]
        whole = table.order(rows)
        known = [i for i, row in enumerate(whole.table.rows()) if row["group"] not in UNKNOWN]
        drawn = whole.order(known)
        if not _numbers(drawn, "value"):
            continue
        charts.append(
            Intervals(
                title=f"Got through each stage: {process}",
                alt=f"A dot with its 95% interval for each group at each stage. {_extremes(drawn)}",
                table=drawn,
                label="step",
                series="group",
                value="value",
                low="low",
                high="high",
                note="Of those who reached the stage: whoever was turned away before is not in it. "
                "First stage first.",
                view=TableView(whole, ("step", "group", "count", "of", "value", "low", "high")),
            )
        )
    return charts


def draw_waits(table: ReleasedTable, step: str) -> Chart | None:
    """The share of each group still waiting at a grade, year after year of the wait."""
    whole = table.where(step=step)
    if not _numbers(whole, "value"):
        return None
    ends = {
        str(row["group"]): row
        for row in whole.table.rows()
        if isinstance(row["value"], float) and isinstance(row["months"], int)
    }
    said = "; ".join(
        f"{group}, {row['value']:.0f}% after {row['months']} months" for group, row in ends.items()
    )
    return Trend(
        title=f"Still at the grade: {step}",
        alt=f"A falling line of steps for each group with its 95% band. Last seen: {said}.",
        table=whole,
        when="months",
        value="value",
        low="low",
        high="high",
        group="group",
        step=True,
        note="Months since the grade was reached, read once a year. People enter when first seen, "
        "and count as waiting until they are promoted, leave, or the record ends (Kaplan–Meier "
        "with delayed entry).",
        view=TableView(whole, ("months", "group", "count", "value", "low", "high")),
    )


def draw_here(table: ReleasedTable, unit: str, by: str) -> Chart | None:
    """Each group's share of a unit beside its share of the service, by one characteristic."""
    rows = table.table.rows()
    kept = [i for i, row in enumerate(rows) if row["unit"] in (unit, "")]
    where: list[Cell] = ["Here" if rows[i]["unit"] else "The whole service" for i in kept]
    named = table.order(kept).annotate(Column("where", Role.NOTE, "Where"), where)
    wanted = [i for i, row in enumerate(named.table.rows()) if row["group"] not in (*UNKNOWN, ALL)]
    drawn = named.order(wanted)
    if not _numbers(drawn, "value"):
        return None
    return Intervals(
        title=f"{by}: {unit} beside the whole service",
        alt=f"Two dots with 95% intervals for each group. {_extremes(drawn, 'group')}",
        table=drawn,
        label="group",
        series="where",
        value="value",
        low="low",
        high="high",
        note="Shares of those whose answer is known.",
        view=TableView(named, ("where", "group", "count", "value", "low", "high")),
    )


def list_steps(table: ReleasedTable) -> list[str]:
    """The steps of a table, in its order."""
    return [str(step) for step in dict.fromkeys(table.table.cells["step"]) if step]


def _processes(table: ReleasedTable) -> dict[str, list[str]]:
    """The stages by the process that stands in brackets behind their names."""
    found: dict[str, list[str]] = {}
    for step in list_steps(table):
        process = step.rpartition(" (")[2].removesuffix(")")
        found.setdefault(process, []).append(step)
    return found


def _steps(table: ReleasedTable) -> list[int]:
    return [i for i, step in enumerate(table.table.cells["step"]) if step]


def _largest(table: ReleasedTable) -> str:
    """The group with the largest share of everybody, as far as it may be seen."""
    shares = {
        str(row["group"]): row["value"]
        for row in table.table.rows()
        if not row["step"] and isinstance(row["value"], float)
    }
    return max(shares, key=lambda group: float(str(shares[group])), default="")


def _telling(table: ReleasedTable, *, apart: tuple[str, ...]) -> list[int]:
    """The rows worth drawing: of groups of whom anybody is seen, at grades with enough people.

    An interval wider than the largest share there is tells nothing and would set the scale.
    """
    rows = table.table.rows()
    values = {
        i: float(str(r["value"])) for i, r in enumerate(rows) if isinstance(r["value"], float)
    }
    shares = {i: value for i, value in values.items() if rows[i]["group"] not in apart}
    seen = {str(rows[i]["group"]) for i, value in shares.items() if value > 0}
    widest = max(shares.values(), default=0.0)
    return [
        i
        for i, row in enumerate(rows)
        if row["group"] in seen and (i not in shares or _width(row) <= widest)
    ]


def _width(row: Mapping[str, Cell]) -> float:
    low, high = row["low"], row["high"]
    return high - low if isinstance(low, float) and isinstance(high, float) else float("inf")


def _signalled(table: ReleasedTable, signals: Signals) -> ReleasedTable:
    cells: list[Cell] = [
        signals.get((str(row["step"]), str(row["group"])), Marker.NOT_APPLICABLE)
        for row in table.table.rows()
    ]
    return table.annotate(SIGNAL, cells)


def _numbers(table: ReleasedTable, name: str) -> list[float]:
    return [cell for cell in table.table.cells[name] if isinstance(cell, float)]


def _extremes(table: ReleasedTable, label: str = "step") -> str:
    """The highest and the lowest share, in a sentence."""
    rows = [row for row in table.table.rows() if isinstance(row["value"], float)]
    if not rows:
        return "No share can be shown."

    def said(row: Mapping[str, Cell]) -> str:
        names: Iterable[str] = dict.fromkeys((str(row["group"]), str(row[label])))
        return f"{', '.join(names)} with {row['value']:.1f}%"

    rows.sort(key=lambda row: float(str(row["value"])))
    return f"Highest: {said(rows[-1])}. Lowest: {said(rows[0])}."
