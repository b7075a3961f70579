"""The loads there are; one load; withdrawing it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from evenhand.accountability.permissions import may_enter, may_measure
from evenhand.datasets.workforce.agreement import compare_datasets
from evenhand.web.foundation.pages import PageRequest, page, read_seen
from evenhand.web.ledger.queries import get_version
from evenhand.web.loads import queries
from evenhand.web.loads.datasets import get_dataset, open_workforce
from evenhand.web.loads.forms import WithdrawForm
from evenhand.web.loads.jobs import JobKind
from evenhand.web.loads.services import withdraw_load
from evenhand.web.loads.views.work import follow


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every load, those withdrawn too."""
    may = bool(may_measure(request.actor)) and not request.as_of.past
    loads = [(load, get_dataset(load.dataset)) for load in queries.list_loads(as_of=request.as_of)]
    context = {"loads": loads, "may_measure": may, "waiting": queries.list_brought() if may else []}
    return render(request, "loads/loads.html", context)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """What one load brought and what was set aside."""
    load = queries.get_load(ref, as_of=request.as_of)
    may = bool(may_measure(request.actor)) and load.stands and not request.as_of.past
    context = {
        "load": load,
        "report": load.report,
        "dataset": get_dataset(load.dataset),
        "may_withdraw": may,
    }
    return render(request, "loads/load.html", context)


@page(may_measure)
def show_agreement(request: PageRequest) -> HttpResponse:
    """Where the datasets about people contradict one another."""
    found = compare_datasets(open_workforce(settings.HOME.folder))
    context = {"questions": [(each, get_dataset(each.dataset)) for each in found]}
    return render(request, "loads/agreement.html", context)


@page(may_measure)
def withdraw(request: PageRequest, ref: str) -> HttpResponse:
    """Take a load out with a reason, and compute every figure without it."""
    load = queries.get_load(ref, as_of=request.as_of)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        withdraw_load(
            load=ref,
            reason=reason,
            by=request.account,
            at=request.moment,
            seen=read_seen(request),
        )
        messages.success(request, "The load is withdrawn.")
        return follow(request, JobKind.MEASURE_WITHOUT, of=ref)
    context = {
        "load": load,
        "form": form,
        "version": request.POST.get("seen") or get_version(load.subject),
    }
    return render(request, "loads/withdraw.html", context)
