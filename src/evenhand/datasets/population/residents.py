"""The one shape of every denominator: residents by area, police service and ethnic group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evenhand.codelists import get_codelist, get_mapping
from evenhand.codelists.codelist import simplify
from evenhand.core import UsageProblem

_TEXTS = ("area_code", "area_name", "service", "group", "edition")
_TYPES: dict[str, pa.DataType] = {**dict.fromkeys(_TEXTS, pa.string()), "residents": pa.int64()}
SCHEMA = pa.schema(_TYPES)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An area whose residents are counted for no service, and why."""

    code: str
    name: str
    residents: int
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A group of an area for which the table has a sign, or nothing, in place of a number."""

    area_code: str
    area_name: str
    service: str
    group: str
    written: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A service some of whose local authorities the table lacks, so that it has no denominator."""

    service: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """Residents by area, service and group, with everything that could not be counted named.

    ``table`` has the columns area_code, area_name, service (slug), group (code of ``edition``),
    edition (id of a codelist) and residents (whole people). A gap is no row, never a zero.

    Notes
    -----
    Residents are those who live in an area. Where most people stopped are visitors (a city
    centre, an airport) they do not describe who is there, and a rate over them means little.
    """

    table: pa.Table
    edition: str
    source: str
    unmatched: tuple[Unmatched, ...] = ()
    gaps: tuple[Gap, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def services(self) -> tuple[str, ...]:
        """The services all of whose areas are in the table, in order of their slugs."""
        partial = {each.service for each in self.incomplete}
        return tuple(s for s in sorted(set(_texts(self.table, "service"))) if s not in partial)

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups counted, in the order of their edition."""
        present = set(_texts(self.table, "group"))
        return tuple(code.code for code in get_codelist(self.edition).codes if code.code in present)

    @property
    def understated(self) -> frozenset[tuple[str, str]]:
        """Service and group where an area had a gap: the true number is this one or more."""
        return frozenset((gap.service, gap.group) for gap in self.gaps)

    @property
    def total(self) -> int:
        """Everybody counted for a service, complete or not."""
        return int(pc.sum(self.table["residents"]).as_py() or 0)

    def by_service(self) -> pa.Table:
        """Columns service, group, residents, for the services that are complete."""
        kept = frozenset(self.services)
        whole = pa.array([service in kept for service in _texts(self.table, "service")])
        return _summed(self.table.filter(whole), ["service", "group"])

    def by_area(self) -> pa.Table:
        """Columns area_code, area_name, service, group, residents."""
        return _summed(self.table, ["area_code", "area_name", "service", "group"])

    def told_in(self, edition: str) -> Population:
        """The same residents in the groups of another edition; refused where they cannot be.

        Raises
        ------
        CodelistRefused
            When a group would have to be split; the message offers what both can express.
        """
        if edition == self.edition:
            return self
        mapping = get_mapping(self.edition, edition).as_dict
        groups = pa.array([mapping[group] for group in _texts(self.table, "group")], pa.string())
        moved = self.table.set_column(3, "group", groups)
        summed = _summed(moved, ["area_code", "area_name", "service", "group"])
        named = pa.array([edition] * summed.num_rows, pa.string())
        return replace(
            self,
            table=summed.add_column(4, "edition", named),
            edition=edition,
            gaps=tuple(replace(gap, group=mapping[gap.group]) for gap in self.gaps),
        )

    def in_broad_groups(self) -> Population:
        """The same residents in five broad groups, those of 2001 where nothing else is known."""
        kept = self.edition.startswith("ethnicity-broad-2001")
        return self if kept else self.told_in("ethnicity-broad")

    def residents(
        self, units: Sequence[str], groups: Sequence[str] | None = None
    ) -> NDArray[np.float64]:
        """How many people of each group live in each unit, as an array of units × groups.

        Parameters
        ----------
        units
            Slugs of services, or codes or names of areas, in any mixture.
        groups
            Codes of the edition; all that were counted by default.

        Returns
        -------
        ndarray of float64, shape (units, groups)
            nan where the table has no number: a gap, a unit it does not know, an incomplete
            service. Never a zero in place of one.
        """
        wanted = self.groups if groups is None else tuple(groups)
        known = {code.code for code in get_codelist(self.edition).codes}
        if unknown := [group for group in wanted if group not in known]:
            raise UsageProblem(f"{unknown[0]!r} is not a group of {self.edition}.")
        people = self._people()
        found = [people.get(simplify(unit), {}) for unit in units]
        cells = [[row.get(group, np.nan) for group in wanted] for row in found]
        return np.array(cells, dtype=np.float64).reshape(len(found), len(wanted))

    def _people(self) -> dict[str, dict[str, int]]:
        """Residents by group for every way of naming a unit; services win over areas."""
        people: dict[str, dict[str, int]] = {}
        for row in self.by_area().to_pylist():
            for key in {simplify(row["area_code"]), simplify(row["area_name"])}:
                people.setdefault(key, {})[row["group"]] = row["residents"]
        services: dict[str, dict[str, int]] = {}
        for row in self.by_service().to_pylist():
            services.setdefault(simplify(row["service"]), {})[row["group"]] = row["residents"]
        partial: dict[str, dict[str, int]] = {simplify(e.service): {} for e in self.incomplete}
        return people | services | partial


def build_table(rows: Iterable[tuple[str, str, str, str, str, int]]) -> pa.Table:
    """Rows of (area code, area name, service, group, edition, residents) as one Arrow table."""
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pa.table(dict(zip(SCHEMA.names, map(list, columns), strict=True)), schema=SCHEMA)


def _texts(table: pa.Table, column: str) -> list[str]:
    return [str(value) for value in table[column].to_pylist()]


def _summed(table: pa.Table, keys: list[str]) -> pa.Table:
    summed = table.group_by(keys, use_threads=False).aggregate([("residents", "sum")])
    return summed.rename_columns([*keys, "residents"])
