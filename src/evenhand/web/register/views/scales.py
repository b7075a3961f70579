"""Scales: the levels each report brings, which of them close, and where its items stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter
from evenhand.accountability.scales import Level, Scale
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.register.queries import (
    ItemRow,
    PublicationRow,
    list_items,
    list_publications,
    list_scales,
)


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A scale, the reports that use it, and how many of their items stand at each level."""

    scale: Scale
    reports: Sequence[PublicationRow]
    levels: Sequence[tuple[Level, int]]
    unreported: int


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every scale on the register, from its lowest level to its highest."""
    rows = list_items(as_of=request.as_of, actor=request.actor)
    reports = list_publications(as_of=request.as_of)
    used = {each.scale for each in reports}
    lines = [
        _line(scale, rows, [each for each in reports if each.scale == scale.ref])
        for scale in list_scales().values()
        if scale.ref in used
    ]
    return render(request, "register/scales.html", {"lines": lines})


def _line(scale: Scale, rows: Sequence[ItemRow], reports: Sequence[PublicationRow]) -> ScaleLine:
    own = [row for row in rows if row.scale == scale.ref]
    counts = Counter(row.level.code for row in own if row.level)
    levels = [(level, counts[level.code]) for level in scale.levels]
    return ScaleLine(scale, reports, levels, len(own) - sum(counts.values()))
