"""How far work is that takes long, and taking it up again."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_measure
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.loads.jobs import JobKind, find_job, resume_job, start_job, wait_for


@page(may_measure)
def show(request: PageRequest, job: str) -> HttpResponseBase:
    """How far it is; once it is done, on to what came of it."""
    if request.headers.get("Accept") == "application/json":
        found = find_job(job)
        facts = asdict(found.state) | {"at_work": found.at_work}
        return JsonResponse(facts, headers={"Cache-Control": "no-store"})
    return _show(request, job)


def _show(request: PageRequest, job: str) -> HttpResponse:
    found = wait_for(job)
    if found.state.ended and not found.failed:
        for said in found.state.said:
            messages.success(request, said)
        return redirect(found.state.goes_to)
    return render(request, "loads/work.html", {"job": found, "state": found.state})


@page(may_measure)
def resume(request: PageRequest, job: str) -> HttpResponse:
    """Begin again what was interrupted."""
    if request.method != "POST":
        return _show(request, job)
    resume_job(job)
    return redirect("loads:work", job)


def follow(request: PageRequest, kind: JobKind, *, of: str) -> HttpResponse:
    """Begin work for the person who asked, and show how far it is."""
    return redirect("loads:work", start_job(kind, of=of, by=request.account.username))
