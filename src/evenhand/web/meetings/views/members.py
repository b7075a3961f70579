"""For members: what is late, and what each of them asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.convening import may_commission, may_read_paper
from evenhand.accountability.permissions import may_enter
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.meetings.queries import (
    list_agenda,
    list_commissions,
    list_late_reports,
    list_meetings,
    list_papers,
)
from evenhand.web.work.queries import list_challenges


@page(may_enter)
def late(request: PageRequest) -> HttpResponse:
    """Commissioned reports that did not come in time, the longest late first."""
    lines = [
        (row, found, found.days(request.as_of.on))
        for row, found in list_late_reports(as_of=request.as_of)
    ]
    return render(request, "meetings/late.html", {"lines": lines})


@page(may_enter)
def mine(request: PageRequest) -> HttpResponse:
    """What is before a member: the next meeting with its papers, and what they asked for."""
    as_of, actor = request.as_of, request.actor
    coming = [row for row in list_meetings(as_of=as_of) if row.state == "planned"]
    following = next((row for row in coming if row.on >= as_of.on), None)
    papers = {
        each.ref: each
        for each in list_papers(as_of=as_of)
        if each.state in ("issued", "correcting") and may_read_paper(actor, each.where, issued=True)
    }
    asked = [row for row in list_challenges(as_of=as_of) if row.asked_by == actor.ref]
    context = {
        "next": following,
        "agenda": [
            (item, papers.get(item.paper))
            for item in (list_agenda(following.ref, as_of=as_of) if following else ())
        ],
        "asked_for": [row for row in list_commissions(as_of=as_of) if row.asked_by == actor.ref],
        "questions": [row for row in asked if row.state in ("open", "answered")],
        "late": list_late_reports(as_of=as_of),
        "may_ask": bool(may_commission(actor)) and not as_of.past,
    }
    return render(request, "meetings/members.html", context)
