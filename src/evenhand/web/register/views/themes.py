"""Themes: the list, one theme read across reports and their scales, and what is put under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.machines import WORK
from evenhand.accountability.permissions import may_enter, may_keep
from evenhand.accountability.scales import Scale, ScaleCount, count_by_scale
from evenhand.core import require
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.register.choices import ThemeKind
from evenhand.web.register.connection_forms import TagForm, ThemeForm, UntagForm
from evenhand.web.register.queries import (
    Filter,
    ItemRow,
    ThemeRow,
    get_theme,
    list_items,
    list_links,
    list_scales,
    list_themes,
)
from evenhand.web.register.services import add_theme, tag, untag
from evenhand.web.register.views.commanding import ItemCommand, Sending, Told, item_page, send
from evenhand.web.register.views.items import keeps


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with how many items of how many reports are under it, and how many are open."""

    theme: ThemeRow
    items: int
    reports: int
    open: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What one report says under a theme: its items by the state of the work, on its own scale."""

    publication: str
    title: str
    by_scale: ScaleCount
    states: Sequence[tuple[str, int]]
    items: int


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every theme, strand and area, with what is under it as far as the reader’s roles reach."""
    rows = list_items(as_of=request.as_of, actor=request.actor)
    under: dict[str, list[ItemRow]] = {}
    for row in rows:
        for theme in row.themes:
            under.setdefault(theme.ref, []).append(row)
    themes = list_themes(as_of=request.as_of)
    lines = [_line(theme, under.get(theme.ref, [])) for theme in themes]
    kinds = [(kind, [line for line in lines if line.theme.kind == kind]) for kind in ThemeKind]
    return render(request, "register/themes.html", {"kinds": kinds, "total": len(rows)})


def _line(theme: ThemeRow, rows: Sequence[ItemRow]) -> ThemeLine:
    reports = {row.publication for row in rows}
    return ThemeLine(theme, len(rows), len(reports), sum(row.is_open for row in rows))


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One theme over all reports: each on its own scale, side by side and never added together."""
    theme = get_theme(ref, as_of=request.as_of)
    rows = list_items(Filter(theme=ref), as_of=request.as_of, actor=request.actor)
    refs = {row.ref for row in rows}
    left = [
        link
        for link in list_links(as_of=request.as_of, state="confirmed")
        if link.uncovered and link.target in refs
    ]
    context = {
        "theme": theme,
        "kind": ThemeKind(theme.kind).label,
        "reports": _list_reports(rows),
        "page": cut_pages(request, rows),
        "left": left,
        "names": {row.ref: row.name for row in rows},
    }
    return render(request, "register/theme.html", context)


def _list_reports(rows: Sequence[ItemRow]) -> list[ReportLine]:
    scales = list_scales()
    by_report: dict[str, list[ItemRow]] = {}
    for row in rows:
        by_report.setdefault(row.publication, []).append(row)
    return [_report(scales, found) for found in by_report.values()]


def _report(scales: dict[str, Scale], rows: Sequence[ItemRow]) -> ReportLine:
    first = rows[0]
    [counted] = count_by_scale(
        (scales[row.scale], row.level.code if row.level else None) for row in rows
    )
    states = Counter(row.work.state for row in rows)
    return ReportLine(
        first.publication,
        first.publication_title,
        counted,
        [(state.words, states[state.code]) for state in WORK.states if states[state.code]],
        len(rows),
    )


@page(may_keep)
def add(request: PageRequest) -> HttpResponse:
    """Make a theme, strand or area."""
    require(may_keep(request.actor))
    sending = Sending(
        told=Told("Add a theme, strand or area", "Add it", "It can be used from now on."),
        form=ThemeForm(request.POST or None),
        run=add_theme,
        back=reverse("register:themes"),
        crumbs=(("Themes", reverse("register:themes")),),
    )
    return send(request, sending)


put = item_page(
    ItemCommand(
        told=Told("Put under a theme", "Put it there", "It is under the theme."),
        rule=keeps,
        form=TagForm,
        run=tag,
        section="themes",
        versioned=False,
    )
)
take_out = item_page(
    ItemCommand(
        told=Told(
            "Take out of a theme",
            "Take it out",
            "It is not under the theme any more; that it was stays on the record.",
        ),
        rule=keeps,
        form=UntagForm,
        run=untag,
        section="themes",
        versioned=False,
    )
)
