"""Read an issued paper, take it out in three forms, lay two versions side by side."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from evenhand.accountability.convening import may_read_paper, may_read_snapshot
from evenhand.accountability.permissions import may_enter
from evenhand.core import require
from evenhand.publication.papers import Paper, lay_beside, render_file, render_fragment, render_pdf
from evenhand.publication.papers.word import render_word
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.meetings.changing import BEFORE, needs_earlier
from evenhand.web.meetings.drafting import compose
from evenhand.web.meetings.queries import (
    PaperRow,
    VersionRow,
    find_template,
    get_meeting,
    get_paper,
    get_version,
    list_versions,
)
from evenhand.web.work.files import load_file

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@page(may_enter)
def version(request: PageRequest, ref: str, number: int) -> HttpResponse:
    """A version as a page; each figure leads to what was counted, for who may look there."""
    row, found, made = _made(request, ref, number)
    trace = trace_of(found) if may_read_snapshot(request.actor) else None
    html = render_fragment(made, trace=trace)
    context = {"paper": row, "version": found, "html": mark_safe(html)}  # noqa: S308 - escaped
    return render(request, "meetings/version.html", context)


def trace_of(version: VersionRow) -> Callable[[str], str]:
    """Where the figures of a version are explained: in its snapshot, or in the one before it."""

    def trace(key: str) -> str:
        way, _, rest = key.partition(".")
        if way == BEFORE:
            return reverse("meetings:figure", args=(version.before, rest))
        address = reverse("meetings:figure", args=(version.snapshot, key))
        return f"{address}?since={version.before}" if needs_earlier(key) else address

    return trace


@page(may_enter)
def download(request: PageRequest, ref: str, number: int, kind: str) -> HttpResponse:
    """A version as one file: HTML, Word in the body's template, or PDF/UA."""
    if kind not in TYPES:
        raise NotThere("a paper is taken out as html, docx or pdf.", rule="paper-forms")
    row, _, made = _made(request, ref, number)
    content = _render(request, row, made, kind)
    response = HttpResponse(content, content_type=TYPES[kind])
    name = f"paper-{ref}-version-{number}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(may_enter)
def compare(request: PageRequest, ref: str) -> HttpResponse:
    """Two versions side by side: the two latest, unless others are asked for."""
    row = get_paper(ref, as_of=request.as_of)
    issued = [each.number for each in list_versions(ref, as_of=request.as_of) if each.issue]
    require(may_read_paper(request.actor, row.where, issued=bool(issued)))
    first, second = (_number(request, name) for name in ("first", "second"))
    chosen = (first or (issued or [1])[max(len(issued) - 2, 0)], second or (issued or [1])[-1])
    made = [_made(request, ref, number)[2] for number in chosen]
    pairs = lay_beside(*made)
    context = {
        "paper": row,
        "first": chosen[0],
        "second": chosen[1],
        "issued": issued,
        "pairs": pairs,
        "changed": sum(pair.changed for pair in pairs),
        "only": request.GET.get("only") == "1",
    }
    return render(request, "meetings/compare.html", context)


def _made(request: PageRequest, ref: str, number: int) -> tuple[PaperRow, VersionRow, Paper]:
    row = get_paper(ref, as_of=request.as_of)
    found = get_version(ref, number, as_of=request.as_of)
    require(may_read_paper(request.actor, row.where, issued=found.issue is not None))
    made = found.issue.paper if found.issue else compose(row, found, as_of=request.as_of)
    return row, found, made


def _render(request: PageRequest, row: PaperRow, made: Paper, kind: str) -> bytes:
    if kind == "pdf":
        return render_pdf(made)
    if kind == "html":
        return render_file(made).encode()
    body = get_meeting(row.meeting, as_of=request.as_of).body
    template = find_template(body, as_of=request.as_of)
    return render_word(made, template=load_file(template.sha256) if template else None)


def _number(request: PageRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 5 else 0
