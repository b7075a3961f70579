"""Writes a whole site: every page, pack and file, then swapped in for the old in one step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from evenhand.core import Cell, Marker
from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.csvw import build_sheet, render_json
from evenhand.publication.environment import list_static
from evenhand.publication.findings import list_findings
from evenhand.publication.listing import Index
from evenhand.publication.model import MethodNote, Page, Site
from evenhand.publication.packs import render_pack
from evenhand.publication.pages import render_page
from evenhand.publication.swap import FORMAT, MANIFEST, replacing


class Progress(Protocol):
    """Told after each page: how many of how many are written, and which it was."""

    def __call__(self, done: int, total: int, what: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written, and where to open it."""

    folder: Path
    pages: int
    packs: int
    charts: int
    tables: int
    files: int
    size: int

    @property
    def front(self) -> Path:
        """The page to open first."""
        return self.folder / "index.html"


@dataclass(slots=True)
class _Writer:
    """Writes files beneath a folder and remembers each one's fingerprint."""

    folder: Path
    written: dict[str, dict[str, object]] = field(default_factory=dict)
    size: int = 0

    def write(self, path: str, content: bytes) -> None:
        (self.folder / path).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        self.written[path] = {"sha256": digest, "bytes": len(content)}
        self.size += len(content)


def write_site(site: Site, out: Path, *, progress: Progress | None = None) -> SiteReport:
    """Write the site to a folder, replacing the one of ours that may be there, all or nothing.

    Pages, packs and files are built beside ``out`` and take its place in one step. Interrupted or
    killed, the previous site stands as it was. The same site gives the same bytes.

    Parameters
    ----------
    site
        What to say; see :class:`Site`.
    out
        A folder that is new, empty or a site made by this program.
    progress
        Called after each page with how many are done, of how many, and the page's title.

    Returns
    -------
    SiteReport
        Counts of what was written and the folder.

    Raises
    ------
    UsageProblem
        If ``out`` holds anything else, or a finding leads to a page that is not in the site.
    UnreadableFile
        If the folder cannot be written.

    Notes
    -----
    Only released tables reach a page; sentences are taken as given, and must have been written
    from released tables.
    """
    out = Path(out)
    index = Index({page.path: page for page in site.pages})
    with replacing(out) as folder:
        writer = _Writer(folder)
        _write_static(writer)
        for done, page in enumerate(site.pages, 1):
            _write_page(page, site, index, writer=writer)
            if progress:
                progress(done, len(site.pages), page.title)
        _write_findings(site, writer)
        _write_manifest(site, writer)
    return _report(site, out, writer)


def _write_static(writer: _Writer) -> None:
    (writer.folder / "static").mkdir()
    for name, content in list_static():
        writer.write(f"static/{name}", content)


def _write_page(page: Page, site: Site, index: Index, *, writer: _Writer) -> None:
    prefix = f"{page.path}/" if page.path else ""
    (writer.folder / page.path).mkdir(parents=True, exist_ok=True)
    writer.write(f"{prefix}index.html", render_page(page, site, index).encode())
    if page.pack:
        writer.write(f"{prefix}pack.html", render_pack(page, page.pack, site).encode())
    for released, method, name in _sheets(page):
        sheet = build_sheet(released, site, method=method, name=name)
        writer.write(f"{prefix}{sheet.name}.csv", sheet.csv)
        writer.write(f"{prefix}{sheet.name}.csv-metadata.json", sheet.metadata)


def _sheets(page: Page) -> Iterator[tuple[ReleasedTable, MethodNote | None, str]]:
    """Every table of the page once, with the method of the first block that shows it."""
    if page.findings:
        yield page.findings, None, "findings"
    for released in page.released:
        shown = (b for b in page.blocks if any(t is released for t in b.released))
        yield released, next(shown).method, ""


def _write_findings(site: Site, writer: _Writer) -> None:
    """The front page's findings as JSON, in the order of the page."""
    found = [
        {name: _plain(cell) for name, cell in finding.cells.items()}
        for finding in list_findings(site.front.findings)
    ]
    writer.write("findings.json", render_json({"title": site.title, "findings": found}))


def _plain(cell: Cell) -> object:
    """A cell for JSON: a marker is an object that says so, never a string among numbers."""
    if isinstance(cell, Marker):
        return {"marker": cell.value}
    if isinstance(cell, float) and (cell != cell or cell in (float("inf"), float("-inf"))):
        return {"marker": Marker.UNDEFINED.value}
    return cell


def _write_manifest(site: Site, writer: _Writer) -> None:
    facts = {
        "format": FORMAT,
        "title": site.title,
        "service": site.service,
        "period": site.period,
        "released": site.released,
        "synthetic": site.synthetic,
        "provenance": asdict(site.provenance),
        "files": dict(sorted(writer.written.items())),
    }
    writer.write(MANIFEST, render_json(facts))


def _report(site: Site, out: Path, writer: _Writer) -> SiteReport:
    return SiteReport(
        folder=out,
        pages=len(site.pages),
        packs=sum(page.pack is not None for page in site.pages),
        charts=sum(len(block.charts) for page in site.pages for block in page.blocks),
        tables=sum(path.endswith(".csv") for path in writer.written),
        files=len(writer.written),
        size=writer.size,
    )
