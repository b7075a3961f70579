"""From a table of counts to what ``evenhand stats`` prints: one object, or tables for people."""

from __future__ import annotations

import math
from typing import Any, TypedDict

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evenhand.cli.counts_file import CountsTable
from evenhand.core import Confidence, UsageProblem
from evenhand.stats import (
    Comparison,
    Estimates,
    LikeForLike,
    Proportion,
    Rate,
    Reason,
    compare_groups,
    like_for_like,
)

ALL = "All units"

Figure = dict[str, Any]


class Report(TypedDict):
    """What ``evenhand stats`` found; every missing number has its reason beside it."""

    measure: str
    comparator: str
    confidence: float
    family: int
    rows: list[dict[str, Any]]
    like_for_like: list[dict[str, Any]]
    methods: dict[str, str]
    notes: list[str]


def build_report(
    table: CountsTable, *, comparator: str | None, confidence: Confidence, per: float
) -> Report:
    """Compare every group with the comparator: crude, and like for like where there are strata."""
    against = _position(table, comparator)
    units = (*table.units, ALL) if len(table.units) > 1 else table.units
    crude = compare_groups(_crude(table), comparator=against, confidence=confidence)
    within = _within(table)
    pooled = [
        like_for_like(cells, comparator=against, confidence=confidence) for _, cells in within
    ]
    rows = _rows(table, units, crude, per=per)
    strata_rows = [
        row
        for (unit, cells), each in zip(within, pooled, strict=True)
        for row in _pooled_rows(table, unit, each, (crude.groups, cells, per))
    ]
    return {
        "measure": "proportion" if isinstance(table.cells, Proportion) else "rate",
        "comparator": table.groups[against],
        "confidence": confidence.level,
        "family": crude.family,
        "rows": rows,
        "like_for_like": strata_rows,
        "methods": _methods(crude, pooled),
        "notes": _notes(table, crude),
    }


def _position(table: CountsTable, comparator: str | None) -> int:
    if comparator is None:
        sizes = _sizes(table.cells).sum(axis=(0, 1))
        return int(np.argmax(sizes))
    if comparator not in table.groups:
        raise UsageProblem(
            f"there is no group {comparator!r} to compare with.",
            rule="comparator-exists",
            remedy=f"The groups are: {', '.join(table.groups)}.",
        )
    return table.groups.index(comparator)


def _sizes(cells: Proportion | Rate) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(cells.total if isinstance(cells, Proportion) else cells.population, float)


def _counts(cells: Proportion | Rate) -> np.ndarray[Any, np.dtype[np.int64]]:
    return cells.count if isinstance(cells, Proportion) else cells.events


def _make(like: Proportion | Rate, counts: Any, sizes: Any) -> Proportion | Rate:
    return Proportion(counts, sizes) if isinstance(like, Proportion) else Rate(counts, sizes)


def _crude(table: CountsTable) -> Proportion | Rate:
    """Units × groups, strata added up; with all units together as a last row."""
    counts, sizes = _counts(table.cells).sum(axis=1), _sizes(table.cells).sum(axis=1)
    if len(table.units) > 1:
        counts, sizes = (np.vstack([part, part.sum(axis=0)]) for part in (counts, sizes))
    return _make(table.cells, counts, sizes)


def _within(table: CountsTable) -> list[tuple[str, Proportion | Rate]]:
    """Each unit over its strata, and all units over every unit's strata."""
    counts, sizes = _counts(table.cells), _sizes(table.cells)
    found: list[tuple[str, Proportion | Rate]] = []
    if len(table.strata) > 1:
        found += [
            (unit, _make(table.cells, counts[i], sizes[i])) for i, unit in enumerate(table.units)
        ]
    if len(table.units) > 1:
        groups = len(table.groups)
        flat = counts.reshape(-1, groups), sizes.reshape(-1, groups)
        found.append((ALL, _make(table.cells, *flat)))
    return found


def _rows(
    table: CountsTable, units: tuple[str, ...], crude: Comparison, *, per: float
) -> list[dict[str, Any]]:
    cells, rows = _crude(table), []
    counts, sizes = _counts(cells), _sizes(cells)
    places = {group: column for column, group in enumerate(crude.groups)}
    scale = per if isinstance(cells, Rate) else 1.0
    for i, unit in enumerate(units):
        for k, group in enumerate(table.groups):
            row: dict[str, Any] = {"unit": unit} if len(units) > 1 else {}
            row |= {"group": group, "count": int(counts[i, k]), "total": float(sizes[i, k])}
            row["rate"] = figure(crude.rate, (i, k), scale=scale)
            rows.append(row | _compared(crude, i, places.get(k), scale=scale))
    return rows


def _compared(crude: Comparison, unit: int, column: int | None, *, scale: float) -> Figure:
    if column is None:
        return {"comparator": True}
    at = (unit, column)
    compared: Figure = {
        "comparator": False,
        "ratio": figure(crude.ratio, at),
        "difference": figure(crude.difference, at, scale=scale),
    }
    if crude.odds is not None:
        compared["odds"] = figure(crude.odds, at)
    compared["p"] = _number(crude.test.p[at])
    compared["p_adjusted"] = _number(crude.adjusted[at])
    return compared


def _pooled_rows(
    table: CountsTable,
    unit: str,
    pooled: LikeForLike,
    layout: tuple[tuple[int, ...], Proportion | Rate, float],
) -> list[dict[str, Any]]:
    groups, cells, per = layout
    scale = per if isinstance(cells, Rate) else 1.0
    rows = []
    for column, group in enumerate(groups):
        row: dict[str, Any] = {"unit": unit} if unit else {}
        row |= {
            "group": table.groups[group],
            "strata": len(_sizes(cells)),
            "ratio": figure(pooled.ratio, (column,)),
            "difference": figure(pooled.difference, (column,), scale=scale),
        }
        if pooled.odds is not None:
            row["odds"] = figure(pooled.odds, (column,))
        row["p"] = _number(pooled.test.p[column])
        row["p_homogeneity"] = _number(pooled.homogeneity.p[column])
        rows.append(row)
    return rows


