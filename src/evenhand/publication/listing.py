"""Lists on a page: findings in order of concern, what is missing, and the pages beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from evenhand.core import Signal, UsageProblem
from evenhand.publication.charts.signals import render_badge
from evenhand.publication.findings import Finding, list_findings
from evenhand.publication.model import Notice, Page, PageKind, Site

_OPEN = (Signal.CONCERN, Signal.WORSENING, Signal.WATCH, Signal.IMPROVING)
_MOST = 20
"""Findings of one signal shown before the rest are folded: about two screens."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding ready for the template."""

    css: str
    badge: Markup
    sentence: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """Findings shown together, folded under a summary when they are not urgent."""

    items: tuple[Item, ...]
    folded: bool
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed list of pages."""

    ident: str
    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Index:
    """The site's pages by path, for links from any page to any other."""

    pages: dict[str, Page]

    def href(self, source: Page, target: str, block: str = "") -> str:
        """A relative address, whole to the file, so that it also works from a folder on disk."""
        if target not in self.pages:
            raise UsageProblem(
                f"a finding on page “{source.title}” leads to {target!r}, not a page here.",
                rule="links-lead-somewhere",
            )
        anchor = f"#{block}" if block else ""
        if source.path == target:
            return anchor
        inside = f"{target}/" if target else ""
        return f"{root_of(source)}{inside}index.html{anchor}"

    def title(self, path: str) -> str:
        """A page's title."""
        return self.pages[path].title


def root_of(page: Page) -> str:
    """The way back from a page to the site's root."""
    return "../" * (page.path.count("/") + 1) if page.path else ""


def list_groups(page: Page, index: Index) -> list[Group]:
    """Urgent findings in the open, the first of each signal; the rest in counted folds."""
    found = list_findings(page.findings)
    shown: list[Item] = []
    folds: list[Group] = []
    for signal in Signal:
        own = [_item(f, page, index) for f in found if f.signal is signal]
        head = own[:_MOST] if signal in _OPEN else []
        rest = own[len(head) :]
        shown += head
        if rest:
            words = _counted(signal, len(rest), more=bool(head))
            folds.append(Group(tuple(rest), folded=True, summary=words))
    return [Group(tuple(shown), folded=False), *folds] if shown else folds


def _counted(signal: Signal, count: int, *, more: bool) -> str:
    noun = "finding" if count == 1 else "findings"
    return f"{signal.words}: {count:,} {'more ' if more else ''}{noun}"


def no_concern(page: Page) -> bool:
    """Whether a page with findings has none that is a concern or getting worse."""
    urgent = (Signal.CONCERN, Signal.WORSENING)
    return not any(f.signal in urgent for f in list_findings(page.findings))


def _item(finding: Finding, page: Page, index: Index) -> Item:
    target = finding.text("page") if "page" in finding.cells else page.path
    block = finding.text("block")
    href = index.href(page, target, block)
    link = "See the figures" if target == page.path else f"See {index.title(target)}"
    css = finding.signal.name.lower().replace("_", "-")
    return Item(css, Markup(render_badge(finding.signal)), finding.sentence, href, link)  # noqa: S704


@dataclass(frozen=True, slots=True)
class Missing:
    """A notice ready for the template."""

    title: str
    text: str
    href: str
    link: str


def list_notices(page: Page, site: Site, index: Index) -> list[Missing]:
    """The page's own notices and the site's that concern it; all of the site's on the front."""
    own = [notice for notice in site.notices if not page.path or notice.page == page.path]
    return [_missing(notice, page, index) for notice in (*page.notices, *own)]


def _missing(notice: Notice, page: Page, index: Index) -> Missing:
    if not notice.page or notice.page == page.path:
        return Missing(notice.title, notice.text, "", "")
    title = index.title(notice.page) if notice.page in index.pages else ""
    return Missing(notice.title, notice.text, index.href(page, notice.page), f"See {title}")


_SECTIONS = (
    ("services", "Services", (PageKind.SERVICE,)),
    ("units", "Places and units", (PageKind.UNIT,)),
    ("about", "About these figures", (PageKind.QUALITY, PageKind.METHOD)),
)


def list_children(page: Page, site: Site, index: Index) -> list[Section]:
    """The pages beneath this one, by kind, with how many findings of each signal they have."""
    below = [other for other in site.pages if other.path and other.parent == page.path]
    sections = []
    for ident, title, kinds in _SECTIONS:
        own = [other for other in below if other.kind in kinds and other is not page]
        if own:
            html = _tally(own, page, index) if ident != "about" else _list(own, page, index)
            sections.append(Section(ident, title, Markup(html)))  # noqa: S704 - escaped there
    return sections


def _list(pages: Iterable[Page], page: Page, index: Index) -> str:
    items = (
        f'<li><a href="{index.href(page, other.path)}">{escape(other.title)}</a></li>'
        for other in pages
    )
    return f'<ul class="contents">{"".join(items)}</ul>'


def _tally(pages: Sequence[Page], page: Page, index: Index) -> str:
    """A table of pages and their findings by signal; a plain list where none has findings."""
    if not any(other.findings for other in pages):
        return _list(pages, page, index)
    counts = [Counter(f.signal for f in list_findings(other.findings)) for other in pages]
    present = [signal for signal in Signal if any(count[signal] for count in counts)]
    head = "".join(f'<th scope="col" class="n">{signal.words}</th>' for signal in present)
    rows = []
    for other, count in zip(pages, counts, strict=True):
        cells = "".join(f'<td class="n">{count[signal]:,}</td>' for signal in present)
        link = f'<a href="{index.href(page, other.path)}">{escape(other.title)}</a>'
        rows.append(f'<tr><th scope="row">{link}</th>{cells}</tr>')
    label = "Number of findings by signal"
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}">'
        f'<table class="tally"><caption>{label}</caption>'
        f'<thead><tr><th scope="col">Name</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
