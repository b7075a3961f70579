"""``evenhand serve``: shows a finished site on this machine, and to nobody else."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import typer

from evenhand.core import UsageProblem
from evenhand.publication import require_site

HOST = "127.0.0.1"
"""The loopback address: a site is published by copying its folder, not by this command."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class _Server(ThreadingHTTPServer):
    """One thread a request; a browser that goes away before the answer is no fault."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Pages(SimpleHTTPRequestHandler):
    """Files of one folder, with headers that let a page load only what is beside it."""

    extensions_map = {  # noqa: RUF012 - the base class's own attribute, replaced whole
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".svg": "image/svg+xml",
    }

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        """No listings: a folder without a page is not there."""
        self.send_error(404, "There is no such page")

    def log_message(self, *args: object) -> None:
        """Requests are not printed: the terminal belongs to the person who typed."""


def serve(
    site: Annotated[Path, typer.Argument(help="The folder that was written.")],
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes any free port.")
    ] = 8000,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the address as one machine-readable object.")
    ] = False,
) -> None:
    """Show a site that was written earlier, on this machine only, until Ctrl-C."""

    def announce(address: str) -> None:
        if as_json:
            typer.echo(json.dumps({"address": address, "site": str(site)}))
        else:
            typer.echo(f"The site is at {address}\nPress Ctrl-C to stop.")

    serve_site(site, port=port, announce=announce)


def serve_site(site: Path, *, port: int, announce: Callable[[str], None]) -> None:
    """Serve a site's folder until interrupted; ``announce`` is told the address once it answers.

    A site that is replaced meanwhile is shown as it now is. Raises UsageProblem when the folder
    is not a site of ours or the port is taken, UnreadableFile when there is no such folder.
    """
    require_site(site)
    with _listen(site, port) as server:
        announce(f"http://{HOST}:{server.server_address[1]}/")
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return


def _listen(site: Path, port: int) -> _Server:
    handler = partial(_Pages, directory=str(site.resolve()))
    try:
        return _Server((HOST, port), handler)
    except OSError as why:
        if why.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        taken = "is already in use" if why.errno == errno.EADDRINUSE else "may not be used by you"
        raise UsageProblem(
            f"port {port} {taken}.",
            remedy="Choose another with --port, or --port 0 for any that is free.",
            rule="one-server-a-port",
        ) from None
