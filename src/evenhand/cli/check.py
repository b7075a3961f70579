"""``evenhand check``: what is wrong with files of stops, without loading them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evenhand.cli.check_page import render_page
from evenhand.core import ContractBroken
from evenhand.datasets import Fault, Gap, QualityReport, check_files
from evenhand.datasets import Progress as Told

SHOWN = 30
"""Faults and gaps of each kind printed on a terminal; the page and the JSON have them all."""


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Archives, folders, .csv, .csv.gz or .parquet files of stops."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="PATH", help="Write the report as a page too.")
    ] = None,
) -> None:
    """Report every fault and gap in files of stops, without loading them.

    Exit code 0 when every row could be loaded, even if there are warnings and gaps; 4 when rows
    break the contract or a column is missing, 3 when a file cannot be read, 5 when one is unsafe.
    """
    at = dt.datetime.now(tz=dt.UTC)
    with _progress() as told:
        report = check_files(files, at=at, progress=told)
    if html is not None:
        _save(html, render_page(report, at=at))
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        _show(Console(highlight=False), report, html)
    code = exit_code(report)
    if code:
        raise typer.Exit(code)


def exit_code(report: QualityReport) -> int:
    """The class of the worst thing found: a file that could not be read, then rows set aside."""
    if report.errors:
        return max(error.exit_code for error in report.errors)
    return 0 if report.is_clean else ContractBroken.exit_code


@contextmanager
def _progress() -> Iterator[Told]:
    """Files and rows on stderr, so that stdout holds the report alone."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[rows]:,} rows"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("Checking", total=None, rows=0)

        def told(stage: str, *, files: int, of: int, rows: int) -> None:
            bar.update(task, description=stage.capitalize(), completed=files, total=of, rows=rows)

        yield told


def _save(path: Path, page: str) -> None:
    """Whole or not at all: written beside, then moved into place."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(page, encoding="utf-8")
    beside.replace(path)


def _show(console: Console, report: QualityReport, html: Path | None) -> None:
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
    if html is not None:
        console.print(f"The whole report: {html}", markup=False, soft_wrap=True)


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
