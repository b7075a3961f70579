"""Actions shared by many recommendations: the list, a page for each, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.machines import ACTION
from evenhand.accountability.permissions import may_act, may_enter, may_read
from evenhand.accountability.roles import Actor
from evenhand.core import Decision, Refused, require
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.foundation.templatetags.register_pages import narrative_of
from evenhand.web.ledger.erasure import list_erasures
from evenhand.web.register.forms import group_parties, offer
from evenhand.web.register.queries import ItemRow, get_item, list_items, list_named
from evenhand.web.register.views.commanding import Sending, Told, build_crumbs, send
from evenhand.web.work import services
from evenhand.web.work.forms import ActionForm, CoverForm, ReasonForm, group_items
from evenhand.web.work.queries import ActionRow, CoverRow, get_action, list_actions
from evenhand.web.work.views.filters import list_choices, read_filter

MOVES = {
    "start": Told("Start the action", "Say that it has begun", "The action is under way."),
    "finish": Told(
        "Finish the action",
        "Say that it is done",
        "The action is done. Whether it worked is a question for evidence.",
        "Say below what was done. That an action is done clears no exception by itself.",
    ),
    "drop": Told(
        "Drop the action",
        "Drop it",
        "The action is dropped; the reason is kept.",
        "The recommendations it was for are left without it. It can be resumed, with a reason.",
    ),
    "resume": Told("Resume the action", "Resume it", "The action is under way again."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An action as the list shows it, with the items of it that the reader reaches."""

    action: ActionRow
    items: tuple[ItemRow, ...]
    late: bool


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Actions for the items that the reader’s roles reach, by due date."""
    state = request.GET.get("stage", "")
    items = {
        row.ref: row
        for row in list_items(read_filter(request.GET), as_of=request.as_of, actor=request.actor)
    }
    rows = list_actions(as_of=request.as_of, state=state if state in ACTION.codes else "")
    lines = [
        Line(row, reached, _is_late(row, request))
        for row in rows
        if (reached := tuple(items[each.item] for each in row.covers if each.item in items))
    ]
    states = tuple((each.code, each.words) for each in ACTION.states)
    kept = {"inquiry", "theme", "strand", "owner", "body"}
    context = {
        "page": cut_pages(request, lines),
        "late": sum(line.late for line in lines),
        "choices": [
            Choice("stage", "State of the action", states, state),
            *(each for each in list_choices(request.GET, as_of=request.as_of) if each.name in kept),
        ],
        "query": request.GET,
    }
    return render(request, "work/actions.html", context)


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """One action: who leads it, how far it is, and how much of each item it covers."""
    action, covers = _get_reached(request, key)
    may = not request.as_of.past and bool(_may_move(request.actor, covers))
    context = {
        "action": action,
        "covers": covers,
        "beyond": len(action.covers) - len(covers),
        "late": _is_late(action, request),
        "erased": list_erasures(action.subject),
        "may_cover": may,
        "moves": [(verb, MOVES[verb].title) for verb in ACTION.verbs_from(action.state)]
        if may
        else [],
    }
    return render(request, "work/action.html", context)


@page(may_enter)
def plan(request: PageRequest, ref: str) -> HttpResponse:
    """Plan an action for a recommendation, and for others too."""
    row = get_item(ref, as_of=request.as_of)
    require(may_act(request.actor, row.item))
    form = ActionForm(request.POST or None, item=row)
    offer(form, "lead", group_parties())
    others = [each for each in _list_own(request) if each.ref != ref]
    form.fields["also"].choices = group_items(others)  # type: ignore[attr-defined]

    def run(*, uncovered: str, also: list[str], **arguments: Any) -> None:
        covers = [services.Coverage(ref, uncovered), *map(services.Coverage, also)]
        services.add_action(covers=covers, **arguments)

    sending = Sending(
        told=Told("Plan an action", "Plan the action", "The action is on the record."),
        form=form,
        run=run,
        back=reverse("work:item", args=(ref,)) + "#actions",
        crumbs=build_crumbs(row),
        exact=row.text,
    )
    return send(request, sending)


@page(may_enter)
def cover(request: PageRequest, key: str) -> HttpResponse:
    """Say that an action is for another item too, or how much of one it covers."""
    action, covers = _get_reached(request, key)
    require(_may_move(request.actor, covers))
    chosen = request.GET.get("item", "")
    said = {each.item: each.uncovered for each in action.covers}
    form = CoverForm(
        request.POST or None,
        items=_list_own(request),
        initial={"recommendation": chosen, "uncovered": said.get(chosen, "")},
    )
    told = Told("Say what the action covers", "Record it", "What it covers is on the record.")
    return _send(request, action, told, form, services.cover_by_action)


@page(may_enter)
def move(request: PageRequest, key: str, verb: str) -> HttpResponse:
    """Start, finish, drop or resume an action."""
    if verb not in MOVES:
        raise NotThere("there is no such move.", rule="known-move")
    action, covers = _get_reached(request, key)
    require(_may_move(request.actor, covers))
    form = ReasonForm(request.POST or None)
    if verb == "start":
        form.fields["reason"].required = False
    if verb == "finish":
        form.fields["reason"].label = "What was done"
    run = partial(services.move_action, verb=verb)
    return _send(request, action, MOVES[verb], form, run)


def _send(request: PageRequest, action: ActionRow, told: Told, form: Any, run: Any) -> HttpResponse:
    address = reverse("work:action", args=(action.ref,))
    title = narrative_of(action.title, None)
    sending = Sending(
        told=told,
        form=form,
        run=partial(run, action=action.ref),
        back=address,
        subject=action.subject,
        crumbs=(("Actions", reverse("work:actions")), (title, address)),
        facts=(
            ("Action", title),
            ("State", ACTION.state(action.state).words),
            ("Led by", action.lead_name),
        ),
    )
    return send(request, sending)


def _get_reached(
    request: PageRequest, key: str
) -> tuple[ActionRow, list[tuple[CoverRow, ItemRow]]]:
    """The action, and what it covers of the items that the reader’s roles reach."""
    action = get_action(key, as_of=request.as_of)
    named = list_named((each.item for each in action.covers), as_of=request.as_of)
    items = {row.ref: row for row in named if may_read(request.actor, row.item)}
    covers = [(each, items[each.item]) for each in action.covers if each.item in items]
    if not covers:
        raise Refused("Your roles reach none of the recommendations this action is for.")
    return action, covers


def _list_own(request: PageRequest) -> list[ItemRow]:
    """The items for which this person may run actions."""
    items = list_items(as_of=request.as_of, actor=request.actor)
    return [row for row in items if may_act(request.actor, row.item)]


def _may_move(actor: Actor, covers: list[tuple[CoverRow, ItemRow]]) -> Decision:
    asked = [may_act(actor, item.item) for _, item in covers]
    return next((each for each in asked if each), asked[0])


def _is_late(row: ActionRow, request: PageRequest) -> bool:
    open_ = row.state in ("planned", "under_way")
    return bool(open_ and row.due_on and row.due_on < request.as_of.on)
