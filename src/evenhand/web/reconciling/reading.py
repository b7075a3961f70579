"""Read another body's export: a CSV with a reference, and what it says of text, status and date."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime

from evenhand.accountability.reconciling import Theirs, name_reference
from evenhand.core import UnreadableFile

MOST_BYTES = 5 << 20  # a ledger of ten thousand lines takes about 3 MiB
MOST_SHOWN = 5
COLUMNS = ("reference", "text", "status", "date")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y")
"""How a day may be written; a day and a month are never guessed at in another order."""


def read_outside(content: bytes, *, filename: str, publication: str) -> list[Theirs]:
    """The lines of the file. Every fault is told, with its line, and then nothing is kept."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(f"it is larger than {MOST_BYTES >> 20} MiB.", file=filename)
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise UnreadableFile(
            "it is not a CSV file in UTF-8.", file=filename, rule="known-format"
        ) from None
    names = {(name or "").strip().lower() for name in (rows[0] if rows else {})}
    if not rows or "reference" not in names:
        raise UnreadableFile(
            "it has no line, or no column “reference”.",
            file=filename,
            rule="outside-columns",
            remedy=f"Give the columns {', '.join(COLUMNS)}; all but the first may be left out.",
        )
    return _read_lines(rows, filename, publication)


def _read_lines(
    rows: list[dict[str | None, object]], filename: str, publication: str
) -> list[Theirs]:
    found: dict[str, Theirs] = {}
    faults = []
    for number, row in enumerate(rows, 2):
        cells = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
        reference = name_reference(cells.get("reference", ""), publication=publication)
        on, fault = _read_day(cells)
        if not reference:
            fault = "it has no reference"
        elif reference in found:
            fault = f"{reference} is there twice"
        if fault:
            faults.append(f"line {number}: {fault}")
            continue
        found[reference] = Theirs(reference, cells.get("text", ""), cells.get("status", ""), on)
    if faults:
        more = f", and {len(faults) - MOST_SHOWN} more" if len(faults) > MOST_SHOWN else ""
        raise UnreadableFile(
            f"{len(faults)} of its lines cannot be read: {'; '.join(faults[:MOST_SHOWN])}{more}.",
            file=filename,
            rule="outside-lines",
            remedy="Mend them in the file; nothing of it was kept.",
        )
    return list(found.values())


def _read_day(cells: Mapping[str, str]) -> tuple[date | None, str]:
    written = cells.get("date", "")
    if not written:
        return None, ""
    for pattern in DAYS:
        try:
            return datetime.strptime(written, pattern).date(), ""  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None, "its date is not written as 2008-03-31 or 31/03/2008"
