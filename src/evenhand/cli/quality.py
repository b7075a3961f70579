"""A quality report on a terminal: what was found, where, how often, and what to do."""

from __future__ import annotations

from rich.console import Console

from evenhand.datasets import Fault, Gap, QualityReport

SHOWN = 30
"""Faults and gaps of each kind printed on a terminal; the page and the JSON have them all."""


def show_report(console: Console, report: QualityReport) -> None:
    """Counts first, then faults, warnings and gaps with their places."""
    console.print(
        f"{len(report.files):,} files: {report.rows_read:,} rows read = "
        f"{report.rows_loaded:,} good + {report.rows_quarantined:,} to be set aside; "
        f"{report.rows_repeated:,} repeat another row exactly."
    )
    for error in report.errors:
        console.print(f"Cannot be read: {error}", markup=False, soft_wrap=True)
    _show_faults(console, [f for f in report.faults if f.severity != "warning"], "Faults")
    _show_faults(console, [f for f in report.faults if f.severity == "warning"], "Warnings")
    _show_gaps(console, report.gaps)
    if report.ignored:
        console.print(f"{len(report.ignored):,} other files were passed over.")
    if report.is_clean:
        console.print("Every row can be loaded.")


def _show_faults(console: Console, faults: list[Fault], title: str) -> None:
    if not faults:
        return
    console.print(f"\n{title}")
    for fault in faults[:SHOWN]:
        console.print(f"  {_as_line(fault)}", markup=False, soft_wrap=True)
    _show_rest(console, len(faults))


def _as_line(fault: Fault) -> str:
    """Where first, as compilers say it: file, line, column; then what, how often, which rule."""
    lines = ", ".join(f"{line:,}" for line in fault.lines[:5])
    more = " …" if fault.count > len(fault.lines[:5]) else ""
    where = f"{fault.file}, line {lines}{more}" if lines else fault.file
    column = f", column “{fault.column}”" if fault.column else ""
    times = "once" if fault.count == 1 else f"{fault.count:,} times"
    return f"{where}{column}: found {fault.found}, {times} [rule: {fault.rule}] {fault.remedy}"


def _show_gaps(console: Console, gaps: tuple[Gap, ...]) -> None:
    if not gaps:
        return
    console.print("\nGaps: no row is at fault, but something is missing or odd as a whole.")
    for gap in gaps[:SHOWN]:
        console.print(f"  {gap.sentence}", markup=False, soft_wrap=True)
    _show_rest(console, len(gaps))


def _show_rest(console: Console, count: int) -> None:
    if count > SHOWN:
        console.print(f"  … and {count - SHOWN:,} more: use --html or --json to see them all.")
