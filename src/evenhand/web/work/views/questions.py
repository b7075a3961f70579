"""Questions put to owners: the list of those open, a page for each, and what may be said next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.machines import CHALLENGE
from evenhand.accountability.permissions import (
    may_answer,
    may_challenge,
    may_enter,
    may_read,
    may_settle,
)
from evenhand.accountability.roles import Actor
from evenhand.core import Decision, require
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.narrowing import Choice
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.foundation.templatetags.register_pages import narrative_of
from evenhand.web.ledger.erasure import list_erasures
from evenhand.web.register.queries import ItemRow, get_item, list_items
from evenhand.web.register.views.commanding import (
    ItemCommand,
    Sending,
    Told,
    build_crumbs,
    item_page,
    send,
)
from evenhand.web.work import services
from evenhand.web.work.forms import (
    AgainForm,
    AnswerForm,
    ConfirmForm,
    QuestionForm,
    WithdrawForm,
)
from evenhand.web.work.queries import ChallengeRow, get_challenge, list_challenges
from evenhand.web.work.views.filters import list_choices, read_filter

Rule = Callable[[Actor, ItemRow, ChallengeRow], Decision]


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its item, as the list shows it; ``late``: its day for an answer is past."""

    question: ChallengeRow
    item: ItemRow
    late: bool


ask = item_page(
    ItemCommand(
        told=Told("Ask a question", "Ask it", "The question is on the record."),
        rule=lambda actor, row: may_challenge(actor, row.item),
        form=QuestionForm,
        run=services.put_challenge,
        section="questions",
        versioned=False,
    )
)


@page(may_enter)
def show_all(request: PageRequest) -> HttpResponse:
    """Questions to the items that the reader’s roles reach: those open first, unless asked."""
    query = request.GET.copy()
    state = query.get("answered", "open")
    narrowed = read_filter(request.GET)
    items = {row.ref: row for row in list_items(narrowed, as_of=request.as_of, actor=request.actor)}
    rows = list_challenges(as_of=request.as_of, state=state if state in CHALLENGE.codes else "")
    lines = [
        Line(row, items[row.item], _is_late(row, request)) for row in rows if row.item in items
    ]
    lines.sort(key=lambda line: (not line.late, line.question.asked_on))
    part = cut_pages(request, lines)
    states = tuple((each.code, each.words) for each in CHALLENGE.states)
    by_state = Choice("answered", "State of the question", states, state)
    kept = {"inquiry", "theme", "strand", "owner", "body"}
    context = {
        "page": part,
        "state": state,
        "late": sum(line.late for line in lines),
        "names": list_names(line.question.asked_by for line in part.rows),
        "choices": [
            by_state,
            *(each for each in list_choices(request.GET, as_of=request.as_of) if each.name in kept),
        ],
        "query": request.GET,
    }
    return render(request, "work/questions.html", context)


@page(may_enter)
def show(request: PageRequest, key: str) -> HttpResponse:
    """One question with its answers, and what may be said next."""
    row = get_challenge(key, as_of=request.as_of)
    item = get_item(row.item, as_of=request.as_of)
    require(may_read(request.actor, item.item))
    verbs = () if request.as_of.past else CHALLENGE.verbs_from(row.state)
    context = {
        "question": row,
        "item": item,
        "late": _is_late(row, request),
        "names": list_names({row.asked_by, *(answer.by for answer in row.answers)}),
        "erased": list_erasures(row.subject),
        "may_do": {verb: bool(RULES[verb](request.actor, item, row)) for verb in verbs},
    }
    return render(request, "work/question_page.html", context)


@page(may_enter)
def answer(request: PageRequest, key: str) -> HttpResponse:
    """Answer, for whoever owns the item."""
    told = Told("Answer the question", "Answer it", "The answer is on the record.")
    form = AnswerForm(request.POST or None)
    return _send(request, key, told, form, services.answer_challenge, verb="answer")


@page(may_enter)
def again(request: PageRequest, key: str) -> HttpResponse:
    """Say what the answer left out."""
    told = Told("Ask again", "Ask again", "The question is open again.")
    form = AgainForm(request.POST or None)
    return _send(request, key, told, form, services.ask_again, verb="ask_again")


@page(may_enter)
def settle(request: PageRequest, key: str) -> HttpResponse:
    """Say that the answer is enough."""
    told = Told(
        "Settle the question",
        "The answer is enough",
        "The question is settled.",
        "A settled question is not opened again; a new one can be asked.",
    )
    form = ConfirmForm(request.POST or None)
    return _send(request, key, told, form, services.settle_challenge, verb="settle")


@page(may_enter)
def withdraw(request: PageRequest, key: str) -> HttpResponse:
    """Stop asking."""
    told = Told(
        "Withdraw the question",
        "Withdraw it",
        "The question is withdrawn, and stays on the record.",
        "A withdrawn question is not opened again; a new one can be asked.",
    )
    form = WithdrawForm(request.POST or None)
    return _send(request, key, told, form, services.withdraw_challenge, verb="withdraw")


def _is_late(row: ChallengeRow, request: PageRequest) -> bool:
    return bool(row.state == "open" and row.answer_by and row.answer_by < request.as_of.on)


def _may_answer(actor: Actor, item: ItemRow, _row: ChallengeRow) -> Decision:
    return may_answer(actor, item.item)


def _may_settle(actor: Actor, item: ItemRow, row: ChallengeRow) -> Decision:
    return may_settle(actor, item.item, asked_by=row.asked_by)


RULES: dict[str, Rule] = {
    "answer": _may_answer,
    "settle": _may_settle,
    "ask_again": _may_settle,
    "withdraw": _may_settle,
}


def _send(
    request: PageRequest,
    key: str,
    told: Told,
    form: forms.Form,
    run: Callable[..., object],
    *,
    verb: str,
) -> HttpResponse:
    row = get_challenge(key, as_of=request.as_of)
    item = get_item(row.item, as_of=request.as_of)
    require(may_read(request.actor, item.item))
    require(RULES[verb](request.actor, item, row))
    address = reverse("work:question", args=(key,))
    said = [("Question", narrative_of(row.question, None))]
    said += [("Answer", narrative_of(each.text, None)) for each in row.answers]
    sending = Sending(
        told=told,
        form=form,
        run=partial(run, challenge=key),
        back=address,
        subject=row.subject,
        crumbs=(*build_crumbs(item), ("Question", address)),
        facts=said,
        exact=item.text,
    )
    return send(request, sending)
