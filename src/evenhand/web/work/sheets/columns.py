"""The columns of the register as a spreadsheet, which of them may be edited, and a row's cells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.accountability.scales import Scale
from evenhand.web.register.queries import ItemRow
from evenhand.web.work.sheets.cells import tidy, write_date

REFERENCE, VERSION, CHECK, REASON = "reference", "version", "check", "reason for the change"
WORDING, TITLE, OWNER = "exact wording", "working title", "owner"
DUE, LEVEL, AS_AT, THEMES = "due date", "level on its own scale", "level as at", "themes"
BETWEEN = "; "  # themes of one cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``aspect`` names what the ledger calls a change to it; empty: it is read-only."""

    name: str
    aspect: str = ""
    is_date: bool = False


COLUMNS = (
    Column(REFERENCE),
    Column("inquiry"),
    Column("report"),
    Column("number"),
    Column("counted as an item"),
    Column(WORDING),
    Column(TITLE, "title"),
    Column("addressed to"),
    Column("response"),
    Column(OWNER, "duty"),
    Column("owner’s name"),
    Column(DUE, "due-date", is_date=True),
    Column("original due date", is_date=True),
    Column("times moved"),
    Column("state of the work"),
    Column("scale"),
    Column(LEVEL, "work"),
    Column(AS_AT, "work", is_date=True),
    Column(THEMES, "theme"),
    Column("as of", is_date=True),
)
HEADER = (*(column.name for column in COLUMNS), REASON, VERSION, CHECK)
DIGITS = 8  # of a hash in the check: 1 in 4 thousand million that an edit looks like none


def build_cells(row: ItemRow, *, scales: Mapping[str, Scale]) -> dict[str, str]:
    """One recommendation as cells, without the reason, the version and the check."""
    holder, due, level = row.holder, row.due, row.level
    values = (
        row.ref,
        row.inquiry_title,
        row.publication_title,
        row.number,
        "yes" if row.is_item else "no",
        row.text,
        row.title,
        row.addressed_name,
        row.response.state.replace("_", " ") if row.response else "",
        holder.party if holder else "",
        holder.name if holder else "",
        write_date(due.due_on if due else None),
        write_date(due.original_on if due else None),
        str(due.slips) if due else "",
        row.work.words if row.is_item else "",
        scales[row.scale].title,
        level.words if level else "",
        write_date(level.as_at if level else None),
        BETWEEN.join(sorted(theme.ref for theme in row.themes)),
        write_date(row.on),
    )
    named = zip(COLUMNS, values, strict=True)
    return {column.name: tidy(value) for column, value in named}


def build_check(cells: Mapping[str, str]) -> str:
    """A fingerprint of every cell, by which a later reader knows which of them were edited."""
    return "".join(digest(cells[column.name]) for column in COLUMNS)


def digest(text: str) -> str:
    """The fingerprint of one cell."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
