"""One comparison through time: its sentence, its numbers, how it was made, what analysts say."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.machines import FINDING
from evenhand.accountability.permissions import may_enter, may_review_finding
from evenhand.core import require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version
from evenhand.web.measures import queries
from evenhand.web.measures.charts import draw_series
from evenhand.web.measures.forms import AcceptForm, NoteForm, ReasonForm
from evenhand.web.measures.likeness import draw_likeness
from evenhand.web.measures.names import find_indicator, indicator_title, name_of
from evenhand.web.measures.places import where_of
from evenhand.web.measures.queries import Comparison
from evenhand.web.measures.services import note_finding, review_finding
from evenhand.web.measures.views.findings import audience_for


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """The comparison as this reader may see it."""
    found = get_shown(request, key)
    latest = found.latest
    audience = audience_for(request, latest.unit)
    may = may_review_finding(request.actor, where_of(latest.unit))
    notes = queries.list_notes(key, as_of=request.as_of)
    context = {
        "found": found,
        "latest": latest,
        "indicator": find_indicator(latest.indicator),
        "title": indicator_title(latest.indicator),
        "characteristic": name_of(latest.characteristic),
        "chart": draw_series(found),
        "like": draw_likeness(latest, as_of=request.as_of, audience=audience),
        "audience": audience,
        "notes": notes,
        "names": list_names({note.by for note in notes} | {found.review.by} - {""}),
        "verbs": FINDING.verbs_from(found.review.state) if may and not request.as_of.past else (),
    }
    return render(request, "measures/comparison.html", context)


@page(may_enter)
def review(request: PageRequest, key: str, verb: str) -> HttpResponse:
    """Accept a finding, or dismiss it with a reason; it stays in sight either way."""
    found = get_shown(request, key)
    require(may_review_finding(request.actor, where_of(found.latest.unit)))
    first = verb == "accept" and found.review.state == FINDING.start
    form = (AcceptForm if first else ReasonForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review_finding(
            run=found.latest.run,
            key=key,
            verb=verb,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
            **form.cleaned_data,
        )
        messages.success(request, "The review is on the record.")
        return redirect("measures:comparison", key)
    return _form(request, found, form, f"{verb.capitalize()} this finding")


@page(may_enter)
def note(request: PageRequest, key: str) -> HttpResponse:
    """Put a remark beside a finding."""
    found = get_shown(request, key)
    require(may_review_finding(request.actor, where_of(found.latest.unit)))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note_finding(
            run=found.latest.run, key=key, by=request.account, at=request.moment,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, "The note is on the record.")
        return redirect("measures:comparison", key)
    return _form(request, found, form, "Add a note to this finding")


def _form(request: PageRequest, found: Comparison, form: object, title: str) -> HttpResponse:
    subject = f"finding:{found.latest.run}/{found.key}"
    context = {
        "found": found,
        "latest": found.latest,
        "form": form,
        "title": title,
        "version": request.POST.get("seen") or get_version(subject),
    }
    return render(request, "measures/review.html", context)


def get_shown(request: PageRequest, key: str) -> Comparison:
    """The comparison, under the audience of the unit it turns out to be about."""
    first = audience_for(request, "")
    found = queries.get_comparison(key, as_of=request.as_of, audience=first)
    audience = audience_for(request, found.latest.unit)
    if audience is first:
        return found
    return queries.get_comparison(key, as_of=request.as_of, audience=audience)
