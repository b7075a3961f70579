"""Which file of a site an address means: one below the site's folder, of a kind that we publish."""

from __future__ import annotations

from pathlib import Path

from evenhand.web.foundation.errors import NotThere

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What a site of ours is made of; a file of any other kind did not come from us."""

LONGEST = (
    120  # characters of a name: the site's own are shorter, and systems refuse above 255 bytes
)


def find_file(site: Path, address: str) -> Path:
    """The file at this address below the site's folder; a folder means its first page.

    Raises
    ------
    NotThere
        For anything else: outside the folder, through a link out of it, hidden, of another kind.
    """
    parts = [part for part in address.split("/") if part]
    if any(part.startswith(".") or "\0" in part or len(part) > LONGEST for part in parts):
        raise _not_there()
    root = site.resolve()
    path = root.joinpath(*parts).resolve()
    if path.is_dir():
        path = (path / "index.html").resolve()
    if not path.is_relative_to(root) or path.suffix not in MEDIA_TYPES or not path.is_file():
        raise _not_there()
    return path


def _not_there() -> NotThere:
    return NotThere(
        "the monitoring site has no such page.",
        remedy="Begin at its first page.",
        rule="site-has-page",
    )
