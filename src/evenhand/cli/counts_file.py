"""Reads a tidy CSV of counts into arrays by unit, stratum and group, or says all that is wrong."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenhand.core import ContractBroken, NothingToMeasure, UnreadableFile
from evenhand.stats import Proportion, Rate

# A table of counts this large is a file of events under another name: `evenhand measure` reads
# those without holding them in memory.
LARGEST_FILE = 64 * 2**20
# More faults than this on one screen help nobody; the first ones are usually all alike.
FAULTS_SHOWN = 5

# Fifteen digits: beyond them neighbouring whole numbers are no longer different to a computer.
_WHOLE = r"(\d{1,15}|\d{1,3}(,\d{3}){1,4})"
_NUMBER = re.compile(_WHOLE, re.ASCII)
_DECIMAL = re.compile(_WHOLE + r"(\.\d{1,15})?", re.ASCII)
_PAIRS = (("count", "total"), ("events", "population"))
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CountsTable:
    """Counts of shape ``(units, strata, groups)`` with the names along each axis, in file order.

    A file without a unit or stratum column has one, with an empty name.
    """

    cells: Proportion | Rate
    units: tuple[str, ...]
    strata: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    """One thing wrong with one cell."""

    line: int
    column: str
    problem: str
    rule: str


def load_counts(path: Path) -> CountsTable:
    """Read group, count and total (or events and population), and stratum and unit if there.

    Raises UnreadableFile, ContractBroken or NothingToMeasure naming file, line, column and rule.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UnreadableFile(
            f"is not well-formed CSV: {error}.",
            file=str(path),
            line=reader.line_num,
            rule="csv-is-well-formed",
        ) from None
    if not rows:
        raise UnreadableFile("is empty.", file=str(path), rule="file-is-not-empty")
    header = [name.strip().lower() for name in rows[0][1]]
    pair = _require_columns(path, header)
    cells, faults = _read(rows[1:], header, pair)
    _require_sound(path, faults)
    if not cells:
        raise NothingToMeasure("has a header but no rows.", file=str(path))
    return _arrange(path, cells, pair)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(
                f"is larger than {LARGEST_FILE // 2**20} MiB.",
                file=str(path),
                rule="table-of-counts",
                remedy="Count the rows by group first, or use evenhand measure for events.",
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise UnreadableFile(f"{reason}.", file=str(path), rule="file-is-readable") from None
    if b"\0" in raw:
        raise UnreadableFile("is not a text file.", file=str(path), rule="file-is-text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets on Windows still save CSV in this code page; every byte but five has a
        # meaning in it.
        return raw.decode("cp1252", errors="replace")


def _require_columns(path: Path, header: list[str]) -> tuple[str, str]:
    repeated = sorted({name for name in header if header.count(name) > 1})
    present = [pair for pair in _PAIRS if set(pair) <= set(header)]
    if repeated:
        problem, rule = f"has two columns called {repeated[0]!r}.", "columns-are-named-once"
    elif "group" not in header:
        problem, rule = f"has no column “group”; it has {', '.join(header)}.", "columns-present"
    elif len(present) != 1:
        problem = f"needs count and total, or events and population; it has {', '.join(header)}."
        rule = "columns-present"
    else:
        return present[0]
    raise ContractBroken(
        problem,
        file=str(path),
        line=1,
        rule=rule,
        remedy="Write a header such as: group,count,total or unit,group,events,population.",
    )


def _read(
    rows: list[tuple[int, list[str]]], header: list[str], pair: tuple[str, str]
) -> tuple[dict[_Key, tuple[int, float]], list[_Fault]]:
    cells: dict[_Key, tuple[int, float]] = {}
    faults: list[_Fault] = []
    for line, row in rows:
        if len(row) != len(header):
            problem = f"has {len(row)} cells where the header has {len(header)}."
            faults.append(_Fault(line, "", problem, "rows-are-whole"))
            continue
        named = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
        found = _row_faults(line, named, pair)
        key = (named.get("unit", ""), named.get("stratum", ""), named["group"])
        if not found and key in cells:
            words = ", ".join(part for part in key if part)
            found = [_Fault(line, "group", f"{words} has a row already.", "rows-are-unique")]
        faults += found
        if not found:
            cells[key] = (int(_plain(named[pair[0]])), float(_plain(named[pair[1]])))
    return cells, faults


def _row_faults(line: int, named: dict[str, str], pair: tuple[str, str]) -> list[_Fault]:
    names = [name for name in ("unit", "stratum", "group") if name in named]
    faults = [
        _Fault(line, name, f"{name} is blank.", "names-are-filled-in")
        for name in names
        if not named[name]
    ]
    faults += [
        _Fault(line, name, f"{name} holds characters that cannot be shown.", "names-are-printable")
        for name in names
        if not named[name].isprintable()
    ]
    patterns = {pair[0]: _NUMBER, pair[1]: _DECIMAL if pair[1] == "population" else _NUMBER}
    for name, pattern in patterns.items():
        if not pattern.fullmatch(named[name]):
            kind = "a number" if pattern is _DECIMAL else "a whole number"
            problem = f"{named[name][:40]!r} is not {kind} of 0 or more."
            faults.append(_Fault(line, name, problem, "counts-are-whole"))
    if (
        not faults
        and pair[1] == "total"
        and int(_plain(named["count"])) > int(_plain(named["total"]))
    ):
        problem = f"count {named['count']} is above its total {named['total']}."
        faults.append(_Fault(line, "count", problem, "count-within-total"))
    return faults


def _plain(number: str) -> str:
    return number.replace(",", "")


def _require_sound(path: Path, faults: list[_Fault]) -> None:
    if not faults:
        return
    first, others = faults[0], faults[1:FAULTS_SHOWN]
    more = [
        f"Also line {each.line:,}{f', column “{each.column}”' if each.column else ''}: "
        f"{each.problem} [rule: {each.rule}]"
        for each in others
    ]
    if len(faults) > FAULTS_SHOWN:
        more.append(f"And {len(faults) - FAULTS_SHOWN:,} more.")
    raise ContractBroken(
        first.problem,
        file=str(path),
        line=first.line,
        column=first.column,
        rule=first.rule,
        remedy=" ".join(more),
    )


def _arrange(
    path: Path, cells: dict[_Key, tuple[int, float]], pair: tuple[str, str]
) -> CountsTable:
    units, strata, groups = (tuple(dict.fromkeys(key[i] for key in cells)) for i in range(3))
    if len(groups) < 2:
        raise ContractBroken(
            f"has one group only, {groups[0]!r}: there is nothing to compare.",
            file=str(path),
            column="group",
            rule="two-groups-or-more",
        )
    shape = (len(units), len(strata), len(groups))
    counts, sizes = np.zeros(shape, np.int64), np.zeros(shape)
    for i, unit in enumerate(units):
        for j, stratum in enumerate(strata):
            for k, group in enumerate(groups):
                if (unit, stratum, group) not in cells:
                    raise _missing(path, (unit, stratum, group), pair[1])
                counts[i, j, k], sizes[i, j, k] = cells[unit, stratum, group]
    made = Proportion(counts, sizes) if pair[1] == "total" else Rate(counts, sizes)
    return CountsTable(made, units, strata, groups)


def _missing(path: Path, key: _Key, size: str) -> ContractBroken:
    unit, stratum, group = key
    where = " and ".join(
        f"{name} {value!r}" for name, value in (("unit", unit), ("stratum", stratum)) if value
    )
    return ContractBroken(
        f"has no row for group {group!r} in {where}.",
        file=str(path),
        column="group",
        rule="every-cell-has-a-row",
        remedy=f"Add the row; where nobody is in the group write a {size} of 0.",
    )
