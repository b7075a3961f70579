"""A page of the site as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from evenhand.core import Marker, Signal
from evenhand.disclosure.released import ReleasedTable
from evenhand.publication.charts.signals import render_badge
from evenhand.publication.environment import get_template
from evenhand.publication.figures import list_figures
from evenhand.publication.listing import (
    Index,
    list_children,
    list_groups,
    list_notices,
    no_concern,
    root_of,
)
from evenhand.publication.model import Block, MethodNote, Notice, Page, PageKind, Site

_NOTICES_MOST = 6
"""Notices shown before the rest are folded: about one screen."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block ready for the template."""

    id: str
    question: str
    summary: tuple[str, ...]
    notices: tuple[Notice, ...]
    explanation: str
    figures: list[Markup]
    method: list[tuple[str, str | tuple[str, ...]]]
    downloads: list[dict[str, str]]


def render_page(page: Page, site: Site, index: Index) -> str:
    """The whole page; the same page of the same site is the same text."""
    return get_template("page.html").render(
        site=site,
        page=page,
        root=root_of(page),
        crumbs=_crumbs(page, index),
        blocks=[_view(block) for block in page.blocks],
        groups=list_groups(page, index),
        nothing=no_concern(page),
        notices=list_notices(page, site, index),
        notices_title="What is missing or in doubt" if page.path else "What is missing",
        notices_most=_NOTICES_MOST,
        children=list_children(page, site, index),
        links=[{"href": _to(page, link.to, index), "text": link.text} for link in page.links],
        pack_href="pack.html" if page.pack else "",
        signals=[{"badge": Markup(render_badge(s)), "meaning": s.meaning} for s in Signal],  # noqa: S704
        signs=list(Marker),
    )


def _to(page: Page, target: str, index: Index) -> str:
    return target if target.startswith("https://") else index.href(page, target)


def _crumbs(page: Page, index: Index) -> list[dict[str, str]]:
    """From the front page down to this page's parent."""
    found: list[dict[str, str]] = []
    at = page
    while at.kind is not PageKind.FRONT:
        at = index.pages[at.parent]
        text = "Front page" if at.kind is PageKind.FRONT else at.title
        found.insert(0, {"href": index.href(page, at.path), "text": text})
    return found


def _view(block: Block) -> BlockView:
    drawn = [chart.table for chart in block.charts] + [view.table for view in block.tables]
    extra = [t for t in block.downloads if not any(t is other for other in drawn)]
    return BlockView(
        block.id,
        block.question,
        block.summary,
        block.notices,
        block.explanation,
        list_figures(block),
        list_method(block.method) if block.method else [],
        [_file(released) for released in extra],
    )


def _file(released: ReleasedTable) -> dict[str, str]:
    return {"name": released.table.name, "title": released.table.title}


def list_method(note: MethodNote) -> list[tuple[str, str | tuple[str, ...]]]:
    """The parts of a method note that say something, each with its heading."""
    family = f"{note.comparisons:,}" if note.comparisons is not None else ""
    parts: list[tuple[str, str | tuple[str, ...]]] = [
        ("Method", note.name),
        ("How", note.how),
        ("Interval", note.interval),
        ("Denominator", note.denominator),
        ("Which ethnicity field", note.ethnicity_field),
        ("Unknowns", note.unknowns),
        ("Comparisons made together, for which p is adjusted", family),
        ("Cautions", note.cautions),
        *note.more,
        ("Source", note.source),
        ("Definition", f"{note.definition}, version {note.version}"),
    ]
    return [(term, words) for term, words in parts if words]
