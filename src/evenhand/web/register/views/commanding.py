"""What every page that commands does the same way: one form, one command, and back.

A page about one recommendation is a value:

    extend = item_page(ItemCommand(told=…, rule=…, form=ExtendForm, run=extend_due_date))

What the command cannot accept is told on the form, with what was typed kept (422). Where somebody
else changed the same thing meanwhile, the form shows what they changed and can be sent again (409).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenhand.accountability.permissions import may_enter
from evenhand.accountability.roles import Actor
from evenhand.core import Decision, UsageProblem, require
from evenhand.web.foundation.errors import ChangedMeanwhile
from evenhand.web.foundation.pages import PageRequest, View, page, read_seen
from evenhand.web.ledger.queries import Happening, get_version, list_changes_since
from evenhand.web.register.queries import ItemRow, get_item

Facts = Sequence[tuple[str, str]]
Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a page that commands; ``warning``: what cannot be undone, and what stays."""

    title: str
    button: str
    done: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A form on its way to a command.

    ``subject`` is the thing whose changes meanwhile must be seen (empty: the command compares
    nothing), and ``aspect`` that part of it on which the choices of the form depend; ``back`` the
    address to return to; ``facts`` what stands now; ``exact`` the words the form is about;
    ``template`` and ``beside`` what a page shows beside its form.
    """

    told: Told
    form: forms.Form
    run: Callable[..., object]
    back: str
    subject: str = ""
    aspect: str = ""
    crumbs: Crumbs = ()
    facts: Facts = ()
    exact: str = ""
    template: str = "foundation/command.html"
    beside: Mapping[str, object] = field(default_factory=dict)


def send(request: PageRequest, sending: Sending) -> HttpResponse:
    """Show the form, or run the command with what it holds and go back."""
    form, status = sending.form, 200
    changes: Sequence[Happening] = ()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _run(request, sending)
            except UsageProblem as problem:
                form.add_error(None, _said(problem))
            except ChangedMeanwhile as error:
                changes, status = error.changes, 409
            else:
                messages.success(request, sending.told.done)
                return redirect(sending.back)
        elif changes := _list_changes(request, sending):  # why a choice is not there any more
            status = 409
    context = {
        **sending.beside,
        "title": sending.told.title,
        "button": sending.told.button,
        "warning": sending.told.warning,
        "form": form,
        "back": sending.back,
        "crumbs": sending.crumbs,
        "facts": sending.facts,
        "exact": sending.exact,
        "changes": changes,
        "version": _version(request, sending, changed=bool(changes)),
    }
    return render(request, sending.template, context, status=status)


def _run(request: PageRequest, sending: Sending) -> None:
    arguments = {key: value for key, value in sending.form.cleaned_data.items() if key != "confirm"}
    if sending.subject:
        arguments["seen"] = read_seen(request)
    sending.run(by=request.account, at=request.moment, **arguments)


def _list_changes(request: PageRequest, sending: Sending) -> Sequence[Happening]:
    """What was changed of this aspect since the form was drawn."""
    seen = read_seen(request)
    if not sending.aspect or seen is None:
        return ()
    return list_changes_since(sending.subject, seen, aspect=sending.aspect)


def _version(request: PageRequest, sending: Sending, *, changed: bool) -> int | None:
    """The version the form is drawn from: the first, until the changes since have been shown."""
    if not sending.subject:
        return None
    seen = read_seen(request) if request.method == "POST" else None
    return get_version(sending.subject) if seen is None or changed else seen


def _said(problem: UsageProblem) -> str:
    said = f"{problem.problem[:1].upper()}{problem.problem[1:]}"
    return f"{said} {problem.remedy}".strip()


class ItemForm(forms.Form):
    """A form about one recommendation; ``prepare`` fills in its choices."""

    def __init__(self, *args: Any, item: ItemRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.prepare()

    def prepare(self) -> None:
        """Choices and first values that depend on the item."""


@dataclass(frozen=True, slots=True)
class ItemCommand:
    """A command over one recommendation as a page: who may, what is asked, what is run.

    ``lands_on`` is the page about the recommendation to return to, at its ``section``;
    ``versioned`` where the command compares what its caller had seen; ``aspect`` as in
    :class:`Sending`; ``fixed`` are arguments that nobody types.
    """

    told: Told
    rule: Callable[[Actor, ItemRow], Decision]
    form: type[ItemForm]
    run: Callable[..., object]
    lands_on: str = "work:item"
    section: str = ""
    versioned: bool = True
    aspect: str = ""
    facts: Callable[[ItemRow], Facts] = lambda _row: ()
    fixed: Mapping[str, object] = field(default_factory=dict)


def item_page(command: ItemCommand) -> View:
    """The view of a command over one recommendation."""

    @page(may_enter)
    def show(request: PageRequest, ref: str) -> HttpResponse:
        """The form, its command, and back to the recommendation."""
        return send_about(request, ref, command)

    return show


def send_about(request: PageRequest, ref: str, command: ItemCommand) -> HttpResponse:
    """Ask the rule of a command about a recommendation, then show or send its form."""
    row = get_item(ref, as_of=request.as_of)
    require(command.rule(request.actor, row))

    def run(**arguments: Any) -> object:
        return command.run(recommendation=ref, **command.fixed, **arguments)

    # An address may bring what the form is to begin with, as a page that leads here knows it.
    given = {"initial": request.GET.dict()} if request.GET else {}
    sending = Sending(
        told=command.told,
        form=command.form(request.POST or None, request.FILES or None, item=row, **given),
        run=run,
        back=reverse(command.lands_on, args=(ref,)) + (command.section and f"#{command.section}"),
        subject=row.subject if command.versioned else "",
        aspect=command.aspect,
        crumbs=build_crumbs(row),
        facts=command.facts(row),
        exact=row.text,
    )
    return send(request, sending)


def build_crumbs(row: ItemRow) -> Crumbs:
    """Where a page about a recommendation lies."""
    return (
        ("Recommendations", reverse("work:items")),
        (row.label, reverse("work:item", args=(row.ref,))),
    )
