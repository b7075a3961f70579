"""Correct what was read, in place: the report itself, one recommendation or part, or a lost one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.permissions import may_import
from evenhand.accountability.scales import KNOWN_SCALES
from evenhand.core import UsageProblem
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import list_parties
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.foundation.paging import PAGE
from evenhand.web.imports.faults import name_line
from evenhand.web.imports.forms import HeadForm, LineForm, initial_of
from evenhand.web.imports.proposals import ADDED, Line, Proposal
from evenhand.web.imports.queries import DraftRow, get_draft, get_proposal
from evenhand.web.imports.services import correct_draft
from evenhand.web.ledger.queries import get_version
from evenhand.web.register.queries import list_inquiries, list_scales


@page(may_import)
def correct_head(request: PageRequest, ref: str) -> HttpResponse:
    """The report: title, inquiry, date, author, number, scale."""
    draft, proposal = _get_waiting(ref)
    form = HeadForm(
        request.POST or None,
        choices=_list_choices(request),
        initial=initial_of(proposal.head, HeadForm),
    )
    if request.method == "POST" and form.is_valid():
        correct_draft(
            draft=ref,
            head=form.cleaned_data,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
        )
        messages.success(request, "The head of the report is corrected.")
        return redirect("imports:preview", ref)
    return _show(request, draft, form, title="The report")


@page(may_import)
def correct_line(request: PageRequest, ref: str, key: str) -> HttpResponse:
    """One recommendation or part; what is not touched stays the paper’s."""
    draft, proposal = _get_waiting(ref)
    line, parent = _get_line(proposal, key)
    form = _build_form(request, proposal, line)
    if request.method == "POST" and form.is_valid():
        correct_draft(
            draft=ref,
            entries={key: form.cleaned_data},
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
        )
        messages.success(request, f"{name_line(line, parent)} is corrected.")
        return redirect(_address(ref, proposal, key))
    return _show(request, draft, form, title=name_line(line, parent), line=line)


@page(may_import)
def add_line(request: PageRequest, ref: str) -> HttpResponse:
    """A recommendation that was missed, or a part (``?part_of=3``), in the paper’s words."""
    draft, proposal = _get_waiting(ref)
    part_of = request.GET.get("part_of", "")
    parent = _get_line(proposal, part_of)[0] if part_of else None
    if parent is not None and "." in part_of:
        raise UsageProblem("a part has no parts of its own.", rule="parts-are-one-deep")
    key = _next_key(proposal, parent)
    form = _build_form(request, proposal, Line(key, ""))
    if request.method == "POST" and form.is_valid():
        correct_draft(
            draft=ref,
            added={key: part_of},
            entries={key: form.cleaned_data},
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
        )
        messages.success(request, "It is added, in the paper’s words.")
        return redirect(_address(ref, proposal, key))
    title = f"Add a part to {name_line(parent, None)}" if parent else "Add a recommendation"
    return _show(request, draft, form, title=title)


def _show(
    request: PageRequest,
    draft: DraftRow,
    form: HeadForm | LineForm,
    *,
    title: str,
    line: Line | None = None,
) -> HttpResponse:
    version = request.POST.get("seen") or get_version(draft.subject)
    context = {"draft": draft, "form": form, "title": title, "line": line, "version": version}
    return render(request, "imports/correct.html", context, status=422 if form.errors else 200)


def _get_waiting(ref: str) -> tuple[DraftRow, Proposal]:
    draft = get_draft(ref)
    if not draft.waits:
        raise UsageProblem(
            "this paper does not wait to be corrected any more.",
            remedy="What is on the register is changed there.",
            rule="drafts-wait",
        )
    return draft, get_proposal(ref)


def _get_line(proposal: Proposal, key: str) -> tuple[Line, Line | None]:
    for line in proposal.lines:
        if line.key == key:
            return line, None
        for item in line.items:
            if item.key == key:
                return item, line
    raise NotThere("that recommendation is not in this paper.", rule="line-exists")


def _next_key(proposal: Proposal, parent: Line | None) -> str:
    beside = parent.items if parent else proposal.lines
    number = 1 + sum(line.added for line in beside)
    return f"{parent.key}.{ADDED}-{number}" if parent else f"{ADDED}-{number}"


def _build_form(request: PageRequest, proposal: Proposal, line: Line) -> LineForm:
    parties = [
        (party.subject, f"{party.name} ({party.kind})")
        for party in list_parties(PartyKind.TEAM, PartyKind.BODY, PartyKind.PERSON)
    ]
    return LineForm(
        request.POST or None,
        parties=parties,
        words=proposal.words,
        initial=initial_of(line, LineForm),
    )


def _address(ref: str, proposal: Proposal, key: str) -> str:
    """Back to the same place of the preview, on the page of the list it stands on."""
    top = key.partition(".")[0]
    keys = [line.key for line in proposal.lines]
    place = keys.index(top) if top in keys else len(keys)
    return f"{reverse('imports:preview', args=[ref])}?page={place // PAGE + 1}#line-{key}"


def _list_choices(request: PageRequest) -> dict[str, list[tuple[str, str]]]:
    scales = {**KNOWN_SCALES, **list_scales()}
    return {
        "inquiry": [("", "A new one, named below")]
        + [(each.ref, each.title) for each in list_inquiries(as_of=request.as_of)],
        "scale": [(scale.ref, scale.title) for scale in scales.values()],
        "addressed_to": [("", "Nobody in particular")]
        + [(body.subject, body.name) for body in list_parties(PartyKind.BODY)],
    }
