"""An edited cell as the commands that would carry it out, or the rule by which it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from evenhand.accountability.permissions import may_extend
from evenhand.web.register.queries import ItemRow
from evenhand.web.work.sheets.columns import AS_AT, DUE, LEVEL, OWNER, THEMES, TITLE

if TYPE_CHECKING:
    from evenhand.web.work.sheets.compare import Standing

LONGEST_TITLE = 200  # characters, as its column in the database

Refusal = tuple[str, str]
"""The rule, and the problem in words."""

Steps = list[tuple[str, dict[str, Any]]]
"""Commands by name, each with its arguments."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell as it stands and as it was edited, with the reason given in its row."""

    row: ItemRow
    column: str
    before: str
    after: str
    reason: str
    cells: Mapping[str, str]


def check_edit(edit: Edit, *, standing: Standing) -> Steps | Refusal:
    """The commands for an edit, or the rule that refuses it."""
    if edit.column not in (TITLE, THEMES) and not edit.row.is_item:
        return "work-hangs-on-items", "This recommendation is split; change its parts instead."
    return _CHECKS[edit.column](edit, standing)


def _title(edit: Edit, _standing: Standing) -> Steps | Refusal:
    if len(edit.after) > LONGEST_TITLE or "\n" in edit.after:
        problem = f"A working title is one line of at most {LONGEST_TITLE} characters."
        return "title-length", problem
    return [("retitle", {"title": edit.after})]


def _owner(edit: Edit, standing: Standing) -> Steps | Refusal:
    if edit.after and edit.after not in standing.parties:
        problem = f"There is no person, team or body “{edit.after}”; write it as team:learning."
        return "party-exists", problem
    if edit.after:
        given = {"party": edit.after, "starts": standing.today, "reason": edit.reason}
        return [("assign_duty", given)]
    if not edit.reason:
        return "changes-have-reasons", "Taking an owner away needs a reason in its column."
    ended = {"party": edit.before, "on": standing.today, "reason": edit.reason}
    return [("end_duty", ended)]


def _due(edit: Edit, standing: Standing) -> Steps | Refusal:
    decision = may_extend(standing.actor, edit.row.item)
    if not decision:
        return "may-extend", decision.reason
    due = edit.row.due
    if due and not edit.reason:
        return "changes-have-reasons", "Moving or lifting a date needs a reason in its column."
    if not edit.after:
        return [("lift_due_date", {"reason": edit.reason})]
    day = _find_day(edit.after)
    if day is None:
        return "dates-are-dates", f"“{edit.after}” is not a date; write it as 2006-05-24."
    if due is None:
        return [("set_due_date", {"due_on": day, "reason": edit.reason})]
    if due.due_on and day <= due.due_on:
        return "extensions-are-later", "A date can only be moved later."
    return [("extend_due_date", {"to": day, "reason": edit.reason})]


def _level(edit: Edit, standing: Standing) -> Steps | Refusal:
    levels = {each.words: each for each in standing.scales[edit.row.scale].levels}
    if not edit.after:
        return "levels-are-replaced", "A reported level is replaced by another, never removed."
    if edit.after not in levels:
        choice = "; ".join(levels)
        return "levels-belong-to-their-scale", f"This report’s own levels are: {choice}."
    if not edit.reason:
        return "changes-have-reasons", "A level needs a reason: say where it is reported."
    said = edit.cells.get(AS_AT, "")
    old = edit.row.level.as_at.isoformat() if edit.row.level else ""
    day = standing.today if said in ("", old) else _find_day(said)
    if day is None or day > standing.today:
        return "reported-days-are-past", f"“{said}” is not a date up to today."
    code = levels[edit.after].code
    return [("report_level", {"level": code, "as_at": day, "reason": edit.reason})]


def _as_at(edit: Edit, standing: Standing) -> Steps | Refusal:
    level = edit.row.level
    said = edit.cells.get(LEVEL, level.words if level else "")
    if said != (level.words if level else ""):
        return []  # it goes with the new level, whose own cell carries both
    if level is None or not edit.after:
        return "levels-belong-to-their-scale", "A day is given with a level, and stays with it."
    day = _find_day(edit.after)
    if day is None or day > standing.today:
        return "reported-days-are-past", f"“{edit.after}” is not a date up to today."
    if not edit.reason:
        return "changes-have-reasons", "A level needs a reason: say where it is reported."
    return [("report_level", {"level": level.code, "as_at": day, "reason": edit.reason})]


def _themes(edit: Edit, standing: Standing) -> Steps | Refusal:
    wanted = {part.strip() for part in edit.after.split(";")} - {""}
    strange = sorted(wanted - standing.themes)
    if strange:
        return "theme-exists", f"There is no theme {', '.join(strange)}; add it first."
    now = {theme.ref for theme in edit.row.themes}
    added: Steps = [("tag", {"theme": ref}) for ref in sorted(wanted - now)]
    return added + [("untag", {"theme": ref}) for ref in sorted(now - wanted)]


def _find_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_CHECKS: dict[str, Callable[[Edit, Any], Steps | Refusal]] = {
    TITLE: _title,
    OWNER: _owner,
    DUE: _due,
    LEVEL: _level,
    AS_AT: _as_at,
    THEMES: _themes,
}
