"""What is missing or odd in a dataset as a whole, which no single row can be blamed for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from evenhand.core import Month, Period
from evenhand.datasets.report import Gap

JUMP = 0.15
"""A monthly snapshot this far from the middle of its neighbours is probably cut short or holds
rows of another month: between 2007 and 2022 officers of England and Wales never changed by more
than 4.6% in a whole year (Home Office police workforce tables, headcount at 31 March)."""
WINDOW, FEWEST_NEAR = 5, 3
"""Months looked at together, and the fewest of the others that can say what is usual."""
FEWEST = 100
"""In a workforce smaller than this a handful of people is a jump, and no sign of a broken file."""


def list_snapshot_gaps(rows: Mapping[Month, int], *, column: str) -> tuple[Gap, ...]:
    """Months without a snapshot between the first and the last, and snapshots unlike the rest."""
    if not rows:
        return ()
    return (*_list_missing(rows, column), *_list_jumps(rows, column))


def _list_missing(rows: Mapping[Month, int], column: str) -> Iterator[Gap]:
    span = list(Period(min(rows), max(rows)))
    for run in _runs([month for month in span if month not in rows]):
        words = Period(run[0], run[-1]).words
        yield Gap(
            "month-missing", "", column, tuple(map(str, run)), 0, len(span),
            f"There is no snapshot for {words}: a gap, not a zero.",
        )  # fmt: skip


def _list_jumps(rows: Mapping[Month, int], column: str) -> Iterator[Gap]:
    months = sorted(rows)
    for place, month in enumerate(months):
        start = min(max(place - WINDOW // 2, 0), max(len(months) - WINDOW, 0))
        near = [each for each in months[start : start + WINDOW] if each != month]
        if len(near) < FEWEST_NEAR:
            continue
        usual = median(rows[each] for each in near)
        if usual >= FEWEST and abs(rows[month] - usual) > JUMP * usual:
            yield Gap(
                "snapshot-odd", "", column, (str(month),), rows[month], round(usual),
                f"{month.words} has {rows[month]:,} people; the months around it have "
                f"{usual:,.0f}.",
            )  # fmt: skip


def _runs(months: list[Month]) -> list[list[Month]]:
    """Months that follow one another, together."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month.index == runs[-1][-1].index + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs
