"""Carry out an edited spreadsheet: every change by its own command, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from evenhand.accountability.permissions import may_keep
from evenhand.core import EvenhandError, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import ChangedMeanwhile
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event
from evenhand.web.register import services as register
from evenhand.web.work.sheets.outcomes import Change, Fault, SheetRefused

STEPS: Mapping[str, Callable[..., object]] = {
    "retitle": register.retitle,
    "assign_duty": register.assign_duty,
    "end_duty": register.end_duty,
    "set_due_date": register.set_due_date,
    "extend_due_date": register.extend_due_date,
    "lift_due_date": register.lift_due_date,
    "report_level": register.report_level,
    "tag": register.tag,
    "untag": register.untag,
}
UNVERSIONED = frozenset({"tag", "untag"})  # they take no version: it is compared here


@command(rule=may_keep, audit="spreadsheet.applied")
def apply_spreadsheet(
    *,
    changes: Sequence[Change],
    sha256: str,
    by: User,
    at: datetime,
    left_out: Sequence[int] = (),
) -> int:
    """Carry out every change of a spreadsheet, or none where one is refused; how many there were.

    Each change is made, asked its rule and recorded by the command that a page would have called,
    with the version the row was exported from.

    Authorisation: `may_keep`, and the rule of every command. Audit: ``spreadsheet.applied``, with
    the file's hash and the rows left out, beside the event of each change.
    """
    actor = get_actor(by, at=at)
    require(may_keep(actor))
    if not changes:
        raise UsageProblem(
            "this spreadsheet changes nothing.", rule="spreadsheets-change-something"
        )
    faults = [fault for change in changes if (fault := _carry_out(change, by=by, at=at))]
    if faults:
        raise SheetRefused(faults)
    record_event(
        kind="spreadsheet.applied",
        subject=f"spreadsheet:{sha256}",
        by=actor,
        at=at,
        after={
            "changes": len(changes),
            "items": len({change.ref for change in changes}),
            "left_out": list(left_out),
        },
    )
    return len(changes)


def _carry_out(change: Change, *, by: User, at: datetime) -> Fault | None:
    arguments: dict[str, Any] = dict(change.arguments)
    try:
        if change.command in UNVERSIONED:
            subject = f"recommendation:{change.ref}"
            require_unchanged(subject, arguments.pop("seen"), aspect="theme")
        STEPS[change.command](recommendation=change.ref, by=by, at=at, **arguments)
    except EvenhandError as error:
        known = isinstance(error, ChangedMeanwhile)
        rule = error.rule or ("second-editor-sees-first" if known else error.kind)
        return Fault(
            change.line, change.ref, change.column, rule, f"{error.problem} {error.remedy}"
        )
    return None
