"""Issue a paper, correct one that was issued, or give one up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from evenhand.accountability.convening import may_write_paper
from evenhand.accountability.machines import PAPER
from evenhand.accountability.states import may_follow
from evenhand.core import require
from evenhand.publication.papers import typed_numbers
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version as last_event
from evenhand.web.meetings import services
from evenhand.web.meetings.drafting import find_faults
from evenhand.web.meetings.forms import CorrectForm, IssueForm, Reason
from evenhand.web.meetings.queries import PaperRow, get_paper, list_texts, list_versions
from evenhand.web.meetings.views import choosing
from evenhand.web.meetings.views.asking import Asked, ask


@page(may_write_paper)
def issue(request: PageRequest, ref: str) -> HttpResponse:
    """Issue the latest version: what stands in the way, what was typed, and the decision."""
    row = _get(request, ref, "issue")
    version = list_versions(ref, as_of=request.as_of)[-1]
    texts = list_texts(version.pk, as_of=request.as_of)
    asked = Asked(
        f"Issue version {version.number}: {row.title}",
        "Issue the paper",
        "The paper is issued, and its text is kept as it stands.",
        _page_of(ref),
        "An issued text is never changed. What turns out wrong is corrected by a further version "
        "that says what changed and why.",
        read_seen(request) or last_event(row.subject),
        {
            "faults": find_faults(version, as_of=request.as_of),
            "typed": typed_numbers(texts.values()),
            "paper": row,
        },
    )

    def run(said: dict[str, Any]) -> None:
        services.issue_paper(
            paper=ref, by=request.account, at=request.moment, seen=read_seen(request), **said
        )

    return ask(request, IssueForm(request.POST or None), asked, run, template="meetings/issue.html")


@page(may_write_paper)
def correct(request: PageRequest, ref: str) -> HttpResponse:
    """Begin a correction."""
    row = _get(request, ref, "correct")
    form = CorrectForm(request.POST or None, snapshots=choosing.snapshots(as_of=request.as_of))
    asked = Asked(
        f"Correct: {row.title}",
        "Begin the correction",
        "The correction is begun. The issued version stands until you issue it, and after.",
        _page_of(ref),
        "Both versions are kept, and readers can lay them side by side.",
    )

    def run(said: dict[str, Any]) -> None:
        services.correct_paper(paper=ref, by=request.account, at=request.moment, **said)

    return ask(request, form, asked, run)


@page(may_write_paper)
def abandon(request: PageRequest, ref: str) -> HttpResponse:
    """Give up a draft or a correction."""
    row = _get(request, ref, "abandon")
    asked = Asked(
        f"Give up: {row.title}",
        "Give it up",
        "It was given up. What had been issued stands.",
        _page_of(ref),
        "What was written stays on the record, but cannot be taken up again.",
    )

    def run(said: dict[str, Any]) -> None:
        services.abandon_paper(paper=ref, by=request.account, at=request.moment, **said)

    return ask(request, Reason(request.POST or None), asked, run)


def _get(request: PageRequest, ref: str, verb: str) -> PaperRow:
    row = get_paper(ref, as_of=request.as_of)
    require(may_follow(PAPER, state=row.state, verb=verb))
    return row


def _page_of(ref: str) -> str:
    return reverse("meetings:paper", args=(ref,))
