"""Draw a sample of decisions to be looked at again, and see every draw there was."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.audiences import Audience
from evenhand.accountability.permissions import may_enter, may_measure
from evenhand.core import EvenhandError, Refused
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads.datasets import open_workforce
from evenhand.web.measures.forms import SampleForm
from evenhand.web.measures.queries.samples import find_keys, get_sample, list_samples
from evenhand.web.measures.services import draw_sample
from evenhand.web.measures.views.findings import audience_for


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every draw, and the form to draw another for who may."""
    may = bool(may_measure(request.actor)) and not request.as_of.past
    form = SampleForm(request.POST or None) if may else None
    if request.method == "POST":
        form = form or SampleForm(request.POST)
        if form.is_valid():
            try:
                sample = draw_sample(by=request.account, at=request.moment, **form.cleaned_data)
            except Refused:
                raise
            except EvenhandError as error:
                form.add_error(None, f"{error.problem[:1].upper()}{error.problem[1:]}")
            else:
                messages.success(request, "The sample is drawn; the draw is on the record.")
                return redirect("measures:sample", sample.ref)
    context = {"samples": list_samples(as_of=request.as_of), "form": form}
    return render(
        request, "measures/samples.html", context, status=422 if form and form.errors else 200
    )


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One draw: its strata for everyone, the decisions in it for those cleared."""
    sample = get_sample(ref, as_of=request.as_of)
    cleared = audience_for(request, "") is Audience.CLEARED
    lake = open_workforce(settings.HOME.folder)
    context = {
        "sample": sample,
        "cleared": cleared,
        "keys": find_keys(sample, lake) if cleared else None,
    }
    return render(request, "measures/sample.html", context)
