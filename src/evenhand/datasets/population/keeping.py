"""Residents kept in a lake: the table as it was published, and the look-up of areas beside it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.codelists import get_codelist
from evenhand.core import UnreadableFile, UsageProblem
from evenhand.datasets.faults import Rule, Severity
from evenhand.datasets.lake import Lake, Manifest
from evenhand.datasets.population.areas import AREA_COLUMNS
from evenhand.datasets.population.load import load_population
from evenhand.datasets.population.residents import Population
from evenhand.datasets.report import Fault, FileReport, Gap, QualityReport

CONTRACT, VERSION = "residents", 1
TABLE, AREAS = "population", "areas"

RULES = {
    rule.id: rule
    for rule in (
        Rule("areas-belong-to-services", Severity.ROW, "every area belongs to a police service",
             "Give a look-up of your own with area_code, area_name and service, as a second file."),
        Rule("every-group-has-a-number", Severity.ROW, "every group of an area has a number",
             "If the sign there stands for nobody, write 0 in its place."),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptResidents:
    """What one keeping did; ``id`` is empty where this very table is kept already."""

    id: str
    report: QualityReport


def check_residents(paths: Sequence[Path]) -> QualityReport:
    """Say what of a table of residents cannot be counted, and for which services.

    A row is one group in one area. ``paths`` are the table and, if need be, a look-up of areas
    (CSV with the columns area_code, area_name, service), in any order.

    Raises
    ------
    UsageProblem
        Not one table and at most one look-up.
    UnreadableFile, ContractBroken
        As :func:`load_population`.
    """
    table, areas = _sort(paths)
    return _report(load_population(table, areas=areas), table)


def keep_residents(paths: Sequence[Path], *, lake: Lake, at: dt.datetime) -> KeptResidents:
    """Keep a table of residents; the one kept last is what rates are over until it is withdrawn.

    Parameters, errors and counts are those of :func:`check_residents`.
    """
    table, areas = _sort(paths)
    report = _report(load_population(table, areas=areas), table)
    files = {TABLE: table} | ({AREAS: areas} if areas else {})
    contents = {name: _fingerprint(path) for name, path in files.items()}
    ident = hashlib.sha256(f"{CONTRACT}-{VERSION}:{sorted(contents.items())}".encode())
    name = ident.hexdigest()[:16]
    with lake.receive() as incoming:
        if name in {load.id for load in lake.list_loads()}:
            return KeptResidents("", report)
        kept = [
            {"name": f"{part}{path.suffix}", "content": contents[part], "rows": 0}
            for part, path in files.items()
        ]
        for entry, path in zip(kept, files.values(), strict=True):
            shutil.copyfile(path, incoming.folder / str(entry["name"]))
        incoming.publish(
            {
                "id": name,
                "contract": CONTRACT,
                "version": VERSION,
                "at": at.astimezone(dt.UTC).isoformat(),
                "files": kept,
                "parts": [],
                "report": report.as_dict(),
            }
        )
    return KeptResidents(name, report)


def find_kept(lake: Lake) -> Manifest | None:
    """The table of residents that counts: the one kept last."""
    return max(lake.list_loads(), key=lambda load: load.at, default=None)


def read_residents(lake: Lake) -> Population | None:
    """The residents that count; None where no table was kept, or every one was withdrawn."""
    kept = find_kept(lake)
    if kept is None:
        return None
    paths = {Path(file["name"]).stem: kept.folder / file["name"] for file in kept.files}
    return load_population(paths[TABLE], areas=paths.get(AREAS))


def _sort(paths: Sequence[Path]) -> tuple[Path, Path | None]:
    """The table and the look-up, told apart by the look-up's header."""
    look_ups = [path for path in paths if _is_look_up(path)]
    tables = [path for path in paths if path not in look_ups]
    if len(tables) != 1 or len(look_ups) > 1:
        raise UsageProblem(
            f"there are {len(tables)} tables of residents and {len(look_ups)} look-ups of areas.",
            rule="one-table-of-residents",
            remedy="Give one table of residents and, if need be, one look-up with the columns "
            f"{', '.join(AREA_COLUMNS)}.",
        )
    return tables[0], (look_ups[0] if look_ups else None)


def _is_look_up(path: Path) -> bool:
    if path.suffix != ".csv":
        return False
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines), [])
    except OSError:
        raise UnreadableFile("there is no such file.", file=path.name, rule="file-exists") from None
    except UnicodeDecodeError:
        return False
    return set(AREA_COLUMNS) <= {cell.strip() for cell in header}


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _report(people: Population, table: Path) -> QualityReport:
    faults = tuple(_list_faults(people, table.name))
    aside = sum(fault.count for fault in faults)
    loaded = people.table.num_rows
    return QualityReport(
        contract=f"{CONTRACT}-{VERSION}",
        files=(FileReport(table.name, loaded + aside, loaded, aside),),
        faults=faults,
        gaps=tuple(_list_gaps(people)),
        ignored=(),
        errors=(),
        rules=tuple(RULES.values()),
    )


def _list_faults(people: Population, file: str) -> Iterator[Fault]:
    for area in people.unmatched:
        named = area.name or area.code
        found = f"{named}, where {area.residents:,} people live: {area.reason}"
        yield _fault(file, "areas-belong-to-services", "area", found)
    for gap in people.gaps:
        group = get_codelist(people.edition).get(gap.group).label
        found = f"“{gap.written}” for {group} in {gap.area_name}"
        yield _fault(file, "every-group-has-a-number", "residents", found, gap.line)


def _fault(file: str, rule: str, column: str, found: str, line: int | None = None) -> Fault:
    broken = RULES[rule]
    lines = () if line is None else (line,)
    return Fault(file, column, rule, broken.severity, broken.title, broken.remedy, found, 1, lines)


def _list_gaps(people: Population) -> Iterator[Gap]:
    for each in people.incomplete:
        sentence = f"{each.service} has no denominator: the table lacks {', '.join(each.missing)}."
        yield Gap("services-are-whole", each.service, "area", (), len(each.missing), 0, sentence)
    for name, count in people.left_out.items():
        sentence = f"“{name}” is a sum of others and was left out ({count} rows)."
        yield Gap("sums-left-out", "", "area", (), count, 0, sentence)
