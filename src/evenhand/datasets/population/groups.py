"""Which edition a table's ethnic groups are in, and which of them it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.codelists import Codelist, get_codelist
from evenhand.core import ContractBroken
from evenhand.datasets.population.layout import list_ethnicity_editions


@dataclass(frozen=True, slots=True)
class Grouping:
    """An edition, and the code each label of the table means in it; left-out labels have none."""

    edition: Codelist
    codes: dict[str, str]


def get_grouping(labels: Iterable[str], *, file: str) -> Grouping:
    """The edition all of whose groups the table has; refused with what is missing or unknown."""
    cells = tuple(dict.fromkeys(labels))
    speaking = [each for each in list_ethnicity_editions() if not _unknown(each, cells)]
    whole = [each for each in speaking if not _missing(each, cells)]
    if whole:
        # The most detailed edition that is whole: its subtotals are then left out, not counted.
        return _grouping(max(whole, key=lambda each: len(each.values)), cells)
    if speaking:
        raise _lacks_groups(min(speaking, key=lambda each: len(_missing(each, cells))), cells, file)
    return _by_headings(cells, file=file)


def _grouping(edition: Codelist, cells: tuple[str, ...]) -> Grouping:
    found = {cell: edition.find(cell) for cell in cells}
    return Grouping(edition, {cell: code.code for cell, code in found.items() if code is not None})


def _unknown(edition: Codelist, cells: tuple[str, ...]) -> list[str]:
    unknown = edition.list_unknown(cells)
    return [cell for cell in unknown if not edition.find_reason_left_out(cell)]


def _missing(edition: Codelist, cells: tuple[str, ...]) -> list[str]:
    present = {code.code for cell in cells if (code := edition.find(cell))}
    return [f"{code.label} ({code.code})" for code in edition.values if code.code not in present]


def _by_headings(cells: tuple[str, ...], *, file: str) -> Grouping:
    """Tables finer than any edition (288 groups) are added up by the heading before the colon."""
    broad = get_codelist("ethnicity-broad")
    headings = {cell: cell.partition(":")[0] for cell in cells if ":" in cell}
    plain = tuple(cell for cell in cells if cell not in headings)
    known = not _unknown(broad, (*headings.values(), *plain))
    if not known or _missing(broad, tuple(headings.values())):
        raise _unknown_groups(cells, file)
    codes = {cell: code.code for cell, head in headings.items() if (code := broad.find(head))}
    return Grouping(broad, codes)


def _lacks_groups(edition: Codelist, cells: tuple[str, ...], file: str) -> ContractBroken:
    return ContractBroken(
        f"the table is in the groups of {edition.id} but lacks"
        f" {', '.join(_missing(edition, cells))}.",
        file=file,
        rule="population-has-every-group",
        remedy="Without the group its residents would be counted as nobody; take the full table.",
    )


def _unknown_groups(cells: tuple[str, ...], file: str) -> ContractBroken:
    nearest = min(list_ethnicity_editions(), key=lambda each: len(_unknown(each, cells)))
    unknown = _unknown(nearest, cells)
    shown = ", ".join(f"“{label}”" for label in unknown[:5])
    more = f" and {len(unknown) - 5:,} more" if len(unknown) > 5 else ""
    return ContractBroken(
        f"no edition of ethnic group knows every label; {nearest.id} comes nearest and does not"
        f" know {shown}{more}.",
        file=file,
        rule="population-groups-known",
        remedy=f"See the spellings with `evenhand codelist {nearest.id} --json`.",
    )
