"""``evenhand demo``: a fictional service, from its records to its monitoring site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evenhand.cli.measure import report
from evenhand.cli.progress import telling
from evenhand.monitoring.demonstration import SEED, demonstrate


def demo(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where everything goes.")] = Path(
        "build/demo"
    ),
    seed: Annotated[int, typer.Option(help="Another number makes another service.")] = SEED,
    serve: Annotated[bool, typer.Option("--serve", help="Show the site when it is made.")] = False,
    port: Annotated[int, typer.Option(help="Where to show it.")] = 8000,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Make a synthetic archive of 32 fictional boroughs, measure it and show the site.

    Everything in it is invented and says so; it is calibrated to published figures.
    """
    with telling() as told:
        made = demonstrate(records=out / "records", site=out / "site", told=told, seed=seed)
    report(made.run, made.written, as_json=as_json)
    if serve:
        from evenhand.cli.serve import serve_site

        serve_site(made.written.folder, port=port, announce=_announce)


def _announce(address: str) -> None:
    typer.echo(f"\nThe site is at {address}  (Ctrl-C stops it)", err=True)
