"""The paper builder: begin from a snapshot, write the standing sections, look at the whole."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from evenhand.accountability.convening import may_read_paper, may_write_paper
from evenhand.accountability.machines import PAPER
from evenhand.accountability.permissions import may_enter
from evenhand.accountability.states import may_follow
from evenhand.core import UsageProblem, require
from evenhand.publication.papers import (
    STANDING,
    missing_sections,
    render_fragment,
    typed_numbers,
    unknown_names,
)
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version as last_event
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.drafting import compose, material_of
from evenhand.web.meetings.forms import BeginForm, TextForm
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.meetings.queries import (
    get_meeting,
    get_paper,
    list_texts,
    list_versions,
)
from evenhand.web.meetings.views import choosing
from evenhand.web.meetings.views.asking import Asked, ask
from evenhand.web.meetings.views.reading import trace_of


@page(may_write_paper)
def begin(request: PageRequest) -> HttpResponse:
    """Begin a paper."""
    as_of = request.as_of
    choices = {
        "meeting": choosing.meetings(as_of=as_of),
        "snapshot": choosing.snapshots(as_of=as_of),
        "publication": choosing.publications(as_of=as_of),
        "commission": choosing.waiting(as_of=as_of),
        "before": choosing.earlier(as_of=as_of),
    }
    given = {name: request.GET[name] for name in choices if name in request.GET}
    form = BeginForm(request.POST or None, initial=given, choices=choices)
    lacking = [name for name in ("meeting", "snapshot") if not choices[name]]
    lead = f"First there must be a {' and a '.join(lacking)}." if lacking else ""
    asked = Asked(
        "Begin a paper", "Begin the paper", "The paper is begun.", reverse("meetings:index"), lead
    )

    def run(said: dict[str, Any]) -> str:
        plan = PaperPlan(**{**said, "kind": PaperKind(said["kind"])})
        paper = services.begin_paper(plan=plan, by=request.account, at=request.moment)
        return reverse("meetings:paper", args=(paper.ref,))

    return ask(request, form, asked, run)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """A paper: its versions to read and take out; for its writers, what is still to be written."""
    as_of = request.as_of
    row = get_paper(ref, as_of=as_of)
    versions = list_versions(ref, as_of=as_of)
    issued = [version for version in versions if version.issue]
    require(may_read_paper(request.actor, row.where, issued=bool(issued)))
    context: dict[str, Any] = {
        "paper": row,
        "meeting": get_meeting(row.meeting, as_of=as_of),
        "versions": versions[::-1],
        "issued": issued,
        "names": list_names({version.by for version in versions}),
    }
    writes = bool(may_write_paper(request.actor)) and not as_of.past
    if writes:
        context |= {"verbs": PAPER.verbs_from(row.state)}
        if may_follow(PAPER, state=row.state, verb="edit"):
            context |= _desk(versions[-1], list_texts(versions[-1].pk, as_of=as_of))
    return render(request, "meetings/paper.html", context)


@page(may_write_paper)
def edit(request: PageRequest, ref: str, section: str) -> HttpResponse:
    """Write the free text of a standing section."""
    as_of = request.as_of
    row = get_paper(ref, as_of=as_of)
    require(may_follow(PAPER, state=row.state, verb="edit"))
    standing = next((each for each in STANDING if each.key == section), None)
    if standing is None:
        raise UsageProblem("a paper has no such section.", rule="sections-are-standing")
    version = list_versions(ref, as_of=as_of)[-1]
    text = list_texts(version.pk, as_of=as_of).get(section, "")
    material = material_of(version)
    whole = [each for key, each in material.frozen.counts.items() if key.startswith("all.")]
    asked = Asked(
        f"{standing.title}: {row.title}",
        "Keep this text",
        "The text is kept.",
        reverse("meetings:paper", args=(ref,)),
        standing.ask,
        read_seen(request) or last_event(row.subject),
        {"snapshot": material.frozen, "before": material.before, "names": whole},
    )

    def run(said: dict[str, Any]) -> None:
        services.edit_section(
            paper=ref,
            section=section,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
            **said,
        )

    form = TextForm(request.POST or None, initial={"text": text})
    return ask(request, form, asked, run, template="meetings/edit.html")


@page(may_write_paper)
def preview(request: PageRequest, ref: str) -> HttpResponse:
    """The version that is being written, as members would see it."""
    row = get_paper(ref, as_of=request.as_of)
    version = list_versions(ref, as_of=request.as_of)[-1]
    issue = version.issue
    made = issue.paper if issue else compose(row, version, as_of=request.as_of)
    html = render_fragment(made, trace=trace_of(version))
    context = {"paper": row, "version": version, "html": mark_safe(html)}  # noqa: S308 - escaped
    return render(request, "meetings/version.html", context)


def _desk(version: Any, texts: dict[str, str]) -> dict[str, Any]:
    """What the writer needs to see: each section, what is missing, what is not the snapshot's."""
    values = material_of(version).values
    missing = {each.key for each in missing_sections(texts)}
    return {
        "sections": [
            {
                "standing": each,
                "text": texts.get(each.key, ""),
                "missing": each.key in missing,
                "typed": typed_numbers([texts.get(each.key, "")]),
                "unknown": unknown_names([texts.get(each.key, "")], values),
            }
            for each in STANDING
        ],
        "missing": missing,
    }
