"""What a monitoring site is, before any of it is drawn: pages of answered questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evenhand.core import UsageProblem
from evenhand.core.table import Cell
from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.charts.spec import Chart
from evenhand.publication.findings import require_findings
from evenhand.publication.view import TableView

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


class PageKind(StrEnum):
    """What a page is for; it decides where the page is listed and how it is laid out."""

    FRONT = "front"
    SERVICE = "service"
    UNIT = "unit"
    QUALITY = "quality"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page of the site (by its path) or, with ``https://``, elsewhere."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader must know before the figures: a gap, a doubt, a warning.

    ``page`` is the path of the page it concerns; empty for the whole site.
    """

    title: str
    text: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """One load the figures rest on: its id (a content hash), and what it was, in words."""

    id: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What would have to be the same for every figure to come out the same again."""

    code_version: str
    loads: tuple[Load, ...] = ()
    definitions: tuple[tuple[str, int], ...] = ()
    policy: str = ""
    reproduce: str = ""


@dataclass(frozen=True, slots=True)
class MethodNote:
    """How a block's figures were worked out, for a statistician, in named parts.

    Empty parts are left out of the page. ``comparisons`` is the size of the family of
    comparisons over which p was adjusted; ``more`` adds parts of the method's own.
    """

    name: str
    how: str
    definition: str
    version: int
    interval: str = ""
    denominator: str = ""
    ethnicity_field: str = ""
    unknowns: str = ""
    comparisons: int | None = None
    cautions: tuple[str, ...] = ()
    source: str = ""
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One question, answered: sentences first, then what to make of them, chart, table, method.

    ``id`` names the block in links and file names (``stop-rate``). ``summary`` and
    ``explanation`` must be written from the released tables, never from figures before review.
    ``charts`` each bring their table; ``tables`` are shown besides; ``downloads`` are offered
    as files only. ``notices`` are warnings about this block's figures.
    """

    id: str
    question: str
    summary: tuple[str, ...] = ()
    explanation: str = ""
    charts: tuple[Chart, ...] = ()
    tables: tuple[TableView, ...] = ()
    method: MethodNote | None = None
    downloads: tuple[ReleasedTable, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        _require_slug(self.id, what="a block's id")

    @property
    def released(self) -> tuple[ReleasedTable, ...]:
        """Every table of this block, once each, in the order of the page."""
        tables = [chart.table for chart in self.charts] + [view.table for view in self.tables]
        return _distinct((*tables, *self.downloads))


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure at the head of a pack: what it counts, the cell, and how to take it."""

    label: str
    value: Cell
    note: str = ""
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Two printed sides about one unit for a community monitoring group, with no jargon.

    What does not fit on two sides is left to the page, and the pack says so; give the most
    important first. ``comparisons`` are at most two charts, ``table`` one small table.
    """

    unit: str
    period: str
    lead: str
    figures: tuple[KeyFigure, ...]
    sentences: tuple[str, ...]
    comparisons: tuple[Chart, ...] = ()
    table: TableView | None = None
    questions: tuple[str, ...] = ()
    how_to_read: tuple[str, ...] = ()
    unknowns: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: a lead, findings in order of concern, and blocks.

    ``path`` is its folder in the site, slash-separated slugs (``services/elmshire``); the front
    page's is empty. ``parent`` is the path of the page above it. ``service`` groups unit pages.
    """

    path: str
    title: str
    kind: PageKind
    lead: str = ""
    parent: str = ""
    findings: ReleasedTable | None = None
    blocks: tuple[Block, ...] = ()
    pack: Pack | None = None
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is PageKind.FRONT) != (self.path == ""):
            raise UsageProblem(
                f"page “{self.title}” has path {self.path!r}.",
                remedy="The front page, and only it, has an empty path.",
                rule="one-front-page",
            )
        for part in self.path.split("/") if self.path else ():
            _require_slug(part, what="each part of a page's path")
        _require_unique((block.id for block in self.blocks), what=f"blocks of {self.title}")
        _require_unique((t.table.name for t in self.released), what=f"tables of {self.title}")
        for released in self.released:
            _require_file_name(released.table.name, taken=bool(self.findings))
        if self.findings:
            require_findings(self.findings)

    @property
    def released(self) -> tuple[ReleasedTable, ...]:
        """Every table of the page's blocks, once each: each becomes one file."""
        return _distinct(table for block in self.blocks for table in block.released)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything a site says. The same site gives the same bytes: no clock is read.

    ``released`` is the date in words that the site bears; ``synthetic`` labels every page and
    pack as made-up. ``notices`` are what is missing or doubtful, shown on the front page and,
    where they name a page, there too.
    """

    title: str
    service: str
    period: str
    lead: str
    provenance: Provenance
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...] = ()
    synthetic: bool = False
    released: str = ""
    publisher: str = ""
    source: str = ""
    licence: str = "Open Government Licence v3.0"
    licence_url: str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

    def __post_init__(self) -> None:
        _require_unique((page.path for page in self.pages), what="pages' paths")
        paths = {page.path for page in self.pages}
        if "" not in paths:
            raise UsageProblem("a site needs a front page.", rule="one-front-page")
        for page in self.pages:
            _require_ancestry(page, {other.path: other for other in self.pages})
            targets = [page.parent, *(link.to for link in page.links)]
            for target in targets:
                if target not in paths and not target.startswith("https://"):
                    raise UsageProblem(
                        f"page “{page.title}” leads to {target!r}, which is not a page here.",
                        rule="links-lead-somewhere",
                    )

    @property
    def front(self) -> Page:
        """The page a reader opens first."""
        return next(page for page in self.pages if page.kind is PageKind.FRONT)

    def list_pages(self, kind: PageKind) -> tuple[Page, ...]:
        """The pages of one kind, in the site's order."""
        return tuple(page for page in self.pages if page.kind is kind)


def _require_ancestry(page: Page, pages: dict[str, Page]) -> None:
    """Refuse a page whose parents do not lead to the front page."""
    seen = {page.path}
    at = page
    while at.path and at.parent in pages:
        at = pages[at.parent]
        if at.path and at.path in seen:
            raise UsageProblem(
                f"page “{page.title}” is among its own parents.", rule="parents-lead-to-the-front"
            )
        seen.add(at.path)


def _require_slug(text: str, *, what: str) -> None:
    if not _SLUG.fullmatch(text):
        raise UsageProblem(
            f"{what} must be lower-case words joined by hyphens, not {text!r}.",
            remedy="Use evenhand.publication.slug to make one from a name.",
            rule="paths-are-slugs",
        )


def _distinct(tables: Iterable[ReleasedTable]) -> tuple[ReleasedTable, ...]:
    """The tables once each; two tables of one name stay two, to be refused by name."""
    return tuple({id(table): table for table in tables}.values())


def _require_file_name(name: str, *, taken: bool) -> None:
    if not _FILE.fullmatch(name) or (taken and name == "findings"):
        raise UsageProblem(
            f"table {name!r} cannot be written to a file of its name.",
            remedy="Use letters, digits, hyphens and underscores; “findings” is the page’s own.",
            rule="table-names-are-file-names",
        )


def _require_unique(names: Iterable[str], *, what: str) -> None:
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        raise UsageProblem(f"{what} repeat: {', '.join(twice)}.", rule="names-are-unique")
