"""Bring files, see what is wrong with them, then load the good rows or discard them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_measure
from evenhand.core import EvenhandError, Refused
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads import queries
from evenhand.web.loads.datasets import DATASETS, get_dataset
from evenhand.web.loads.forms import BringForm
from evenhand.web.loads.measuring import measure_again
from evenhand.web.loads.services import bring_files, confirm_load, discard_files


@page(may_measure)
def bring(request: PageRequest) -> HttpResponse:
    """Check files; what cannot be read at all is told on the form."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = bring_files(
                dataset=form.cleaned_data["dataset"],
                files=form.cleaned_data["chosen"],
                by=request.account,
                at=request.moment,
            )
        except Refused:
            raise
        except EvenhandError as error:
            problem = f"{error.problem[:1].upper()}{error.problem[1:]}"
            form.add_error("chosen", f"{problem} {error.remedy}")
        else:
            return redirect("loads:brought", brought.ref)
    context = {"form": form, "waiting": queries.list_brought(), "datasets": DATASETS.values()}
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
    }
    return render(request, "loads/brought.html", context)


@page(may_measure)
def confirm(request: PageRequest, ref: str) -> HttpResponse:
    """Load the good rows, then measure."""
    if request.method != "POST":
        return _show(request, ref)
    brought = queries.get_brought(ref)
    load = confirm_load(brought=ref, by=request.account, at=request.moment)
    messages.success(request, f"{load.rows_loaded:,} rows are loaded.")
    plan = measure_again(
        get_dataset(brought.dataset).family,
        by=request.account,
        at=request.moment,
        because="More rows were loaded.",
    )
    if plan:
        messages.success(request, f"Measured anew: {plan.title}.")
    return redirect("loads:load", load.ref)


@page(may_measure)
def discard(request: PageRequest, ref: str) -> HttpResponse:
    """Remove the files; nothing of them was loaded."""
    if request.method != "POST":
        return _show(request, ref)
    discard_files(brought=ref, by=request.account, at=request.moment)
    messages.success(request, "The files are gone. Nothing of them was loaded.")
    return redirect("loads:bring")