def figure(estimates: Estimates, at: tuple[int, ...], *, scale: float = 1.0) -> Figure:
    """One estimate as plain values; None, with the reason, where there is no finite number."""
    value, low, high = (
        _number(column[at] * scale) for column in (estimates.value, estimates.low, estimates.high)
    )
    reason = Reason(int(estimates.reason[at])).words
    return {"value": value, "low": low, "high": high} | ({"reason": reason} if reason else {})


def _number(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None


def _methods(crude: Comparison, pooled: list[LikeForLike]) -> dict[str, str]:
    named = {
        "rate": crude.rate.method,
        "ratio": crude.ratio.method,
        "difference": crude.difference.method,
        "p": crude.test.method,
        "p_adjusted": "Benjamini–Hochberg over all comparisons of this table",
    }
    if crude.odds is not None:
        named["odds"] = crude.odds.method
    if pooled:
        named |= {
            "like_for_like_ratio": pooled[0].ratio.method,
            "like_for_like_difference": pooled[0].difference.method,
            "like_for_like_p": pooled[0].test.method,
            "p_homogeneity": pooled[0].homogeneity.method,
        }
    return named


def _notes(table: CountsTable, crude: Comparison) -> list[str]:
    made = "comparison was" if crude.family == 1 else "comparisons were"
    notes = [
        f"{crude.family:,} {made} tested together; the adjusted p allows for that.",
        "These figures have not been through disclosure control: do not publish them as they are.",
    ]
    if isinstance(table.cells, Rate) and np.any(_counts(table.cells) > _sizes(table.cells)):
        notes.append(
            "Some groups have more events than population: that population may not describe who "
            "was there."
        )
    return notes


def print_report(console: Console, report: Report, *, per: float) -> None:
    """The same object as tables, with the methods and the reasons for gaps underneath."""
    reasons: dict[str, str] = {}
    share = report["measure"] == "proportion"
    unit = "%" if share else f"per {per:g}"
    console.print(_crude_table(report, reasons, unit), highlight=False)
    if report["like_for_like"]:
        console.print(_pooled_table(report, reasons, unit), highlight=False)
    for reason, mark in reasons.items():
        console.print(f"{mark} {reason}.", highlight=False)
    for name, method in report["methods"].items():
        console.print(f"{name}: {method}.", highlight=False, style="dim")


def _crude_table(report: Report, reasons: dict[str, str], unit: str) -> Table:
    level = f"{report['confidence'] * 100:g}%"
    units = any("unit" in row for row in report["rows"])
    odds = any("odds" in row for row in report["rows"])
    headings = [*(["Unit"] if units else []), "Group", "n of N", f"Rate ({unit})", "Ratio"]
    headings += [f"Difference ({unit})", *(["Odds ratio"] if odds else []), "p", "adjusted p"]
    table = Table(
        *headings,
        title=f"Against {escape(report['comparator'])}, with {level} intervals",
        show_lines=False,
    )
    scale = 100.0 if unit == "%" else 1.0
    for row in report["rows"]:
        cells = [escape(row["unit"])] if units else []
        cells += [escape(row["group"]), f"{row['count']:,} of {row['total']:,.0f}"]
        cells.append(_words(row["rate"], reasons, scale=scale))
        if row["comparator"]:
            cells += ["comparator"] + [""] * (len(headings) - len(cells) - 1)
        else:
            cells += [
                _words(row["ratio"], reasons),
                _words(row["difference"], reasons, scale=scale),
            ]
            cells += [_words(row["odds"], reasons)] if odds else []
            cells += [_p(row["p"]), _p(row["p_adjusted"])]
        table.add_row(*cells)
    return table


def _pooled_table(report: Report, reasons: dict[str, str], unit: str) -> Table:
    units = any("unit" in row for row in report["like_for_like"])
    odds = any("odds" in row for row in report["like_for_like"])
    headings = [*(["Unit"] if units else []), "Group", "Strata", "Ratio", f"Difference ({unit})"]
    headings += [*(["Odds ratio"] if odds else []), "p", "p that strata agree"]
    table = Table(*headings, title="Like for like, within strata (Mantel–Haenszel)")
    scale = 100.0 if unit == "%" else 1.0
    for row in report["like_for_like"]:
        cells = [escape(row["unit"])] if units else []
        cells += [escape(row["group"]), f"{row['strata']:,}", _words(row["ratio"], reasons)]
        cells.append(_words(row["difference"], reasons, scale=scale))
        cells += [_words(row["odds"], reasons)] if odds else []
        table.add_row(*cells, _p(row["p"]), _p(row["p_homogeneity"]))
    return table


def _words(shown: Figure, reasons: dict[str, str], *, scale: float = 1.0) -> str:
    if shown["value"] is not None:
        value, low, high = (shown[part] * scale for part in ("value", "low", "high"))
        return f"{value:.3g} ({low:.3g} to {high:.3g})"
    mark = reasons.setdefault(shown["reason"], f"[{len(reasons) + 1}]")
    if shown["low"] is not None:
        return f"above {shown['low'] * scale:.3g} {mark}"
    return f"– {mark}"


def _p(value: float | None) -> str:
    if value is None:
        return "–"
    return "<0.001" if value < 0.001 else f"{value:.3f}"
