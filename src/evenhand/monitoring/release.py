"""One run's figures after disclosure control, by place, in the order a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from evenhand.core import Cell, Column, Marker, Period, Role, Signal
from evenhand.disclosure import Policy, ReleasedTable, review_together, stack
from evenhand.indicators import PLAIN, Measured, Place, Places, is_underlying
from evenhand.monitoring.paths import build_paths

Here = tuple[Cell, Cell]
"""A place as tables name it: (service, unit)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The released tables of one place, by name.

    ``findings`` are its comparisons; ``changes`` what is worsening or improving against its own
    past; ``listed`` both, in order of concern.
    """

    place: Place
    tables: dict[str, ReleasedTable]
    findings: ReleasedTable | None
    changes: ReleasedTable | None = None
    listed: ReleasedTable | None = None

    def find(self, name: str) -> ReleasedTable | None:
        """The place's rows of a table, or None when it has none."""
        return self.tables.get(name)


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that may be published of one run."""

    measured: Measured
    policy: Policy
    findings: ReleasedTable
    by_place: dict[Place, Figures]
    tables: dict[str, ReleasedTable]
    paths: Mapping[Place, str]

    @property
    def period(self) -> Period:
        """The months measured."""
        return self.measured.panel.period

    @property
    def places(self) -> Places:
        """The places measured."""
        return self.measured.panel.places


def build_release(measured: Measured, policy: Policy) -> Release:
    """Review every table of a run together, and lay what is left out by place."""
    released = {table.table.name: table for table in review_together(measured.tables, policy)}
    paths = build_paths(measured.panel.places)
    levels = _stack_findings([released[t.name] for t in measured.findings])
    changes = [_moved(released[t.name]) for t in measured.changes]
    findings = _linked(_with_changes(levels, changes), paths)
    moved = _linked(_with_changes(levels.order([]), changes), paths)
    levels = _linked(levels, paths)
    parts = {name: table.split("service", "unit") for name, table in released.items()}
    own, changed, listed = (t.split("service", "unit") for t in (levels, moved, findings))
    by_place = {}
    for place in measured.panel.places:
        here: Here = (place.service, place.unit)
        tables = {name: split[here] for name, split in parts.items() if here in split}
        by_place[place] = Figures(place, tables, own.get(here), changed.get(here), listed.get(here))
    return Release(measured, policy, findings, by_place, released, paths)


def _stack_findings(tables: list[ReleasedTable]) -> ReleasedTable:
    columns = tuple(
        plainly_named(column)
        for column in tables[0].table.columns
        if column.name == PLAIN or not is_underlying(column)
    )
    whole = stack(tables, name="findings", title="Findings", columns=columns)
    shown = tuple(c for c in columns if not is_underlying(c) and c.name != "sentence")
    stacked = stack([whole], name="findings", title="Findings", columns=shown)
    return stacked.annotate(whole.table.column("sentence"), read_sentences(whole))


def _moved(table: ReleasedTable) -> ReleasedTable:
    """The changes that are findings; the others stay in their table, for download."""
    signals = table.table.cells["signal"]
    return table.order(
        [i for i, s in enumerate(signals) if s in (Signal.WORSENING, Signal.IMPROVING)]
    )


def _with_changes(levels: ReleasedTable, changes: list[ReleasedTable]) -> ReleasedTable:
    """Comparisons and changes as one list, of the columns that comparisons have."""
    columns = levels.table.columns
    return stack([levels, *changes], name="findings", title="Findings", columns=columns)


def _linked(stacked: ReleasedTable, paths: Mapping[Place, str]) -> ReleasedTable:
    """Findings in order of concern, each with its page and the section of it."""
    cells = stacked.table.cells
    pages: list[Cell] = [
        paths[Place(str(service), str(unit))]
        for service, unit in zip(cells["service"], cells["unit"], strict=True)
    ]
    linked = stacked.annotate(Column("page", Role.NOTE, "Page"), pages).annotate(
        Column("block", Role.NOTE, "Section"), cells["indicator"]
    )
    return linked.order(order_by_concern(linked.table.rows()))


def read_sentences(findings: ReleasedTable) -> list[Cell]:
    """Each finding's sentence; where the unknowns are hidden, one that says nothing of them."""
    both = zip(findings.table.cells["sentence"], findings.table.cells[PLAIN], strict=True)
    return [plain if isinstance(full, Marker) else full for full, plain in both]


_TITLES = {
    "count": "Count",
    "of": "Out of",
    "other_count": "Comparator’s count",
    "other_of": "Comparator’s out of",
}


def plainly_named(column: Column) -> Column:
    """Indicators count different things: in one table the headings must fit all of them."""
    title = _TITLES.get(column.name, column.title)
    role = Role.NOTE if column.name == "sentence" else column.role
    return Column(column.name, role, title, decimals=column.decimals)


def order_by_concern(rows: Iterable[dict[str, Cell]]) -> list[int]:
    """Row numbers by signal, then by characteristic, then by how far the interval lies from 1.

    The five broad groups come before the detailed ones: a ratio over a group the census counts
    badly can be very large and say little.
    """
    keyed = [(_rank(row), _tier(row), -_distance(row), i) for i, row in enumerate(rows)]
    return [i for *_, i in sorted(keyed)]


_TIERS = ("ethnicity-self-defined", "ethnicity-officer-perceived", "place", "sex", "age")


def _tier(row: dict[str, Cell]) -> int:
    kind = str(row["characteristic"])
    return _TIERS.index(kind) if kind in _TIERS else len(_TIERS)


def _rank(row: dict[str, Cell]) -> int:
    signal = row["signal"]
    return len(Signal) if isinstance(signal, Marker) else Signal.read(signal).rank


def _distance(row: dict[str, Cell]) -> float:
    low, high = row["low"], row["high"]
    if isinstance(low, float) and low > 1:
        return log(low)
    if isinstance(high, float) and 0 < high < 1:
        return -log(high)
    return 0.0
