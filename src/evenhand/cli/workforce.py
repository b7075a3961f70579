"""``evenhand workforce``: from loaded workforce tables to findings, and a site of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from evenhand.core import Cell, Marker, Month, Signal, UnreadableFile
from evenhand.datasets import Lake
from evenhand.datasets.workforce import TABLES
from evenhand.disclosure import POLICIES, get_policy
from evenhand.indicators.workforce import find_last_month, measure_workforce
from evenhand.monitoring.workforce import (
    WorkforceRelease,
    build_workforce_release,
    build_workforce_site,
)
from evenhand.publication import SiteReport, write_site
from evenhand.publication.swap import require_replaceable

SEED = 0
"""Futures are drawn at random; from the same start, the same rows give the same findings."""

SHOWN = 12
"""Findings printed at the end of a run: about what fits on a screen."""


def workforce(
    lake: Annotated[
        Path,
        typer.Argument(
            help="A folder with a lake of each dataset, or Parquet files named as the datasets."
        ),
    ],
    at: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="The last month; by default the last loaded.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a site of the findings here.")
    ] = None,
    title: Annotated[str, typer.Option(help="The name of the site.")] = "Workforce monitor",
    area: Annotated[
        str, typer.Option(help="Whose population is the benchmark; by default the fullest.")
    ] = "",
    policy: Annotated[
        str, typer.Option(help=f"Who the findings are for: {', '.join(POLICIES)}.")
    ] = "public",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Measure the workforce: who joins, rises, is disciplined, is heard, and leaves.

    The findings are released under the policy; small counts are hidden with all that is made of
    them. Exit codes: 2 wrong use, 3 unreadable, 8 nothing to measure.
    """
    chosen = get_policy(policy)
    if out is not None:
        require_replaceable(out)
    tables = find_tables(lake)
    month = Month.parse(at) if at else find_last_month(tables)
    release = build_workforce_release(
        measure_workforce(tables, at=month, rng=np.random.default_rng(SEED), area=area or None),
        chosen,
    )
    written = None
    if out is not None:
        site = build_workforce_site(release, title=title, source=lake.name)
        written = write_site(site, out)
    report(release, written, as_json=as_json)


def find_tables(folder: Path) -> dict[str, list[Path]]:
    """The Parquet files of each dataset: of its lake, or one file of its name."""
    found = {}
    for name in TABLES:
        parts = [folder / f"{name}.parquet"]
        if not parts[0].is_file():
            parts = Lake(folder / name).list_parts()
        if parts:
            found[name] = parts
    if "strength" not in found:
        raise UnreadableFile(
            "this folder holds no strength, which every measure starts from.",
            file=str(folder),
            rule="strength-loaded",
            remedy="Load a strength file with evenhand load, and name the folder of its lake.",
        )
    return found


def report(release: WorkforceRelease, written: SiteReport | None, *, as_json: bool) -> None:
    """Say what was found, what could not be measured for want of a table, and where the site is."""
    if as_json:
        site = {"folder": str(written.folder), "files": written.files} if written else None
        object_ = {"site": site, **release.as_dict()}
        typer.echo(json.dumps(object_, ensure_ascii=False))
        return
    console = Console(highlight=False)
    for line in _lines(release):
        console.print(line, markup=False, soft_wrap=True)
    if written is not None:
        console.print(f"The site: {written.front}", markup=False, soft_wrap=True)


def _lines(release: WorkforceRelease) -> list[str]:
    rows = [r for r in release.findings.table.rows() if not isinstance(r["signal"], Marker)]
    counts = {signal: sum(r["signal"] == signal for r in rows) for signal in Signal}
    told = ", ".join(f"{n:,} {signal.words.lower()}" for signal, n in counts.items() if n)
    urgent = [r for r in rows if r["signal"] in (Signal.CONCERN, Signal.WATCH)]
    lines = [f"Findings: {told}.", *(_line(row) for row in urgent[:SHOWN])]
    if len(urgent) > SHOWN:
        lines.append(f"  … and {len(urgent) - SHOWN:,} more; --json gives them all.")
    hidden = len(release.findings.table) - len(rows)
    if hidden:
        lines.append(f"Hidden so that nobody can be identified: {hidden:,} comparisons.")
    lines += [f"  {sentence}" for sentence in release.targets]
    for id_, names in release.measured.absent.items():
        lines.append(f"Not measured: {id_}, for want of {', '.join(names)}.")
    return lines


def _line(row: Mapping[str, Cell]) -> str:
    return f"  {str(row['signal']).capitalize()}: {row['sentence']}"
