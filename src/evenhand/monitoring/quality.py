"""What was wrong with the files and what is missing from them, for the reader of the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evenhand.core import Cell, Column, Role, Table
from evenhand.datasets import Gap, Population, QualityReport
from evenhand.disclosure import ReleasedTable, review
from evenhand.indicators import service_label
from evenhand.monitoring.release import Release
from evenhand.publication import Block, Notice, Page, PageKind, TableView

QUALITY_PATH = "quality"

_GAP_TITLES = {
    "published-twice": "Months that may have been published twice",
    "month-missing": "Months without records",
    "stops-early": "Services whose records end early",
    "column-empty": "Columns that a service never fills in",
    "column-empty-in-months": "Columns left empty in some months",
    "midnight-only": "Times that were not recorded",
    "outside-file-month": "Stops dated outside their file’s month",
    "few-rows": "Months with very few records",
}


_GAP_MEANINGS = {
    "published-twice": "Nearly every row stands twice; figures count them as given, and every "
    "ratio is also given without exact repeats.",
    "month-missing": "A month without records is a gap, never counted as a zero.",
    "stops-early": "The months after are gaps, never counted as zeros.",
    "column-empty": "What needs that column cannot be measured there.",
    "column-empty-in-months": "What needs that column rests on the other months.",
    "midnight-only": "Every search of a month stands at midnight.",
    "outside-file-month": "Each counts in the month in which it happened, by the clock in London.",
    "few-rows": "Part of the month may be missing.",
}


def build_notices(
    report: QualityReport, population: Population | None, release: Release
) -> list[Notice]:
    """What a reader must know before the figures, one notice a kind; details on their page."""
    return [
        *_about_rows(report),
        *_about_gaps(report.gaps),
        *_about_residents(population, release),
    ]


def _about_rows(report: QualityReport) -> Iterable[Notice]:
    if report.rows_quarantined:
        yield Notice(
            "Rows set aside",
            f"{report.rows_quarantined:,} of {report.rows_read:,} rows were set aside, each with "
            "its file, line and rule; they are in no figure.",
            QUALITY_PATH,
        )
    if report.rows_repeated:
        share = report.rows_repeated / max(report.rows_loaded, 1)
        yield Notice(
            "Rows that repeat another exactly",
            f"{report.rows_repeated:,} rows ({share:.1%}) are exactly like another. Some are one "
            "search published twice, some two searches alike; the records cannot tell. Figures "
            "count them as given, and every ratio is also given without them.",
            QUALITY_PATH,
        )


def _about_gaps(gaps: Sequence[Gap]) -> Iterable[Notice]:
    by_rule: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        by_rule[gap.rule].append(gap)
    for rule, title in _GAP_TITLES.items():
        found = by_rule.get(rule, [])
        if not found:
            continue
        services = dict.fromkeys(service_label(gap.service) for gap in found)
        meaning = _GAP_MEANINGS.get(rule, "")
        yield Notice(title, f"{_several(list(services))}. {meaning}".strip(), QUALITY_PATH)


def _several(names: list[str], most: int = 6) -> str:
    shown = ", ".join(names[:most])
    rest = len(names) - most
    return f"{shown} and {rest:,} more" if rest > 0 else shown


def _about_residents(population: Population | None, release: Release) -> Iterable[Notice]:
    if population is None:
        yield Notice(
            "No residents were given",
            "Without a population no rate for a group can be worked out. Give one with "
            "--population; outcomes of searches are compared all the same.",
        )
        return
    if visited := _services(release, visited=True):
        yield Notice(
            "Services that search more people than live there",
            f"{_several(visited)}: too many searches for the number of residents, so that they "
            "cannot be the people searched. No rate is worked out over them.",
        )
    if without := _services(release, visited=False):
        yield Notice(
            "Services without residents",
            f"{_several(without)}: nobody lives there, or their areas are not all in the table. "
            "They have no rates and are no part of “all services together”.",
        )
    if population.unmatched:
        names = [f"{area.name} ({area.reason})" for area in population.unmatched]
        yield Notice("Areas that belong to no service", f"{'; '.join(names)}.")


def _services(release: Release, *, visited: bool) -> list[str]:
    """Services without a rate: for their many visitors, or for want of residents."""
    panel = release.measured.panel
    residents, busy = (each["ethnicity-self-defined"] for each in (panel.residents, panel.visited))
    return [
        service_label(panel.places.all[i].service)
        for i in panel.places.services
        if not (residents[i] > 0).any() and bool(busy[i]) is visited
    ]


def build_quality_page(report: QualityReport, release: Release) -> Page:
    """Every count of rows, every fault and every gap."""
    blocks = [
        Block(
            id="rows",
            question="How many rows were read, and what became of them?",
            summary=(
                f"{len(report.files):,} files: {report.rows_read:,} rows read = "
                f"{report.rows_loaded:,} loaded + {report.rows_quarantined:,} set aside.",
                f"{report.rows_repeated:,} of the loaded rows repeat another exactly.",
            ),
            tables=(TableView(_by_service(report, release)),),
            downloads=(_by_file(report, release),),
        )
    ]
    if report.faults:
        blocks.append(
            Block(
                id="faults",
                question="What was wrong with rows?",
                explanation="A row that breaks a rule is set aside and counted. A warning is a "
                "row that was read all the same.",
                tables=(TableView(_faults(report, release)),),
            )
        )
    if report.gaps:
        blocks.append(
            Block(
                id="gaps",
                question="What is missing, or odd as a whole?",
                explanation="No single row is at fault here. A gap is shown as a gap and never "
                "counted as a zero.",
                tables=(TableView(_gaps(report, release)),),
            )
        )
    return Page(
        path=QUALITY_PATH,
        title="The quality of the records",
        kind=PageKind.QUALITY,
        lead="What was read, what was set aside and why, and what is missing.",
        blocks=tuple(blocks),
    )


def _words(
    release: Release, name: str, title: str, columns: dict[str, tuple[str, list[Cell]]]
) -> ReleasedTable:
    """A table about files, which counts no people: words and file counts alone."""
    table = Table(
        name,
        title,
        tuple(Column(key, Role.NOTE, heading) for key, (heading, _) in columns.items()),
        {key: cells for key, (_, cells) in columns.items()},
    )
    return review(table, release.policy)


def _by_service(report: QualityReport, release: Release) -> ReleasedTable:
    services = sorted({file.service for file in report.files})
    own = [[f for f in report.files if f.service == service] for service in services]
    return _words(
        release,
        "rows-by-service",
        "Rows by service",
        {
            "service": ("Service", [service_label(s) if s else "Several" for s in services]),
            "files": ("Files", [len(files) for files in own]),
            "read": ("Read", [sum(f.rows_read for f in files) for files in own]),
            "loaded": ("Loaded", [sum(f.rows_loaded for f in files) for files in own]),
            "aside": ("Set aside", [sum(f.rows_quarantined for f in files) for files in own]),
            "repeated": ("Exact repeats", [sum(f.rows_repeated for f in files) for files in own]),
        },
    )


def _by_file(report: QualityReport, release: Release) -> ReleasedTable:
    files = report.files
    return _words(
        release,
        "rows-by-file",
        "Rows by file",
        {
            "file": ("File", [f.name for f in files]),
            "read": ("Read", [f.rows_read for f in files]),
            "loaded": ("Loaded", [f.rows_loaded for f in files]),
            "aside": ("Set aside", [f.rows_quarantined for f in files]),
            "repeated": ("Exact repeats", [f.rows_repeated for f in files]),
            "twin": ("Same rows as", [f.twin_of for f in files]),
        },
    )


def _faults(report: QualityReport, release: Release) -> ReleasedTable:
    """Faults of one rule, column and value together; how many files have them."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for fault in report.faults:
        key = (fault.title, fault.column, fault.found, fault.severity.value)
        found[key].append(fault.count)
    rows = sorted(found.items(), key=lambda item: -sum(item[1]))
    return _words(
        release,
        "faults",
        "Faults",
        {
            "rule": ("Rule", [key[0] for key, _ in rows]),
            "column": ("Column", [key[1] for key, _ in rows]),
            "found": ("Found", [key[2] for key, _ in rows]),
            "effect": ("What it does", [_EFFECTS[key[3]] for key, _ in rows]),
            "count": ("Times", [sum(counts) for _, counts in rows]),
            "files": ("Files", [len(counts) for _, counts in rows]),
        },
    )


_EFFECTS = {
    "row": "the row is set aside",
    "file": "the file is set aside",
    "warning": "a warning: the row is read",
}


def _gaps(report: QualityReport, release: Release) -> ReleasedTable:
    return _words(
        release,
        "gaps",
        "Gaps",
        {
            "service": ("Service", [service_label(gap.service) for gap in report.gaps]),
            "kind": ("Kind", [_GAP_TITLES.get(gap.rule, gap.rule) for gap in report.gaps]),
            "what": ("What", [gap.sentence for gap in report.gaps]),
        },
    )
