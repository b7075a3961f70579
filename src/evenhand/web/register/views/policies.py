"""Policies: which there are, which recommendation each covers, and what no policy covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.permissions import may_enter, may_keep
from evenhand.core import require
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.register.connection_forms import CoverForm, PolicyForm, WithdrawCoverForm
from evenhand.web.register.queries import (
    CoverageRow,
    Filter,
    ItemRow,
    get_policy,
    list_coverage,
    list_inquiries,
    list_items,
    list_policies,
)
from evenhand.web.register.services import cover_by_policy, record_policy, withdraw_coverage
from evenhand.web.register.views.commanding import (
    Facts,
    ItemCommand,
    Sending,
    Told,
    item_page,
    send,
)
from evenhand.web.register.views.items import keeps

NOT_NEEDED = frozenset({"not_applicable", "replaced"})
"""States of the work in which nobody needs a policy for it any more."""


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy and how many items it covers, in full and in part."""

    ref: str
    title: str
    address: str
    full: int
    part: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An item that no policy covers in full, with those that cover a part."""

    item: ItemRow
    part: Sequence[CoverageRow]


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Every policy, with how much it covers as far as the reader’s roles reach."""
    readable = {row.ref for row in list_items(as_of=request.as_of, actor=request.actor)}
    coverage = [each for each in list_coverage(as_of=request.as_of) if each.item in readable]
    lines = [
        PolicyLine(
            policy.ref,
            policy.title,
            policy.address,
            sum(each.in_full for each in coverage if each.policy == policy.ref),
            sum(not each.in_full for each in coverage if each.policy == policy.ref),
        )
        for policy in list_policies(as_of=request.as_of)
    ]
    context = {"lines": lines, "gaps": _count_gaps(request, coverage), "items": len(readable)}
    return render(request, "register/policies.html", context)


def _count_gaps(request: PageRequest, coverage: Sequence[CoverageRow]) -> Mapping[str, int]:
    gaps = _list_gaps(request, Filter(), coverage)
    return {"none": sum(not gap.part for gap in gaps), "part": sum(bool(gap.part) for gap in gaps)}


def _list_gaps(
    request: PageRequest, narrowed: Filter, coverage: Sequence[CoverageRow]
) -> list[Uncovered]:
    rows = list_items(narrowed, as_of=request.as_of, actor=request.actor)
    full = {each.item for each in coverage if each.in_full}
    parts: dict[str, list[CoverageRow]] = {}
    for each in coverage:
        parts.setdefault(each.item, []).append(each)
    return [
        Uncovered(row, parts.get(row.ref, []))
        for row in rows
        if row.ref not in full and row.work.state not in NOT_NEEDED
    ]


@page(may_enter)
def show_uncovered(request: PageRequest) -> HttpResponse:
    """Recommendations that no policy covers in full, those that none covers at all first."""
    asked = request.GET.get("inquiry", "")
    coverage = list_coverage(as_of=request.as_of)
    gaps = _list_gaps(request, Filter(inquiry=asked), coverage)
    gaps.sort(key=lambda gap: bool(gap.part))
    inquiries = tuple((each.ref, each.title) for each in list_inquiries(as_of=request.as_of))
    context = {
        "page": cut_pages(request, gaps),
        "none": sum(not gap.part for gap in gaps),
        "part": sum(bool(gap.part) for gap in gaps),
        "choices": [Choice("inquiry", "Inquiry", inquiries, asked)],
        "may_cover": bool(may_keep(request.actor)) and not request.as_of.past,
    }
    return render(request, "register/uncovered.html", context)


@page(may_enter)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One policy: where it is kept, what it covers, what of that it leaves out."""
    policy = get_policy(ref, as_of=request.as_of)
    coverage = {each.item: each for each in list_coverage(as_of=request.as_of, policy=ref)}
    rows = list_items(as_of=request.as_of, actor=request.actor)
    covered = [(row, coverage[row.ref]) for row in rows if row.ref in coverage]
    context = {
        "policy": policy,
        "page": cut_pages(request, covered),
        "hidden": len(coverage) - len(covered),
    }
    return render(request, "register/policy.html", context)


@page(may_keep)
def add(request: PageRequest) -> HttpResponse:
    """Put a policy on the register."""
    require(may_keep(request.actor))
    sending = Sending(
        told=Told("Add a policy", "Add the policy", "The policy is on the register."),
        form=PolicyForm(request.POST or None),
        run=record_policy,
        back=reverse("register:policies"),
        crumbs=(("Policies", reverse("register:policies")),),
    )
    return send(request, sending)


def _covered(row: ItemRow) -> Facts:
    found = list_coverage(as_of=AsOf(None, row.on), item=row.ref)
    told = [
        (
            each.policy_title,
            "In full" if each.in_full else f"In part; not covered: {each.uncovered}",
        )
        for each in found
    ]
    return told or [("Policies", "None covers it so far")]


cover = item_page(
    ItemCommand(
        told=Told("Say that a policy covers it", "Record the coverage", "It is on the record."),
        rule=keeps,
        form=CoverForm,
        run=cover_by_policy,
        section="policies",
        facts=_covered,
    )
)
uncover = item_page(
    ItemCommand(
        told=Told(
            "Withdraw a policy’s coverage",
            "Withdraw the coverage",
            "The policy does not cover it any more; that it did stays on the record.",
        ),
        rule=keeps,
        form=WithdrawCoverForm,
        run=withdraw_coverage,
        section="policies",
        facts=_covered,
    )
)
