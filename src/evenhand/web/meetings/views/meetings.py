"""Meetings: the list with the forward plan, one meeting, and what the secretariat does with it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.commissions import papers_day
from evenhand.accountability.convening import (
    may_commission,
    may_keep_meetings,
    may_read_paper,
    may_read_snapshot,
    may_write_paper,
)
from evenhand.accountability.permissions import QUESTIONERS_AND_ASSOCIATIONS, may_enter
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version
from evenhand.web.meetings import services
from evenhand.web.meetings.forms import Confirm, MoveForm, PlanForm, Reason
from evenhand.web.meetings.queries import (
    AgendaRow,
    MeetingRow,
    PaperRow,
    get_meeting,
    list_agenda,
    list_commissions,
    list_late_reports,
    list_meetings,
    list_papers,
)
from evenhand.web.meetings.views import choosing
from evenhand.web.meetings.views.asking import Asked, ask
from evenhand.web.register.queries import list_items
from evenhand.web.work.queries import list_challenges


@page(may_enter)
def index(request: PageRequest) -> HttpResponse:
    """Meetings to come with what is wanted by each, what is late, and meetings that were."""
    as_of = request.as_of
    rows = list_meetings(as_of=as_of)
    asked = list_commissions(as_of=as_of)
    papers = _readable(request, list_papers(as_of=as_of))
    coming = [row for row in rows if row.state == "planned"]
    context = {
        "plan": [
            {
                "meeting": row,
                "papers_by": papers_day(row.on),
                "asked": [each for each in asked if each.meeting == row.ref],
                "papers": [each for each in papers if each.meeting == row.ref],
            }
            for row in coming
        ],
        "past": [row for row in reversed(rows) if row.state != "planned"],
        "late": list_late_reports(as_of=as_of),
        "offers": {} if as_of.past else _offers(request),
    }
    return render(request, "meetings/index.html", context)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One meeting: agenda, papers, what was decided, said and asked; it prints as it stands."""
    as_of = request.as_of
    row = get_meeting(ref, as_of=as_of)
    agenda = list_readable_agenda(request, ref)
    papers = {each.ref: each for each in _readable(request, list_papers(as_of=as_of))}
    minutes = [minute for item in agenda for minute in item.minutes]
    asked = {minute.challenge for minute in minutes} - {""}
    questions = [row for row in list_challenges(as_of=as_of) if row.ref in asked] if asked else []
    context = {
        "meeting": row,
        "agenda": [(item, papers.get(item.paper)) for item in agenda],
        "others": [
            each
            for each in papers.values()
            if each.meeting == ref and each.ref not in {item.paper for item in agenda}
        ],
        "asked": [each for each in list_commissions(as_of=as_of) if each.meeting == ref],
        "papers_by": papers_day(row.on),
        "questions": {row.ref: row for row in questions},
        "names": list_names({minute.by for minute in minutes}),
        "offers": {} if as_of.past else _offers(request),
    }
    return render(request, "meetings/show.html", context)


@page(may_keep_meetings)
def plan(request: PageRequest) -> HttpResponse:
    """Plan a meeting."""
    form = PlanForm(request.POST or None, bodies=choosing.bodies(as_of=request.as_of))
    asked = Asked(
        "Plan a meeting", "Plan the meeting", "The meeting is planned.", reverse("meetings:index")
    )
    return ask(
        request,
        form,
        asked,
        lambda said: _page_of(
            services.plan_meeting(by=request.account, at=request.moment, **said).ref
        ),
    )


@page(may_keep_meetings)
def move(request: PageRequest, ref: str) -> HttpResponse:
    """Move a meeting to another day."""
    row = get_meeting(ref, as_of=request.as_of)
    lead = f"It is planned for {choosing.day_words(row.on)}. What is wanted by it moves with it."
    asked = Asked(
        f"Move the meeting: {row.title}",
        "Move the meeting",
        "The meeting was moved; its first day stays on the record.",
        _page_of(ref),
        lead,
        _version(request, row),
    )

    def run(said: dict[str, object]) -> None:
        services.move_meeting(
            meeting=ref,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
            **said,  # type: ignore[arg-type]
        )

    return ask(request, MoveForm(request.POST or None), asked, run)


@page(may_keep_meetings)
def hold(request: PageRequest, ref: str) -> HttpResponse:
    """Record that a meeting took place."""
    row = get_meeting(ref, as_of=request.as_of)
    asked = Asked(
        f"Record that it took place: {row.title}",
        "It took place",
        "The meeting was held. Its minutes can be written.",
        _page_of(ref),
        "Its agenda can then no longer change. This cannot be undone.",
    )
    return ask(
        request,
        Confirm({}) if request.method == "POST" else Confirm(),
        asked,
        lambda _: services.hold_meeting(meeting=ref, by=request.account, at=request.moment),
    )


@page(may_keep_meetings)
def agree(request: PageRequest, ref: str) -> HttpResponse:
    """Record that members agreed the minutes."""
    row = get_meeting(ref, as_of=request.as_of)
    asked = Asked(
        f"Minutes agreed: {row.title}",
        "Members agreed the minutes",
        "The minutes are agreed.",
        _page_of(ref),
        "From then on a minute can only be corrected by another beside it. This cannot be undone.",
    )
    return ask(
        request,
        Confirm({}) if request.method == "POST" else Confirm(),
        asked,
        lambda _: services.agree_minutes(meeting=ref, by=request.account, at=request.moment),
    )


@page(may_keep_meetings)
def cancel(request: PageRequest, ref: str) -> HttpResponse:
    """Cancel a meeting."""
    row = get_meeting(ref, as_of=request.as_of)
    asked = Asked(
        f"Cancel the meeting: {row.title}",
        "Cancel the meeting",
        "The meeting is cancelled.",
        _page_of(ref),
        "Reports wanted by it stay wanted until members postpone them. This cannot be undone.",
    )
    return ask(
        request,
        Reason(request.POST or None),
        asked,
        lambda said: services.cancel_meeting(
            meeting=ref, by=request.account, at=request.moment, **said
        ),
    )


def list_readable_agenda(request: PageRequest, meeting: str) -> list[AgendaRow]:
    """The agenda with the minutes that this reader's roles reach.

    A minute about recommendations is for whoever may read one of them; one about none is for all.
    """
    agenda = list_agenda(meeting, as_of=request.as_of)
    if may_read_snapshot(request.actor):  # roles without limits reach every recommendation
        return agenda
    rows = list_items(as_of=request.as_of, actor=request.actor, only_items=False)
    reached = {row.ref for row in rows}
    return [
        replace(
            item,
            minutes=tuple(m for m in item.minutes if not m.about or reached & set(m.about)),
        )
        for item in agenda
    ]


def _page_of(ref: str) -> str:
    return reverse("meetings:show", args=(ref,))


def _version(request: PageRequest, row: MeetingRow) -> int:
    return read_seen(request) or get_version(row.subject)


def _readable(request: PageRequest, papers: list[PaperRow]) -> list[PaperRow]:
    """Papers that this reader may open: drafts only by who writes them."""
    return [
        each
        for each in papers
        if each.state != "abandoned"
        and may_read_paper(request.actor, each.where, issued=each.state in ("issued", "correcting"))
    ]


def _offers(request: PageRequest) -> dict[str, bool]:
    actor = request.actor
    return {
        "keep": bool(may_keep_meetings(actor)),
        "write": bool(may_write_paper(actor)),
        "commission": bool(may_commission(actor)),
        "ask": actor.has(*QUESTIONERS_AND_ASSOCIATIONS),
    }
