"""Questions about inquiries: what each has told, and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from evenhand.accountability.machines import OPEN_WORK
from evenhand.accountability.roles import Actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.register.models import Inquiry
from evenhand.web.register.queries.items import Filter, list_items
from evenhand.web.register.queries.rows import ItemRow, ThemeRow


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """An inquiry with its reports, and the items of it that the reader reaches."""

    ref: str
    title: str
    opened_on: date | None
    description: str
    reports: int
    items: int
    open: int

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"inquiry:{self.ref}"


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How many items of an inquiry stand under a theme, and how many of those are open."""

    theme: ThemeRow
    items: int
    open: int


def list_inquiry_rows(*, as_of: AsOf, actor: Actor) -> list[InquiryRow]:
    """Every inquiry, by title; counts are of the items this person reaches."""
    rows = list_items(as_of=as_of, actor=actor)
    return [_row(each, rows) for each in _list(as_of)]


def get_inquiry(ref: str, *, as_of: AsOf, actor: Actor) -> tuple[InquiryRow, list[ThemeCount]]:
    """One inquiry, and its items by theme, strand and area."""
    found = [each for each in _list(as_of) if each.ref == ref]
    if not found:
        raise NotThere("there is no such inquiry at that date.", rule="inquiry-exists")
    rows = list_items(Filter(inquiry=ref), as_of=as_of, actor=actor)
    return _row(found[0], rows), _count_themes(rows)


def _list(as_of: AsOf) -> list[Inquiry]:
    known = Q(publications__recorded_at__lte=as_of.moment) if as_of.moment else None
    reports = Count("publications", filter=known)
    return list(Inquiry.objects.as_of(as_of.moment).annotate(reports=reports).order_by("title"))


def _row(each: Inquiry, rows: Sequence[ItemRow]) -> InquiryRow:
    own = [row for row in rows if row.inquiry == each.ref]
    still_open = sum(row.work.state in OPEN_WORK for row in own)
    return InquiryRow(
        each.ref,
        each.title,
        each.opened_on,
        each.description,
        each.reports,  # type: ignore[attr-defined]  # annotated below
        len(own),
        still_open,
    )


def _count_themes(rows: Sequence[ItemRow]) -> list[ThemeCount]:
    every = Counter(theme for row in rows for theme in row.themes)
    still = Counter(theme for row in rows if row.is_open for theme in row.themes)
    ordered = sorted(every, key=lambda theme: (-every[theme], theme.title))
    return [ThemeCount(theme, every[theme], still[theme]) for theme in ordered]
