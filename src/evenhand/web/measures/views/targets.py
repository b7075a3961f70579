"""Targets: who answers for each, where it stands, when the present pace reaches it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.audiences import Audience
from evenhand.accountability.permissions import may_enter
from evenhand.monitoring.drawn import DrawnKind
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.measures import queries
from evenhand.web.measures.targets import Tables, draw_target, list_targets
from evenhand.web.measures.views.findings import audience_for

KINDS = (DrawnKind.TARGETS, DrawnKind.AHEAD, DrawnKind.YEARS)


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """Every target, those behind first."""
    audience = audience_for(request, "")
    tables = read_tables(request.as_of, audience)
    targets = list_targets(tables)
    context = {
        "targets": [
            (target, draw_target(target, tables, ident=f"target-{number}"))
            for number, target in enumerate(targets)
        ],
        "latest": queries.list_latest(as_of=request.as_of).get("workforce"),
        "audience": audience,
    }
    return render(request, "measures/targets.html", context)


def read_tables(as_of: AsOf, audience: Audience) -> Tables:
    """Everything that is drawn of targets, as this audience may see it."""
    return {kind: queries.list_tables(kind, as_of=as_of, audience=audience) for kind in KINDS}
