"""``evenhand run``: start the register on this machine, with a demo where it is empty."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from evenhand.core import UsageProblem

HOST = "127.0.0.1"
"""Only this machine is served; see the guide for a service behind HTTPS."""


def run(
    home: Annotated[
        Path | None,
        typer.Option(help="The folder that keeps everything; ./evenhand-data if left out."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen.")] = 8000,
    demo: Annotated[
        bool, typer.Option(help="Fill an empty register with made-up reports and history.")
    ] = True,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print address and sign-ins as one machine-readable object."),
    ] = False,
) -> None:
    """Start the register here, and print its address and how to sign in.

    Makes the folder and its tables if they are missing. Serves this machine only, until Ctrl-C.
    """
    _require_free(port)
    # Another program, not an import: the command line must not carry the web application along.
    command = [sys.executable, "-m", "evenhand.web", "--port", str(port)]
    command += ["--home", str(home)] if home else []
    command += [] if demo else ["--no-demo"]
    command += ["--json"] if as_json else []
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module, no shell


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise UsageProblem(
                f"port {port} is already in use.",
                remedy="Choose another with --port.",
                rule="one-server-a-port",
            ) from None
