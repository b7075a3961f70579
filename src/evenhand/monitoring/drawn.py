"""What pages draw of a release beside its findings: ladder, stages, waits, like for like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.core import Column, Marker, Role
from evenhand.disclosure import ReleasedTable, stack
from evenhand.indicators import STOPS, name_like_for_like
from evenhand.indicators.workforce.catalogue import PROCESS_STAGE, PROMOTION_WAIT, REPRESENTATION
from evenhand.indicators.workforce.targeted import AHEAD, PARTS, TARGETS
from evenhand.monitoring.release import Release
from evenhand.monitoring.workforce import WorkforceRelease


class DrawnKind(StrEnum):
    """Which question a table answers; the value is what the record calls it."""

    LADDER = "ladder"  # everybody by grade
    UNITS = "units"  # everybody by unit
    YEARS = "years"  # everybody by grade in the years before, and all officers
    STAGES = "stages"  # who got through each stage, of those who reached it
    IMPACT = "impact"  # the same against the comparator, by the conventions of law
    FOLLOWED = "followed"  # who was followed at each grade, and who was promoted, the unknown too
    WAITS = "waits"  # the share still waiting after each year
    TARGETS = "targets"
    AHEAD = "ahead"  # what becomes of each target if things go on
    LIKE = "like-for-like"  # ratios of stops all together, and compared within strata


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reviewed table that pages draw, of one characteristic or, empty, of all."""

    kind: DrawnKind
    characteristic: str
    table: ReleasedTable


SHARES = ("step", "group", "count", "value", "low", "high")
SOURCES = {
    DrawnKind.STAGES: (
        f"groups-{PROCESS_STAGE.id}",
        ("step", "group", "count", "of", "value", "low", "high"),
    ),
    DrawnKind.IMPACT: (
        f"selection-{PROCESS_STAGE.id}",
        ("step", "group", "comparator", "count", "of", "other_count", "other_of", "impact_ratio",
         "low", "high", "below_four_fifths", "turns_on_one", "standard_deviations", "p",
         "shortfall"),
    ),
    DrawnKind.FOLLOWED: (f"groups-{PROMOTION_WAIT.id}", ("step", "group", "count", "of")),
    DrawnKind.WAITS: (
        f"curve-{PROMOTION_WAIT.id}",
        ("step", "group", "months", "count", "value", "low", "high"),
    ),
}  # fmt: skip
"""The table of each kind, before the characteristic in its name, and the columns shown of it."""

WHOSE = ("step", "characteristic", "group", "by")
TARGET_COLUMNS = (
    *WHOSE, "owner", "goal", "heads", "code", "standing", "plain", "count", "of", "value", "low",
    "high", "chance", "year", "year_low", "year_high", "sentence",
)  # fmt: skip
AHEAD_COLUMNS = (*WHOSE, "year", "count", "value", "low", "high")


LIKE_COLUMNS = (
    "service", "unit", "characteristic", "group", "comparator", "compared", "value", "low", "high",
)  # fmt: skip


def pick_like_for_like(release: Release) -> Iterator[Drawn]:
    """The ratios of every indicator of stops that is compared within strata, as one table."""
    named = Column("indicator", Role.NOTE, "Indicator")
    found = [
        table.annotate(named, [indicator.id] * len(table.table))
        for indicator in STOPS
        if (table := release.tables.get(name_like_for_like(indicator))) and len(table.table)
    ]
    if found:
        columns = (named, *(found[0].table.column(name) for name in LIKE_COLUMNS))
        one = stack(found, name=DrawnKind.LIKE.value, title="Like for like", columns=columns)
        yield Drawn(DrawnKind.LIKE, str(one.table.cells["characteristic"][0]), one)


def pick_drawn(release: WorkforceRelease) -> Iterator[Drawn]:
    """The tables of a release that pages draw, with no more rows and columns than they show."""
    tensors = release.measured.tensors
    single = [name for name, each in tensors.characteristics.items() if not each.parts]
    for name in single:
        if found := release.tables.get(f"groups-{REPRESENTATION.id}-{name}"):
            ladder, units = found.where(unit=""), found.where(step="")
            yield Drawn(DrawnKind.LADDER, name, _only(ladder, SHARES))
            yield Drawn(DrawnKind.UNITS, name, _only(units, ("unit", *SHARES[1:])))
        for kind, (prefix, columns) in SOURCES.items():
            if found := release.tables.get(f"{prefix}-{name}"):
                yield Drawn(kind, name, _only(found.where(unit=""), columns))
        then = [f"years-{REPRESENTATION.id}-{name}", f"officers-then-{name}"]
        if found := _together(release, then, ("year", *SHARES)):
            yield Drawn(DrawnKind.YEARS, name, found)
    for kind, about, columns in (
        (DrawnKind.TARGETS, TARGETS, TARGET_COLUMNS),
        (DrawnKind.AHEAD, AHEAD, AHEAD_COLUMNS),
    ):
        if found := _together(release, [f"{about}-{part}" for part in PARTS], columns):
            yield Drawn(kind, "", found)


def _only(table: ReleasedTable, columns: Sequence[str]) -> ReleasedTable:
    name, title = table.table.name, table.table.title
    kept = tuple(table.table.column(each) for each in columns)
    return stack([table], name=name, title=title, columns=kept)


def _together(
    release: WorkforceRelease, names: Sequence[str], columns: Sequence[str]
) -> ReleasedTable | None:
    """The tables of these names that there are, as one; what one of them lacks does not apply."""
    found = [release.tables[name] for name in names if name in release.tables]
    if not found:
        return None
    shown = tuple(found[0].table.column(name) for name in columns if name in found[0].table.cells)
    whole = [_filled(table, shown) for table in found]
    return stack(whole, name=names[0], title=found[0].table.title, columns=shown)


def _filled(table: ReleasedTable, columns: Sequence[Column]) -> ReleasedTable:
    for column in columns:
        if column.name not in table.table.cells:
            nothing = [Marker.NOT_APPLICABLE] * len(table.table)
            table = table.annotate(Column(column.name, Role.NOTE, column.title), nothing)
    return table
