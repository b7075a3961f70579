"""My people, my findings, my targets: what was measured of what the reader leads or answers for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from evenhand.accountability.permissions import may_enter
from evenhand.core import Signal
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.judgement.queries import CriterionView, list_criteria
from evenhand.web.measures import queries
from evenhand.web.measures.places import unit_slug, unit_subject
from evenhand.web.measures.queries import FigureRow, Filter
from evenhand.web.measures.targets import TargetRow, list_targets
from evenhand.web.measures.units import draw_people
from evenhand.web.measures.views.findings import UNTOLD, audience_for
from evenhand.web.measures.views.targets import read_tables
from evenhand.web.register.queries import ItemRow, list_items

TOP = 5  # findings of each unit: the rest is a link away


@dataclass(frozen=True, slots=True)
class MyUnit:
    """A unit that the reader commands: who is there, and what was found of them."""

    name: str
    slug: str
    counts: list[tuple[Signal, int]]
    found: list[FigureRow]
    people: Markup


@dataclass(frozen=True, slots=True)
class Held:
    """An item the reader answers for, its criterion, and the figure that counts; None if hidden."""

    item: ItemRow
    criterion: CriterionView
    figure: FigureRow | None


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """The reader’s units, items that are judged by a measure, and targets."""
    audience = audience_for(request, "")
    rows = queries.list_all(as_of=request.as_of, audience=audience)
    context = {
        "units": list(_list_units(request)),
        "held": list(_list_held(request, rows)),
        "targets": _list_targets(request),
        "latest": queries.list_latest(as_of=request.as_of),
        "audience": audience,
    }
    return render(request, "measures/mine.html", context)


def _list_units(request: PageRequest) -> Iterator[MyUnit]:
    mine = {grant.scope.ref for grant in request.actor.grants if grant.holds_on(request.actor.on)}
    names = queries.list_names_of("unit", as_of=request.as_of, narrow=Filter())
    for name in names:
        if unit_subject(name) not in mine:
            continue
        audience = audience_for(request, name)
        rows = queries.list_all(as_of=request.as_of, audience=audience)
        own = [row for row in rows if row.unit == name]
        counts = Counter(row.signal for row in own)
        yield MyUnit(
            name,
            unit_slug(name),
            [(signal, counts[signal.value]) for signal in Signal if counts[signal.value]],
            [row for row in own if row.signal not in UNTOLD][:TOP],
            draw_people(name, as_of=request.as_of, audience=audience),
        )


def _list_held(request: PageRequest, rows: Sequence[FigureRow]) -> Iterator[Held]:
    """Items of the reader and their teams that are held to an indicator of ours."""
    items = {
        item.ref: item
        for item in list_items(as_of=request.as_of, actor=request.actor)
        if item.holder is not None and item.holder.party in request.actor.speaks_for
    }
    for view in list_criteria(as_of=request.as_of) if items else ():
        if view.counts and view.item in items and view.scope.get("indicator"):
            yield Held(items[view.item], view, _find(view, rows))


def _find(view: CriterionView, rows: Sequence[FigureRow]) -> FigureRow | None:
    indicator, _, step = view.scope["indicator"].partition("/")
    wanted = {
        "indicator": indicator,
        "step": step,
        **{name: view.scope[name] for name in ("unit", "characteristic", "group", "comparator")},
    }
    same = [row for row in rows if all(getattr(row, k) == v for k, v in wanted.items())]
    return same[-1] if same else None  # a single service comes after the row over all services


def _list_targets(request: PageRequest) -> list[TargetRow]:
    """Targets whose owner is named as the reader or one of their teams."""
    named = list_names(request.actor.speaks_for).values()
    names = {name.casefold() for name in named}
    tables = read_tables(request.as_of, audience_for(request, ""))
    return [each for each in list_targets(tables) if each.owner.casefold() in names]
