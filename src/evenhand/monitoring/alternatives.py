"""What a reader who cannot see a chart would take from it, written from the figures it draws."""

from __future__ import annotations

from evenhand.core import Cell
from evenhand.disclosure import ReleasedTable
from evenhand.indicators import Indicator
from evenhand.monitoring.scene import Scene


def say_ratios(table: ReleasedTable, scene: Scene) -> str:
    """Highest and lowest ratio, and how many there are."""
    rows = [r for r in table.table.rows() if isinstance(r["estimate"], float)]
    if not rows:
        return f"No ratio can be shown for {scene.label}; the reasons are in the table."
    top = max(rows, key=lambda r: float(str(r["estimate"])))
    low = min(rows, key=lambda r: float(str(r["estimate"])))
    return (
        f"Rate ratios with 95% intervals for {len(rows)} comparisons in {scene.label}. "
        f"The highest is {top['group']}{_by(top)}, {top['estimate']:.2f}; the lowest "
        f"{low['group']}{_by(low)}, {low['estimate']:.2f}. 1 means the same rate."
    )


def _by(row: dict[str, Cell]) -> str:
    return f" ({row['field']})" if row.get("field") else ""


def say_values(table: ReleasedTable, scene: Scene, indicator: Indicator) -> str:
    """Every group's value."""
    rows = [r for r in table.table.rows() if isinstance(r["value"], float)]
    parts = "; ".join(f"{r['group']}{_by(r)} {r['value']:.1f}" for r in rows)
    return f"{indicator.unit.capitalize()} in {scene.label}, with 95% intervals: {parts}."


def say_parts(table: ReleasedTable, scene: Scene, column: str) -> str:
    """The first and last of the places, in the table's order."""
    rows = [r for r in table.table.rows() if isinstance(r[column], float)]
    if not rows:
        return f"No figure can be shown for the parts of {scene.label}; the table says why."
    first, last = rows[0], rows[-1]
    return (
        f"{len(rows)} places of {scene.label} in order. Highest: {first['name']}, "
        f"{first[column]:.2f}. Lowest: {last['name']}, {last[column]:.2f}."
    )


def say_control(table: ReleasedTable, scene: Scene, indicator: Indicator) -> str:
    """Where the months start and end, their average, and which are out of the ordinary."""
    rows = [r for r in table.table.rows() if isinstance(r["value"], float)]
    first, last = rows[0], rows[-1]
    words = (
        f"{indicator.unit.capitalize()} in {scene.label} by month: {first['value']:.1f} in "
        f"{first['month']}, {last['value']:.1f} in {last['month']}."
    )
    lines = [r for r in rows if isinstance(r["high"], float)]
    if not lines:
        return words
    unusual = [str(r["month"]) for r in lines if r["unusual"] is True]
    which = f": {', '.join(unusual)}" if unusual else ""
    return (
        f"{words} The average of all months is {lines[-1]['centre']:.1f}. {len(unusual)} of "
        f"{len(lines)} months are out of the ordinary{which}."
    )


def say_trend(table: ReleasedTable, scene: Scene, indicator: Indicator) -> str:
    """Where each line starts and ends."""
    rows = [r for r in table.table.rows() if isinstance(r["value"], float)]
    groups = dict.fromkeys(str(r["group"]) for r in rows)
    parts = []
    for group in groups:
        own = [r for r in rows if r["group"] == group]
        name = "" if group == "All" else f"{group}: "
        parts.append(
            f"{name}{own[0]['value']:.1f} in {own[0]['month']}, "
            f"{own[-1]['value']:.1f} in {own[-1]['month']}"
        )
    return f"{indicator.unit.capitalize()} in {scene.label} by month. {'; '.join(parts)}."


NAMED = 8
"""Places named in a text alternative; the table has them all."""


def say_standing(table: ReleasedTable, scene: Scene) -> str:
    """Which places lie outside the limits for their size."""
    rows = [r for r in table.table.rows() if isinstance(r["value"], float)]
    outside = [r for r in rows if r["standing"] != "within chance"]
    named = "; ".join(f"{r['name']} {r['standing']}, {r['value']:.1f}" for r in outside[:NAMED])
    more = f" and {len(outside) - NAMED} more" if len(outside) > NAMED else ""
    target = f"{rows[0]['target']:.1f}" if rows else "their common value"
    return (
        f"{len(rows)} places of {scene.label} by size, with the limits of chance around {target}. "
        + (f"Outside them: {named}{more}." if outside else "None lies outside them.")
    )


def say_like_for_like(table: ReleasedTable, where: str) -> str:
    """Both ratios of every group."""
    rows = [r for r in table.table.rows() if isinstance(r["value"], float)]
    parts = "; ".join(f"{r['group']} {r['compared']} {r['value']:.2f}" for r in rows)
    return f"Ratios to White people in {where}, with 95% intervals: {parts}."
