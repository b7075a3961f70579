"""One contract per dataset: how its columns may be headed, which must be there and filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.core import UsageProblem
from evenhand.datasets.contract import Contract, Field, Kind
from evenhand.datasets.workforce.rules import RULES
from evenhand.datasets.workforce.schema import Column, Holds, TableSchema
from evenhand.datasets.workforce.spellings import COMMON, OWN, TITLES
from evenhand.datasets.workforce.tables import CHARACTERISTICS, TABLES

VERSION = 1
"""Changes when the same file would load differently."""

_KINDS = {
    Holds.CODE: Kind.CODED,
    Holds.TEXT: Kind.TEXT,
    Holds.PERSON: Kind.TEXT,
    Holds.DAY: Kind.DAY,
    Holds.MONTH: Kind.DAY,
    Holds.NUMBER: Kind.NUMBER,
    Holds.AMOUNT: Kind.NUMBER,
    Holds.SHARE: Kind.NUMBER,
    Holds.FLAG: Kind.FLAG,
}

DERIVED = frozenset({"grade_order", "ethnicity_edition"})
"""Columns that loading works out itself: a file need not have them, and is not asked."""

PAYROLL = "payroll"
"""A column that is read to see whether one person has two pseudonyms, and never kept."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "strength": ("month", "person", "unit", "role_type", "grade"),
    "movements": ("person", "kind", "on"),
    "processes": ("person", "process", "process_kind", "stage", "stage_order", "outcome", "on"),
    "vetting": ("person", "on", "decision"),
    "conduct": ("person", "kind", "allegation", "opened_on"),
    "reviews": ("person", "period_end", "rating"),
    "training": ("person", "course", "attended", "on"),
    "survey": ("wave", "respondent", "item", "score"),
    "survey_published": ("wave", "item", "characteristic", "grp", "favourable_share"),
    "exits": ("person_key", "left_on", "reason"),
    "benchmarks": ("area", "year", "characteristic", "grp", "count"),
    "targets": ("indicator", "characteristic", "grp", "by", "owner"),
    "strength_published": ("on", "area", "role_type", "grade", "characteristic", "grp", "heads"),
    "arrests_published": (
        "year_ending", "area", "offence", "sex", "ethnicity", "age_band", "arrests",
    ),
}  # fmt: skip
"""Columns every file of the dataset has."""

MAY_BE_BLANK: Mapping[str, tuple[str, ...]] = {
    "survey_published": ("favourable_share",),
    "arrests_published": ("arrests", "sex", "ethnicity", "age_band"),
    "strength_published": ("heads",),
}
"""Required columns whose cells may be blank; the cells of all other required ones are filled."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A canonical table and the contract of the files it is loaded from."""

    table: TableSchema
    contract: Contract
    filled: frozenset[str]

    @property
    def id(self) -> str:
        """The name by which it is loaded."""
        return self.table.id


def _field(table: TableSchema, column: Column) -> Field:
    name = column.name
    words = name.replace("_", " ")
    return Field(
        name,
        TITLES.get(name, words.capitalize()),
        _KINDS[column.holds],
        required=name in REQUIRED[table.id],
        spellings=(words, *OWN.get((table.id, name), COMMON.get(name, ()))),
        codelists=column.codelists,
    )


def _dataset(table: TableSchema) -> Dataset:
    fields = [_field(table, column) for column in table.columns if column.name not in DERIVED]
    if table.id == "strength":
        payroll = ("payroll number", "payroll no", "pay number")
        fields.append(Field(PAYROLL, "Payroll number", Kind.TEXT, False, payroll))
    contract = Contract(
        id=table.id,
        version=VERSION,
        title=table.title,
        fields=tuple(fields),
        rules=RULES,
        unused=tuple(DERIVED),
    )
    filled = frozenset(REQUIRED[table.id]) - frozenset(MAY_BE_BLANK.get(table.id, ()))
    return Dataset(table, contract, filled)


DATASETS: dict[str, Dataset] = {table.id: _dataset(table) for table in TABLES.values()}
"""Every dataset of the workforce by its name."""


def get_dataset(name: str) -> Dataset:
    """The dataset of this name; refused by name when there is none."""
    if name not in DATASETS:
        raise UsageProblem(
            f"there is no dataset {name!r}.",
            rule="dataset-exists",
            remedy=f"The datasets are: {', '.join(DATASETS)}.",
        )
    return DATASETS[name]


def list_unasked(dataset: Dataset, header: Mapping[str, int]) -> list[str]:
    """Characteristics that the table has and a file with this header does not ask."""
    return [c for c in CHARACTERISTICS if c in dataset.table.names and c not in header]
