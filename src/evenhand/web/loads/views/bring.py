"""Bring files, see what is wrong with them, then load the good rows or discard them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_measure
from evenhand.core import UsageProblem
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads import queries
from evenhand.web.loads.datasets import get_dataset
from evenhand.web.loads.forms import BringForm
from evenhand.web.loads.jobs import JobKind, find_latest
from evenhand.web.loads.services import bring_files, confirm_load, discard_files
from evenhand.web.loads.views.work import follow


@page(may_measure)
def bring(request: PageRequest) -> HttpResponse:
    """Take files in and have them checked."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = bring_files(
                dataset=form.cleaned_data["dataset"],
                files=form.cleaned_data["chosen"],
                by=request.account,
                at=request.moment,
            )
        except UsageProblem as error:
            problem = f"{error.problem[:1].upper()}{error.problem[1:]}"
            form.add_error("chosen", f"{problem} {error.remedy}")
        else:
            return follow(request, JobKind.CHECK, of=brought.ref)
    context = {"form": form, "waiting": queries.list_brought()}
    return render(request, "loads/bring.html", context, status=422 if form.errors else 200)


@page(may_measure)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """What was found in the files, and the decision about them."""
    return _show(request, ref)


def _show(request: PageRequest, ref: str) -> HttpResponse:
    brought = queries.get_brought(ref)
    context = {
        "brought": brought,
        "report": brought.report,
        "dataset": get_dataset(brought.dataset),
        "job": find_latest(ref) if brought.at_work else None,
    }
    return render(request, "loads/brought.html", context)


@page(may_measure)
def confirm(request: PageRequest, ref: str) -> HttpResponse:
    """Load the good rows, then measure."""
    if request.method != "POST":
        return _show(request, ref)
    confirm_load(brought=ref, by=request.account, at=request.moment)
    return follow(request, JobKind.LOAD, of=ref)


@page(may_measure)
def discard(request: PageRequest, ref: str) -> HttpResponse:
    """Remove the files; nothing of them was loaded."""
    if request.method != "POST":
        return _show(request, ref)
    discard_files(brought=ref, by=request.account, at=request.moment)
    messages.success(request, "The files are gone. Nothing of them was loaded.")
    return redirect("loads:bring")
