"""How a public page is served: by anybody, from memory, with the release as its version.

A view of the public side builds :class:`~evenhand.web.releases.kept.Kept` from its address alone.
It is not given the request, the account or the viewpoint, so that what it says cannot depend on who
asks. What comes after the first ``/public/`` is read from the frozen tables only; a test of the
structure holds that.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from evenhand import __version__
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import anybody
from evenhand.web.releases.kept import SHELF, Kept
from evenhand.web.releases.queries.frozen import ReleaseRow, find_newest, find_version

MINUTE = 60  # seconds a cache may answer without asking: a withdrawal shows within a minute
HTML = "text/html; charset=utf-8"

Build = Callable[..., Kept]


def _fingerprint() -> str:
    """What the pages are made with: another version of a template is another page."""
    found = hashlib.sha256(__version__.encode())
    here = Path(__file__).parents[1] / "templates" / "releases" / "public"
    for path in sorted(here.glob("*")):
        found.update(path.read_bytes())
    return found.hexdigest()[:8]


MADE_WITH = _fingerprint()


def public(build: Build) -> Callable[..., HttpResponseBase]:
    """Serve what this function builds to anybody, made once a release and a process."""

    @functools.wraps(build)
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        version = f'"{find_version()}-{MADE_WITH}"'
        if version in request.headers.get("If-None-Match", ""):
            return _served(HttpResponse(status=304), version)
        base = request.build_absolute_uri("/")
        try:
            kept = SHELF.get(
                f"{base} {request.path}",
                release=version,
                make=lambda: build(find_newest(), base=base, **parts),
            )
        except NotThere as error:
            return _not_there(error, find_newest())
        response = HttpResponse(kept.content, status=kept.status, content_type=kept.media_type)
        if kept.filename:
            _attach(response, kept.filename)
        return _served(response, version)

    view.entry_rule = anybody  # type: ignore[attr-defined]
    return view


def render_page(
    template: str, newest: ReleaseRow | None, *, status: int = 200, **context: Any
) -> Kept:
    """A page of the public side. There is no request in it, so it can show nobody’s name."""
    words = render_to_string(f"releases/public/{template}.html", {"newest": newest, **context})
    return Kept(words.encode(), HTML, status)


def _served(response: HttpResponse, version: str) -> HttpResponse:
    response["ETag"] = version
    response["Cache-Control"] = f"public, max-age={MINUTE}"
    return response


def _attach(response: HttpResponse, filename: str) -> None:
    """A file somebody else made: saved under its plain name, and never run as a page of ours."""
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"


def _not_there(error: NotThere, newest: ReleaseRow | None) -> HttpResponse:
    page = render_page("absent", newest, status=404, problem=error.problem)
    response = HttpResponse(page.content, status=404, content_type=HTML)
    response["Cache-Control"] = "no-cache"  # it may be released in a minute
    return response
