"""Decide a proposal, take it back, or withdraw what is public: each asked once more, in words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.releases import (
    may_decide_release,
    may_propose_release,
    may_see_releases,
    may_take_back_release,
    may_withdraw_release,
)
from evenhand.core import require
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.releases.forms import ReasonForm, WithdrawForm
from evenhand.web.releases.queries.frozen import list_records
from evenhand.web.releases.queries.proposals import ProposalRow, get_proposal
from evenhand.web.releases.services import (
    approve_release,
    decline_release,
    take_back_release,
    withdraw_release,
)


@page(may_see_releases)
def approve(request: PageRequest, ref: str) -> HttpResponse:
    """Let it out. What is public has been read; so this is asked twice."""
    row = get_proposal(ref)
    require(may_decide_release(request.actor, proposed_by=row.proposed_by))
    if request.method == "POST":
        number = approve_release(release=ref, by=request.account, at=request.moment)
        messages.success(request, f"Public as release {number}.")
        return redirect("releases:show", ref)
    return _ask(request, row, "Publish this release", "Publish it")


@page(may_see_releases)
def decline(request: PageRequest, ref: str) -> HttpResponse:
    """Say no, with a reason."""
    row = get_proposal(ref)
    require(may_decide_release(request.actor, proposed_by=row.proposed_by))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_release(release=ref, by=request.account, at=request.moment, **form.cleaned_data)
        messages.success(request, "Declined. Nothing was published.")
        return redirect("releases:show", ref)
    return _ask(request, row, "Decline this release", "Decline it", form=form)


@page(may_propose_release)
def take_back(request: PageRequest, ref: str) -> HttpResponse:
    """Take one’s own proposal back."""
    row = get_proposal(ref)
    require(may_take_back_release(request.actor, proposed_by=row.proposed_by))
    if request.method == "POST":
        take_back_release(release=ref, by=request.account, at=request.moment)
        messages.success(request, "Taken back. Nothing was published.")
        return redirect("releases:show", ref)
    return _ask(request, row, "Take this proposal back", "Take it back")


@page(may_withdraw_release)
def withdraw(request: PageRequest, ref: str) -> HttpResponse:
    """Take it off the public side; a notice with the reason stays at every address."""
    row = get_proposal(ref)
    public = [
        each.address
        for each in list_records()
        if each.release == row.number and not each.is_withdrawn
    ]
    form = WithdrawForm(request.POST or None, recommendations=public)
    if request.method == "POST" and form.is_valid():
        withdraw_release(release=ref, by=request.account, at=request.moment, **form.cleaned_data)
        messages.success(request, "Withdrawn. A notice with your reason stands in its place.")
        return redirect("releases:show", ref)
    return _ask(request, row, "Withdraw this release", "Withdraw it", form=form, count=len(public))


def _ask(
    request: PageRequest, row: ProposalRow, title: str, button: str, **more: Any
) -> HttpResponse:
    form = more.get("form")
    context = {"release": row, "title": title, "button": button, **more}
    status = 422 if form is not None and form.errors else 200
    return render(request, "releases/decide.html", context, status=status)
