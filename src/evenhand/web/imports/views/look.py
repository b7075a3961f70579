"""Look at what was understood, with every doubt beside its place."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_import
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.imports.faults import check_proposal
from evenhand.web.imports.proposals import Proposal
from evenhand.web.imports.queries import get_draft, get_proposal

ROWS_SHOWN = 100  # of one table: enough to compare with the paper; faults are listed in full


@page(may_import)
def preview(request: PageRequest, ref: str) -> HttpResponse:
    """The report, its recommendations and parts, tables, and what found no place."""
    draft = get_draft(ref)
    proposal = get_proposal(ref)
    faults = check_proposal(proposal, today=day_of(request.moment)) if draft.waits else []
    by_place: dict[str, list[object]] = {}
    for fault in faults:
        by_place.setdefault(fault.where, []).append(fault)
    subjects = [draft.brought_by, proposal.head.addressed_to]
    subjects += [line.party for line, _ in proposal.walk()]
    context = {
        "draft": draft,
        "proposal": proposal,
        "page": cut_pages(request, proposal.lines),
        "faults": faults,
        "by_place": by_place,
        "counts": build_counts(proposal),
        "tables": [{**table, "shown": table["rows"][:ROWS_SHOWN]} for table in proposal.tables],
        "names": list_names({subject for subject in subjects if subject}),
    }
    return render(request, "imports/preview.html", context)


def build_counts(proposal: Proposal) -> dict[str, Any]:
    """How much would be recorded, and how much would not."""
    lines = list(proposal.walk())
    every = [each for line in proposal.lines for each in (line, *line.items)]
    tops = [line for line, parent in lines if parent is None]
    return {
        "recommendations": len(tops),
        "parts": len(lines) - len(tops),
        "completed": sum(line.completed for line, _ in lines),
        "narratives": sum(line.narrative for line, _ in lines),
        "owners": sum(bool(line.party) for line, _ in lines),
        "due": sum(bool(line.due) for line, _ in lines),
        "responses": sum(bool(line.response) for line, _ in lines),
        "doubts": len(proposal.doubts) + sum(len(line.doubts) for line in every),
        "changed": sum(len(line.changed) for line in every) + len(proposal.head.changed),
        "left_out": len(every) - len(lines),
        "other": sum(bool(line.other) for line, _ in lines),
        "tables": len(proposal.tables),
        "faults": sum(len(table["faults"]) for table in proposal.tables),
    }
