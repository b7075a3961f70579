"""A command: one function, one transaction, one rule, one event; a refusal is kept on record.

    @command(rule=may_extend, audit="due-date.extended")
    def extend_due_date(*, recommendation, to, reason, by, at, seen=None): ...

The body reads in this order: load → ``require(rule)`` → ``require_unchanged`` where the caller says
what it saw → next state by the pure rule → ``record_event`` → write. Everything is keyword-only;
``by`` is the account that acts and ``at`` the moment, both always there. A structure test reads
every module called ``services`` and fails for a public function that does otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from evenhand.core import Decision, Refused
from evenhand.web.ledger.batch import undone_on_error
from evenhand.web.ledger.keeping import asking_afresh
from evenhand.web.ledger.recording import record_refusal

P = ParamSpec("P")
R = TypeVar("R")

COMMANDS: dict[str, Command] = {}
"""Every command by its dotted name, as the structure tests and the documentation list them."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a command is held to."""

    name: str
    rule: Callable[..., Decision]
    audit: str
    run: Callable[..., Any]


def command(
    *, rule: Callable[..., Decision], audit: str
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a command: atomic as a whole, its refusals recorded after the rollback."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__.removeprefix('evenhand.web.')}.{function.__name__}"

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with asking_afresh(), undone_on_error(), transaction.atomic():
                    return function(*args, **kwargs)
            except Refused as refusal:
                _keep_refusal(name, kwargs, refusal)
                raise

        COMMANDS[name] = Command(name, rule, audit, run)
        return run

    return decorate


def _keep_refusal(name: str, arguments: dict[str, Any], refusal: Refused) -> None:
    record_refusal(command=name, by=arguments.get("by"), at=arguments["at"], reason=refusal.problem)
