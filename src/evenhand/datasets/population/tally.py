"""Adds the entries up by area and group, and keeps what marks a gap apart from what is zero."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from evenhand.core import ContractBroken
from evenhand.datasets.population.counts import parse_count
from evenhand.datasets.population.entries import Entry
from evenhand.datasets.population.groups import Grouping

Area = tuple[str, str]
"""The code and the name an area has in the table; either may be empty."""


@dataclass(slots=True)
class Tally:
    """Residents by area and group code; ``signs`` what stands in place of a number."""

    people: defaultdict[Area, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    signs: dict[tuple[Area, str], tuple[str, int]] = field(default_factory=dict)
    totals: dict[Area, int] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def build_tally(entries: Iterable[Entry], grouping: Grouping, *, file: str, dotted: bool) -> Tally:
    """Count residents; a cell that is no count of people is refused with its line and column."""
    tally = Tally()
    for entry in entries:
        number = _number(entry, file=file, dotted=dotted)
        area = (entry.code, entry.name)
        group = grouping.codes.get(entry.label)
        if group is None:
            _leave_out(tally, entry, number, grouping)
        elif number is None:
            tally.signs[area, group] = (str(entry.cell or "").strip(), entry.line)
        else:
            tally.people[area][group] = tally.people[area].get(group, 0) + number
    _require_totals(tally, file=file)
    return tally


def _number(entry: Entry, *, file: str, dotted: bool) -> int | None:
    try:
        return parse_count(entry.cell, dotted=dotted)
    except ContractBroken as problem:
        raise ContractBroken(
            problem.problem,
            file=file,
            line=entry.line,
            column=" ".join(entry.column.split()),
            rule=problem.rule,
            remedy="Put it right at its source; a gap is marked with N/A.",
        ) from None


def _leave_out(tally: Tally, entry: Entry, number: int | None, grouping: Grouping) -> None:
    tally.left_out[entry.label] += 1
    why = grouping.edition.find_reason_left_out(entry.label) or ""
    if why.startswith("a total") and number is not None:
        area = (entry.code, entry.name)
        tally.totals[area] = tally.totals.get(area, 0) + number


def _require_totals(tally: Tally, *, file: str) -> None:
    """Where the table carries a total and no gap, the groups must add up to it."""
    gaps = {area for area, _ in tally.signs}
    for area, total in tally.totals.items():
        added = sum(tally.people[area].values())
        if area not in gaps and added != total:
            raise ContractBroken(
                f"the groups of {area[1] or area[0]} add up to {added:,} but the table says"
                f" {total:,}.",
                file=file,
                rule="groups-add-up-to-the-total",
            )
