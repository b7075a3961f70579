"""``evenhand check``: what is wrong with files of stops, without loading them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evenhand.cli.check_page import render_page
from evenhand.cli.progress import telling
from evenhand.cli.quality import show_report
from evenhand.core import ContractBroken
from evenhand.datasets import QualityReport, check_files
from evenhand.datasets.durable import write_whole


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
    with telling() as told:
        report = check_files(files, at=at, progress=told.rows)
    if html is not None:
        page = render_page(report, what="Stops and searches", at=at)
        write_whole(html, page.encode())
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        show_report(console, report)
        if html is not None:
            console.print(f"The whole report: {html}", markup=False, soft_wrap=True)
    code = exit_code(report)
    if code:
        raise typer.Exit(code)


def exit_code(report: QualityReport) -> int:
    """The class of the worst thing found: a file that could not be read, then rows set aside."""
    if report.errors:
        return max(error.exit_code for error in report.errors)
    return 0 if report.is_clean else ContractBroken.exit_code
