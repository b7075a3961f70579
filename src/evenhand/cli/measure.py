"""``evenhand measure``: from an archive of stops to a monitoring site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from evenhand.cli.progress import telling
from evenhand.core import Marker, Signal
from evenhand.disclosure import POLICIES, get_policy
from evenhand.monitoring import Labels, Monitoring, publish
from evenhand.monitoring import measure as measure_stops
from evenhand.publication import SiteReport
from evenhand.publication.swap import require_replaceable

SHOWN = 8
"""Findings printed at the end of a run: about what fits on a screen with the rest."""


def measure(
    archive: Annotated[
        list[Path],
        typer.Argument(
            metavar="ARCHIVE…", help="Archives, folders, .csv, .csv.gz or .parquet files of stops."
        ),
    ],
    population: Annotated[
        Path | None,
        typer.Option(
            metavar="CENSUS", help="Residents by local authority and ethnic group (as TS021)."
        ),
    ] = None,
    areas: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="Your own look-up: area_code, area_name, service."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the site goes.")] = Path(
        "site"
    ),
    title: Annotated[str, typer.Option(help="The name of the site.")] = "Stop and search monitor",
    policy: Annotated[
        str, typer.Option(help=f"Who the site is for: {', '.join(POLICIES)}.")
    ] = "public",
    lake: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the loaded rows in this folder.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Measure stops and searches and write a static monitoring site.

    The site in the folder, if there is one of ours, is replaced in one step at the end. Exit
    codes: 2 wrong use, 3 unreadable, 4 not the right columns, 5 unsafe archive, 8 nothing left.
    """
    chosen = get_policy(policy)
    require_replaceable(out)  # before the long work, and again at its end
    labels = Labels(title=title, service=title, source=", ".join(path.name for path in archive))
    with telling() as told:
        run = measure_stops(
            archive, population=population, areas=areas, policy=chosen, lake=lake,
            progress=told.rows, stage=told.stage,
        )  # fmt: skip
        written = publish(run, out, labels, progress=told.pages)
    report(run, written, as_json=as_json)


def report(run: Monitoring, written: SiteReport, *, as_json: bool) -> None:
    """Say at the end what was found, what was set aside, what is missing and where the site is."""
    if as_json:
        typer.echo(json.dumps(_as_object(run, written), ensure_ascii=False))
        return
    console = Console(highlight=False)
    for line in (*_findings(run), "", *_rows(run), "", f"The site: {written.front}"):
        console.print(line, markup=False, soft_wrap=True)


def _as_object(run: Monitoring, written: SiteReport) -> dict[str, Any]:
    site = {"folder": str(written.folder), "front": str(written.front), "files": written.files}
    return {"site": site, **run.as_dict()}


def _findings(run: Monitoring) -> list[str]:
    rows = [r for r in run.findings.table.rows() if not isinstance(r["signal"], Marker)]
    counts = {signal: sum(r["signal"] == signal for r in rows) for signal in Signal}
    urgent = [r for r in rows if r["signal"] in (Signal.CONCERN, Signal.WORSENING, Signal.WATCH)]
    lines = [
        "Findings: "
        + ", ".join(f"{n:,} {signal.words.lower()}" for signal, n in counts.items() if n)
        + "."
    ]
    lines += [f"  {str(r['signal']).capitalize()}: {r['sentence']}" for r in urgent[:SHOWN]]
    if len(urgent) > SHOWN:
        lines.append(f"  … and {len(urgent) - SHOWN:,} more on the front page.")
    return lines


def _rows(run: Monitoring) -> list[str]:
    quality = run.report
    lines = [
        f"Rows: {quality.rows_read:,} read in {len(quality.files):,} files = "
        f"{quality.rows_loaded:,} loaded + {quality.rows_quarantined:,} set aside; "
        f"{quality.rows_repeated:,} repeat another exactly (counted as given)."
    ]
    faults = sorted(quality.faults, key=lambda fault: -fault.count)
    lines += [f"  {fault.file}: {fault.sentence} {_times(fault.count)}." for fault in faults[:5]]
    if quality.gaps:
        noun = "gap" if len(quality.gaps) == 1 else "gaps"
        lines.append(f"Missing: {len(quality.gaps):,} {noun} in the records, for example:")
        lines += [f"  {gap.sentence}" for gap in quality.gaps[:5]]
    unmatched = run.population.unmatched if run.population else ()
    if unmatched:
        lines.append(f"Areas of no service: {', '.join(area.name for area in unmatched)}.")
    return lines


def _times(count: int) -> str:
    return "Once" if count == 1 else f"{count:,} times"
