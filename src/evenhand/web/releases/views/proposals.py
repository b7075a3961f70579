"""Propose a release: what and why, then a look at all that would go out, then the proposal."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.releases import (
    may_decide_release,
    may_propose_release,
    may_see_releases,
    may_take_back_release,
    may_withdraw_release,
)
from evenhand.core import EvenhandError
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.register.queries import list_publications
from evenhand.web.releases.allowlist import build_record
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.choices import ASPECTS, WORDS
from evenhand.web.releases.forms import ProposeForm
from evenhand.web.releases.gathering import Asked, Material, gather, list_words
from evenhand.web.releases.queries.proposals import ProposalRow, get_proposal, list_proposals
from evenhand.web.releases.services import propose_release

MOST_WITH_WORDS = (
    60  # recommendations: words and files are read before they are approved, one by one
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked on the form: words and files, by their ids."""

    words: frozenset[str]
    files: frozenset[str]


@page(may_see_releases)
def show_all(request: PageRequest) -> HttpResponse:
    """Every proposal and what became of it."""
    rows = list_proposals()
    context = {
        "page": cut_pages(request, rows),
        "names": list_names(row.proposed_by for row in rows),
        "may_propose": bool(may_propose_release(request.actor)),
    }
    return render(request, "releases/list.html", context)


@page(may_propose_release)
def propose(request: PageRequest) -> HttpResponse:
    """The form; then the same with all that it would publish, to be looked at first."""
    reports = list_publications(as_of=AsOf.now(request.moment))
    choices = [(each.ref, f"{each.title} ({each.recommendations})") for each in reports]
    form = ProposeForm(request.POST or None, publications=choices)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        chosen = Chosen(
            frozenset(request.POST.getlist("words")), frozenset(request.POST.getlist("attached"))
        )
        try:
            if "propose" in request.POST:
                ref = _propose(request, form, chosen)
                messages.success(request, "Proposed. Another person decides; nothing is public.")
                return redirect("releases:show", ref)
            context |= _look(form.build_asked(chosen.words, chosen.files), chosen, request)
        except EvenhandError as error:
            form.add_error(None, f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}")
    status = 422 if form.errors else 200
    return render(request, "releases/propose.html", context, status=status)


@page(may_see_releases)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One proposal with all that would go out, as the register said it at its moment."""
    row = get_proposal(ref)
    context = {
        "release": row,
        "names": list_names({row.proposed_by, row.by}),
        "may_do": _offers(request, row),
        **_show_materials(gather(row.asked, as_of=row.as_of), request),
    }
    return render(request, "releases/show.html", context)


def _propose(request: PageRequest, form: ProposeForm, chosen: Chosen) -> str:
    given = form.cleaned_data
    return propose_release(
        title=given["title"],
        statement=given["statement"],
        reasons=given["reasons"],
        asked=form.build_asked(chosen.words, chosen.files),
        by=request.account,
        at=request.moment,
    )


def _look(asked: Asked, chosen: Chosen, request: PageRequest) -> dict[str, object]:
    """What would go out, and the words and files that could go with it."""
    as_of = AsOf.now(request.moment)
    materials = gather(asked, as_of=as_of)
    few = 0 < len(materials) <= MOST_WITH_WORDS
    rows = [material.row for material in materials]
    words = list_words(rows, as_of=as_of) if few else []
    files = list_attached(rows, as_of=as_of) if few else []
    return {
        "looked": True,
        "few": few,
        "most": MOST_WITH_WORDS,
        "offered": [(each, WORDS[each.kind], each.id in chosen.words) for each in words],
        "attached": [(each, each.id in chosen.files) for each in files],
        **_show_materials(materials, request),
    }


def _show_materials(materials: list[Material], request: PageRequest) -> dict[str, object]:
    cut = cut_pages(request, materials)
    records = [build_record(material) for material in cut.rows]
    approved = [(each, WORDS[each.kind]) for material in materials for each in material.approved]
    return {
        "page": cut,
        "records": [(record, _aspects(record)) for record in records],
        "approved": approved,
        "files": [each for material in materials for each in material.files],
    }


def _aspects(record: dict[str, object]) -> list[tuple[str, object]]:
    status = record["status"]
    if not isinstance(status, dict):
        return []
    return [(words, status[name]) for name, words in ASPECTS.items() if name in status]


def _offers(request: PageRequest, row: ProposalRow) -> dict[str, bool]:
    if not row.waits:
        released = row.state == "released"
        return {"withdraw": released and bool(may_withdraw_release(request.actor))}
    return {
        "decide": bool(may_decide_release(request.actor, proposed_by=row.proposed_by)),
        "take_back": bool(may_take_back_release(request.actor, proposed_by=row.proposed_by)),
    }
