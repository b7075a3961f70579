"""Early warning for who leads people: a number for the team, and names only for a recorded look."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.early_warning import Team, describe_team
from evenhand.accountability.permissions import may_administer, may_enter
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import list_parties
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads.datasets import open_workforce
from evenhand.web.measures.forms import PersonKeyForm
from evenhand.web.measures.queries.people import find_person_key
from evenhand.web.measures.reviews import load_reviews
from evenhand.web.measures.services import look_at_flags, set_person_key


@page(may_enter)
def show(request: PageRequest) -> HttpResponse:
    """What may be said of the reader's team; who it is about, once a look has been recorded."""
    key = find_person_key(request.account, as_of=request.as_of.moment)
    team = load_reviews(open_workforce(settings.HOME.folder)).team_of(key) if key else Team(0, 0)
    flags = None
    if request.method == "POST":
        flags = look_at_flags(by=request.account, at=request.moment)
    context = {"key": key, "led": team.reviewed, "notice": describe_team(team), "flags": flags}
    return render(request, "measures/early_warning.html", context)


@page(may_administer)
def set_key(request: PageRequest) -> HttpResponse:
    """Say which key of the files a person of the register has."""
    people = list_parties(PartyKind.PERSON, as_of=request.as_of.moment)
    form = PersonKeyForm(
        request.POST or None, people=[(each.subject, each.name) for each in people]
    )
    if request.method == "POST" and form.is_valid():
        set_person_key(by=request.account, at=request.moment, **form.cleaned_data)
        messages.success(request, "The key is on the record, sealed.")
        return redirect("measures:set-key")
    return render(request, "measures/set_key.html", {"form": form})
