"""``evenhand load``: workforce files into a lake, with everything that is wrong with them first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from pyarrow import csv
from rich.console import Console

from evenhand.cli.check_page import render_page
from evenhand.cli.facts import print_facts
from evenhand.cli.load_simulated import load_simulated
from evenhand.cli.progress import telling
from evenhand.cli.quality import show_report
from evenhand.core import ContractBroken, UsageProblem
from evenhand.datasets.durable import write_whole
from evenhand.datasets.report import QualityReport
from evenhand.datasets.sources import Source
from evenhand.datasets.workforce import (
    DATASETS,
    WorkforceLake,
    check_workforce,
    get_dataset,
    has_faults,
    load_workforce,
)
from evenhand.datasets.workforce.agreement import compare_datasets, list_people
from evenhand.datasets.workforce.mappings import get_mapping, list_mappings
from evenhand.datasets.workforce.templates import (
    render_guide,
    render_template,
    render_workbook,
)


def load(
    dataset: Annotated[
        str | None, typer.Argument(metavar="[DATASET]", help="What the files are: see --list.")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help=".csv, .csv.gz, .xlsx or .parquet files."),
    ] = None,
    lake: Annotated[
        Path | None, typer.Option("--lake", metavar="FOLDER", help="Where loaded rows are kept.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Report only; load nothing.")] = False,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", metavar="NAME", help="Read a published file by this mapping."),
    ] = None,
    withdraw: Annotated[
        str | None, typer.Option("--withdraw", metavar="LOAD", help="Take this load out again.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why a load is withdrawn; kept with it.")
    ] = "",
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="DATASET", help="Write files to fill, and a guide."),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Where templates are written.")
    ] = Path(),
    simulate: Annotated[
        int | None,
        typer.Option("--simulate", metavar="PEOPLE", help="Load a made-up workforce to try."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number makes another workforce.")] = 1,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare",
            metavar="PATH",
            help="Say where loaded datasets contradict one another; write whom it is about (CSV).",
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="Show the datasets, mappings and loads.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="PATH", help="Write the report as a page too.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Check workforce files row by row, say what is wrong, and load the good rows.

    Bad rows are set aside and named, never changed; loading the same rows twice changes nothing.
    Exit code 0 when every row was loaded or known already; 4 when rows break the contract or a
    column is missing, 3 when a file cannot be read, 5 when one is unsafe.
    """
    at = dt.datetime.now(tz=dt.UTC)
    if show:
        print_facts(_listed(lake), as_json=as_json)
    elif compare is not None:
        print_facts(_compare(WorkforceLake(_require_lake(lake)), compare), as_json=as_json)
    elif template is not None:
        print_facts(_write_template(template, out), as_json=as_json)
    elif simulate is not None:
        place = WorkforceLake(_require_lake(lake))
        print_facts(load_simulated(simulate, seed=seed, lake=place, at=at), as_json=as_json)
    elif withdraw is not None:
        print_facts(_withdraw(dataset, withdraw, lake, reason, at), as_json=as_json)
    else:
        wish = Wish(dataset, tuple(files or ()), lake, check, mapping, html)
        _load(wish, at=at, as_json=as_json)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to load, from where and where to, and where the report is written beside."""

    dataset: str | None
    files: tuple[Path, ...]
    lake: Path | None
    check: bool
    mapping: str | None
    html: Path | None


def _load(wish: Wish, *, at: dt.datetime, as_json: bool) -> None:
    if wish.dataset is None or not wish.files:
        raise UsageProblem(
            "a dataset and at least one file are needed.",
            rule="load-what",
            remedy="For example: evenhand load strength april.csv --lake lake. See --list.",
        )
    title = get_dataset(wish.dataset).table.title
    place = WorkforceLake(wish.lake) if wish.lake is not None else None
    sources = _map(wish.dataset, wish.files, wish.mapping)
    load_id = ""
    with telling() as told:
        if wish.check:
            report = check_workforce(wish.dataset, sources, at=at, lake=place, progress=told.rows)
        else:
            target = WorkforceLake(_require_lake(wish.lake))
            made = load_workforce(wish.dataset, sources, lake=target, at=at, progress=told.rows)
            report, load_id = made.report, made.id
    if wish.html is not None:
        write_whole(wish.html, render_page(report, what=title, at=at).encode())
    _show(report, load_id, wish, as_json=as_json)
    if report.errors:
        raise typer.Exit(max(error.exit_code for error in report.errors))
    if has_faults(report):
        raise typer.Exit(ContractBroken.exit_code)


def _require_lake(lake: Path | None) -> Path:
    if lake is None:
        raise UsageProblem(
            "--lake says where to load to.",
            rule="load-where",
            remedy="Add --lake FOLDER, or --check to report only.",
        )
    return lake


def _map(dataset: str, files: Sequence[Path], mapping: str | None) -> list[Source]:
    if mapping is None:
        return list(files)
    chosen = get_mapping(mapping)
    if chosen.dataset != dataset:
        raise UsageProblem(
            f"the mapping {mapping!r} makes {chosen.dataset}, not {dataset}.",
            rule="mapping-of-dataset",
            remedy=f"Run evenhand load {chosen.dataset} … --mapping {mapping}.",
        )
    return [chosen.read(file) for file in files]


def _show(report: QualityReport, load_id: str, wish: Wish, *, as_json: bool) -> None:
    if as_json:
        found = report.as_dict() | {"dataset": wish.dataset, "load": load_id}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    show_report(console, report)
    if wish.html is not None:
        console.print(f"The whole report: {wish.html}", markup=False, soft_wrap=True)
    if wish.check:
        console.print("Nothing was loaded: --check only reports.")
    elif load_id:
        rows = f"{report.rows_loaded:,} rows"
        console.print(f"Loaded {rows} of {wish.dataset} as load {load_id}.", markup=False)
        console.print(f"To take it out again: --withdraw {load_id} --reason “…”.", markup=False)
    else:
        console.print("Nothing new to load.")


def _withdraw(
    dataset: str | None, load_id: str, lake: Path | None, reason: str, at: dt.datetime
) -> dict[str, Any]:
    if dataset is None or lake is None or not reason.strip():
        raise UsageProblem(
            "to withdraw a load, its dataset, the lake and a reason are needed.",
            rule="withdraw-why",
            remedy=f"Run evenhand load DATASET --lake FOLDER --withdraw {load_id} --reason “…”.",
        )
    kept = WorkforceLake(lake).withdraw(dataset, load_id, at=at, reason=reason.strip())
    return {"withdrawn": load_id, "dataset": dataset, "reason": reason.strip(), "kept": str(kept)}


def _compare(lake: WorkforceLake, out: Path) -> dict[str, Any]:
    found = compare_datasets(lake)
    csv.write_csv(list_people(lake), out)
    asked = [
        {"dataset": each.dataset, "people": f"{each.people:,} of {each.of:,}", "do": each.question}
        for each in found
    ]
    return {"compared": asked, "written": str(out)}


def _write_template(name: str, out: Path) -> dict[str, Any]:
    dataset = get_dataset(name)
    out.mkdir(parents=True, exist_ok=True)
    contents = {
        f"{name}.csv": render_template(dataset).encode("utf-8-sig"),
        f"{name}.xlsx": render_workbook(dataset),
        f"{name}-guide.md": render_guide(dataset).encode(),
    }
    for file in contents:
        if (out / file).exists():
            raise UsageProblem(
                "there is a file of this name already.",
                file=str(out / file),
                rule="nothing-overwritten",
                remedy="Move it away, or give another folder with --out.",
            )
    for file, content in contents.items():
        (out / file).write_bytes(content)
    return {"written": [str(out / file) for file in contents]}


def _listed(lake: Path | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "datasets": {name: dataset.table.title for name, dataset in DATASETS.items()},
        "mappings": {each.id: each.title for each in list_mappings()},
    }
    if lake is not None:
        place = WorkforceLake(lake)
        found["loads"] = [
            {"load": one.id, "dataset": name, "at": one.at, "rows": _rows(one.files)}
            for name in DATASETS
            for one in place.list_loads(name)
        ]
    return found


def _rows(files: tuple[dict[str, Any], ...]) -> int:
    return sum(int(file["rows"]) for file in files)
