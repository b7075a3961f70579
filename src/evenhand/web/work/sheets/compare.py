"""What an edited spreadsheet would change, row by row, and which rows are refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.permissions import may_keep
from evenhand.accountability.roles import Actor
from evenhand.accountability.scales import Scale
from evenhand.web.foundation.as_of import day_of
from evenhand.web.register.queries import ItemRow
from evenhand.web.work.sheets.columns import (
    CHECK,
    COLUMNS,
    DIGITS,
    REASON,
    REFERENCE,
    VERSION,
    WORDING,
    Column,
    build_cells,
    digest,
)
from evenhand.web.work.sheets.edits import Edit, check_edit
from evenhand.web.work.sheets.outcomes import Change, Comparison, Fault
from evenhand.web.work.sheets.read import SheetLine

Later = Mapping[str, Sequence[tuple[int, str, datetime]]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The register as it stands, as far as a comparison needs it.

    ``rows`` are those that the actor's roles reach, by reference; ``later`` says what happened to
    each since the oldest version in the sheet.
    """

    rows: Mapping[str, ItemRow]
    scales: Mapping[str, Scale]
    parties: frozenset[str]
    themes: frozenset[str]
    later: Later
    actor: Actor
    today: date


def compare(lines: Sequence[SheetLine], *, standing: Standing) -> Comparison:
    """What would change, and what is refused.

    Whether a cell was edited is told by the check in its row, so that what others changed since
    the export never looks like an edit. Where a cell was edited and the same thing was changed
    by somebody else since, the row is refused with what stands now.
    """
    seen: set[str] = set()
    changes: list[Change] = []
    faults: list[Fault] = []
    for line in lines:
        for found in _compare_line(line, standing, seen):
            (changes if isinstance(found, Change) else faults).append(found)  # type: ignore[arg-type]
    return Comparison(len(lines), tuple(changes), tuple(faults))


def _compare_line(line: SheetLine, standing: Standing, seen: set[str]) -> Iterator[Change | Fault]:
    ref = line.cells[REFERENCE]
    faults = [Fault(line.number, ref, *parts) for parts in _check_line(line, standing, seen)]
    seen.add(ref)
    if faults:
        yield from faults
        return
    row = standing.rows[ref]
    now = build_cells(row, scales=standing.scales)
    for column in _edited(line):
        after, before = line.cells[column.name], now[column.name]
        if after == before:
            continue  # somebody else has already made the same change
        if not column.aspect:
            yield Fault(line.number, ref, column.name, *_read_only(column))
            continue
        conflict = _find_conflict(line, column, standing)
        if conflict:
            told = (
                f"{conflict} It now says “{before}”." if before else f"{conflict} It is now empty."
            )
            yield Fault(line.number, ref, column.name, "second-editor-sees-first", told)
            continue
        edit = Edit(row, column.name, before, after, line.cells.get(REASON, ""), line.cells)
        found = check_edit(edit, standing=standing)
        if isinstance(found, tuple):
            yield Fault(line.number, ref, column.name, *found)
        else:
            for command, arguments in found:
                with_version = {**arguments, "seen": int(line.cells[VERSION])}
                yield Change(line.number, ref, column.name, before, after, command, with_version)


def _check_line(
    line: SheetLine, standing: Standing, seen: set[str]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a row before any cell of it is compared: (column, rule, problem)."""
    ref, check = line.cells[REFERENCE], line.cells[CHECK]
    for name in line.formulas:
        yield name, "no-formulas", "This cell holds a formula or an error; put its value instead."
    if ref not in standing.rows:
        yield REFERENCE, "item-exists", "No recommendation that you can reach has this reference."
        return
    if ref in seen:
        yield REFERENCE, "one-row-an-item", "This recommendation stands in an earlier row too."
    version = line.cells[VERSION]
    if not version.removeprefix("-").isdecimal():
        yield VERSION, "version-is-kept", "The version is not as it was exported."
    if len(check) != DIGITS * len(COLUMNS):
        yield CHECK, "version-is-kept", "The check is not as it was exported."
    if any(_edited(line)) and not may_keep(standing.actor, standing.rows[ref].where):
        yield REFERENCE, "may-keep", may_keep(standing.actor, standing.rows[ref].where).reason


def _edited(line: SheetLine) -> list[Column]:
    """The columns that do not say what was exported; a column that was taken out is unedited."""
    check = line.cells[CHECK]
    parts = [check[at : at + DIGITS] for at in range(0, len(check), DIGITS)]
    return [
        column
        for column, part in zip(COLUMNS, parts, strict=False)
        if column.name in line.cells and digest(line.cells[column.name]) != part
    ]


def _read_only(column: Column) -> tuple[str, str]:
    if column.name == WORDING:
        return (
            "exact-wording-is-published",
            "The exact wording is what was published and is never edited. "
            "Use the working title beside it.",
        )
    return "column-is-read-only", f"“{column.name}” is shown for reading and is not changed here."


def _find_conflict(line: SheetLine, column: Column, standing: Standing) -> str:
    """Who came first, when the same aspect was changed after the version in this row."""
    version = int(line.cells[VERSION])
    subject = standing.rows[line.cells[REFERENCE]].subject
    for sequence, kind, at in standing.later.get(subject, ()):
        if sequence > version and kind.startswith(f"{column.aspect}."):
            day = day_of(at)
            return f"Somebody else changed this on {day.day} {day:%B %Y}, after your export."
    return ""
