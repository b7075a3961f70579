"""``evenhand digest``: send what the people of a register owe, once a week each."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def digest(
    home: Annotated[
        Path | None,
        typer.Option(help="The folder that keeps the register; ./evenhand-data if left out."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one machine-readable object instead.")
    ] = False,
) -> None:
    """Send this week's digests: to each person who owes something and has not had theirs.

    Run it weekly, or daily by a timer: nobody is told twice in one week.
    """
    # Another program, not an import: the command line must not carry the web application along.
    command = [sys.executable, "-m", "evenhand.web.digests"]
    command += ["--home", str(home)] if home else []
    command += ["--json"] if as_json else []
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module, no shell
