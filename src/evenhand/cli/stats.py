"""``evenhand stats``: compare the groups of a tidy table of counts, on screen or as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evenhand.cli.counts_file import load_counts
from evenhand.cli.disparity_report import build_report, print_report
from evenhand.core import Confidence, UsageProblem

# Ten columns of estimates with intervals need about this much room; a pipe has no width to ask.
_WIDTH_WITHOUT_TERMINAL = 160


def stats(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help="Columns: group, count, total (or events, population); optional stratum, unit.",
        ),
    ],
    comparator: Annotated[
        str | None,
        typer.Option(metavar="GROUP", help="Compare with this group; the largest if left out."),
    ] = None,
    confidence: Annotated[
        float, typer.Option(metavar="SHARE", help="Confidence of the intervals, such as 0.95.")
    ] = 0.95,
    per: Annotated[
        float, typer.Option(metavar="N", help="Print rates of events per this many people.")
    ] = 1000.0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Compare groups: rates, ratios, differences and odds with intervals, and which are not chance.

    Give count and total where each person counts once (promoted of applied), events and
    population where they may count often (searches of residents). With a stratum (rank, department)
    or several units, each group is also compared like for like within them. Every cell
    needs its row; write 0 where nobody is. Nothing is hidden: this is for those cleared to see it.
    """
    level = Confidence(confidence)
    if not 0 < per < float("inf"):
        raise UsageProblem(f"--per must be above 0, not {per!r}.", rule="per-is-positive")
    report = build_report(load_counts(file), comparator=comparator, confidence=level, per=per)
    if as_json:
        typer.echo(json.dumps({"file": str(file), "per": per} | report, ensure_ascii=False))
    else:
        console = Console()
        if not console.is_terminal:
            console = Console(width=_WIDTH_WITHOUT_TERMINAL)
        print_report(console, report, per=per)
    notes = Console(stderr=True, highlight=False)
    for note in report["notes"]:
        notes.print(f"• {note}", markup=False)
