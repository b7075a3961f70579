"""Questions about inquiries, publications, their scales, and themes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from evenhand.accountability.scales import Level, Scale
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.register.models import Inquiry, Publication, ScaleRow, Theme
from evenhand.web.register.queries.rows import ThemeRow


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication with the number of its items."""

    ref: str
    title: str
    edition: int
    published_on: date
    author: str
    report_number: str
    inquiry: str
    inquiry_title: str
    scale: str
    recommendations: int
    items: int


def list_publications(*, as_of: AsOf, inquiry: str = "") -> list[PublicationRow]:
    """Every publication that had been recorded, oldest first."""
    found = Publication.objects.as_of(as_of.moment).select_related("inquiry", "scale")
    if inquiry:
        found = found.filter(inquiry__ref=inquiry)
    found = found.annotate(
        tops=Count("recommendations", filter=Q(recommendations__parent=None)),
        items=Count("recommendations", filter=Q(recommendations__is_item=True)),
    )
    return [_row(each) for each in found.order_by("published_on", "ref")]


def get_publication(ref: str, *, as_of: AsOf) -> PublicationRow:
    """The publication with this reference."""
    found = [row for row in list_publications(as_of=as_of) if row.ref == ref]
    if not found:
        raise NotThere("there is no such publication at that date.", rule="publication-exists")
    return found[0]


def list_inquiries(*, as_of: AsOf) -> list[Inquiry]:
    """Every inquiry that had been recorded, by title."""
    return list(Inquiry.objects.as_of(as_of.moment).order_by("title"))


def list_scales() -> dict[str, Scale]:
    """Every scale as a value, by reference. Scales never change, so they need no date."""
    rows = ScaleRow.objects.prefetch_related("levels").order_by("ref")
    return {
        row.ref: Scale(
            row.ref,
            row.title,
            tuple(
                Level(level.code, level.words, level.meaning, level.closes, level.applies)
                for level in row.levels.all()
            ),
        )
        for row in rows
    }


def list_themes(*, as_of: AsOf, kind: str = "") -> list[ThemeRow]:
    """Themes, strands and areas (or one of these), by title."""
    found = Theme.objects.as_of(as_of.moment).order_by("title")
    if kind:
        found = found.filter(kind=kind)
    return [ThemeRow(theme.ref, theme.title, theme.kind) for theme in found]


def get_theme(ref: str, *, as_of: AsOf) -> ThemeRow:
    """The theme, strand or area with this reference."""
    found = [theme for theme in list_themes(as_of=as_of) if theme.ref == ref]
    if not found:
        raise NotThere("there is no such theme at that date.", rule="theme-exists")
    return found[0]


def _row(each: Publication) -> PublicationRow:
    return PublicationRow(
        each.ref,
        each.title,
        each.edition,
        each.published_on,
        each.author,
        each.report_number,
        each.inquiry.ref,
        each.inquiry.title,
        each.scale.ref,
        each.tops,  # type: ignore[attr-defined]  # annotated above
        each.items,  # type: ignore[attr-defined]
    )
