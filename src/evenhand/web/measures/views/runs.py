"""What has been measured: every run, one run, and withdrawing or restoring it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.machines import RUN
from evenhand.accountability.permissions import may_enter, may_measure
from evenhand.core import require
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version
from evenhand.web.measures import queries
from evenhand.web.measures.forms import ReasonForm
from evenhand.web.measures.names import indicator_title
from evenhand.web.measures.services import move_run


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every measurement, those withdrawn too."""
    context = {
        "runs": queries.list_runs(as_of=request.as_of),
        "latest": {run.ref for run in queries.list_latest(as_of=request.as_of).values()},
    }
    return render(request, "measures/runs.html", context)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One measurement: from what, by which definitions, and whether its figures are unchanged."""
    run = queries.get_run(ref, as_of=request.as_of)
    offers = bool(may_measure(request.actor)) and not request.as_of.past
    context = {
        "run": run,
        "unchanged": queries.check_run(ref, as_of=request.as_of),
        "definitions": [(indicator_title(key), n) for key, n in run.definitions.items()],
        "verbs": RUN.verbs_from(run.state) if offers else (),
    }
    return render(request, "measures/run.html", context)


@page(may_measure)
def move(request: PageRequest, ref: str, verb: str) -> HttpResponse:
    """Withdraw a measurement, or restore it, with a reason."""
    run = queries.get_run(ref, as_of=request.as_of)
    require(may_measure(request.actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        move_run(
            run=ref,
            verb=verb,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
            **form.cleaned_data,
        )
        messages.success(request, "It is on the record.")
        return redirect("measures:run", ref)
    context = {
        "run": run,
        "verb": verb,
        "form": form,
        "version": request.POST.get("seen") or get_version(run.subject),
    }
    return render(request, "measures/move_run.html", context)
