"""Each contract with files that obey it and files that break one rule, named for the fault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from evenhand.core import EvenhandError
from evenhand.datasets.contract import simplify
from evenhand.datasets.report import Fault, QualityReport
from evenhand.datasets.workforce import DATASETS, Dataset, check_workforce
from evenhand.datasets.workforce.contracts import REQUIRED
from evenhand.datasets.workforce.rules import RULES

FILES = Path(__file__).parent / "files"
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)

BAD: dict[str, dict[str, tuple[str, str, tuple[int, ...]]]] = {
    "strength": {
        "rank-nobody-has": ("code-known", "Rank or band", (4,)),
        "rank-of-staff": ("grade-of-role", "Rank or band", (4,)),
        "start-on-31-november": ("date-exists", "Start date", (4,)),
        "start-after-snapshot": ("ends-after-start", "Month", (4,)),
        "month-in-2099": ("date-not-future", "Month", (4,)),
        "month-before-1945": ("date-plausible", "Month", (4,)),
        "month-is-a-number": ("date-readable", "Month", (4,)),
        "person-blank": ("value-present", "Person", (4,)),
        "person-twice-in-a-month": ("key-once", "Month, Person", (2, 4)),
        "two-ids-for-one-person": ("one-key-a-payroll-number", "", (2, 4)),
        "row-repeated": ("row-repeated", "", (4,)),
        "flag": ("flag-known", "Part time", (4,)),
        "unknown-ethnicity": ("code-known", "Ethnicity", (4,)),
        "field-count": ("field-count", "", (4,)),
    },
    "movements": {
        "end-to-be-confirmed": ("date-readable", "Planned end", (4,)),
        "end-on-31-november": ("date-exists", "Planned end", (4,)),
        "end-before-start": ("ends-after-start", "Planned end", (4,)),
        "kind-unknown": ("code-known", "Kind", (4,)),
        "date-blank": ("value-present", "Date", (4,)),
        "date-without-day": ("date-readable", "Date", (4,)),
    },
    "processes": {
        "outcome-unknown": ("code-known", "Outcome", (4,)),
        "stage-order-is-a-fraction": ("number-whole", "Stage order", (4,)),
        "stage-order-zero": ("number-in-range", "Stage order", (4,)),
        "stage-twice": ("key-once", "Person, Process, Stage", (2, 4)),
    },
    "vetting": {
        "second-decision-without-sample": ("second-look-sampled", "Second decision", (4,)),
        "decision-blank": ("value-present", "Decision", (4,)),
        "decision-unknown": ("code-known", "Decision", (4,)),
    },
    "conduct": {
        "days-below-zero": ("number-in-range", "Days", (4,)),
        "opened-on-30-february": ("date-exists", "Date opened", (4,)),
        "kind-unknown": ("code-known", "Kind", (4,)),
    },
    "reviews": {
        "rating-unknown": ("code-known", "Rating", (4,)),
        "two-reviews-of-one-period": ("key-once", "Person, Period end", (2, 4)),
    },
    "training": {
        "attended-later-than-recorded": ("ends-after-start", "Date", (4,)),
        "date-without-attendance": ("attended-consistent", "Date attended", (4,)),
    },
    "survey": {
        "score-six": ("number-in-range", "Score", (5,)),
        "score-zero": ("number-in-range", "Score", (5,)),
        "score-is-a-word": ("number-readable", "Score", (5,)),
        "two-answers-to-one-item": ("key-once", "Wave, Respondent, Item", (2, 5)),
    },
    "survey_published": {
        "share-above-one": ("share-in-range", "Favourable share", (4,)),
        "share-below-zero": ("share-in-range", "Favourable share", (4,)),
        "base-below-zero": ("number-in-range", "Base", (4,)),
        "base-is-a-fraction": ("number-whole", "Base", (4,)),
    },
    "exits": {
        "loss-class-unknown": ("code-known", "Loss class", (4,)),
        "reason-blank": ("value-present", "Reason", (4,)),
        "left-in-2099": ("date-not-future", "Left on", (4,)),
    },
    "benchmarks": {
        "group-of-another-edition": ("group-known", "Group", (4,)),
        "edition-unknown": ("group-known", "Group", (4,)),
        "group-of-another-characteristic": ("group-known", "Group", (4,)),
        "count-below-zero": ("number-in-range", "Count", (4,)),
        "year-zero": ("number-in-range", "Year", (4,)),
    },
    "targets": {
        "share-and-number": ("share-or-number", "Share", (4,)),
        "neither-share-nor-number": ("share-or-number", "Share", (4,)),
        "owner-blank": ("value-present", "Owner", (4,)),
        "by-to-be-confirmed": ("date-readable", "To be reached by", (4,)),
    },
    "strength_published": {
        "heads-are-a-fraction": ("number-whole", "Heads", (4,)),
        "group-unknown": ("group-known", "Group", (4,)),
        "count-twice-differently": (
            "key-once",
            "Date, Area, Role type, Rank or band, Characteristic, Group",
            (2, 4),
        ),
    },
    "arrests_published": {
        "arrests-are-text": ("number-readable", "Arrests", (4,)),
        "age-unknown-word": ("code-known", "Age group", (4,)),
    },
}
"""For each bad file the rule it breaks, the column and the lines."""
CASES = [(dataset, fault) for dataset, faults in BAD.items() for fault in faults]
GOOD = sorted(FILES.glob("*/good*.csv"))


def check(file: Path) -> QualityReport:
    return check_workforce(file.parent.name, [file], at=NOW)


def serious(report: QualityReport) -> list[Fault]:
    return [fault for fault in report.faults if fault.severity != "warning"]


@pytest.mark.parametrize("file", GOOD, ids=lambda each: f"{each.parent.name}-{each.stem}")
def test_a_good_file_is_loaded_whole(file: Path) -> None:
    report = check(file)
    assert not serious(report)
    assert report.is_clean
    assert report.rows_loaded == len(file.read_bytes().splitlines()) - 1


@pytest.mark.parametrize(("dataset", "fault"), CASES)
def test_a_bad_file_is_told_by_rule_column_and_line_and_its_good_rows_are_kept(
    dataset: str, fault: str
) -> None:
    report = check(FILES / dataset / f"bad-{fault}.csv")
    (found,) = serious(report)
    rule, column, lines = BAD[dataset][fault]
    assert (found.rule, found.column, found.lines) == (rule, column, lines)
    assert report.rows_quarantined == found.count == len(lines)
    assert report.rows_read == report.rows_loaded + report.rows_quarantined
    assert report.rows_loaded > 0


def test_every_bad_file_is_named_here_and_every_contract_has_good_and_bad_files() -> None:
    kept = {(file.parent.name, file.stem.removeprefix("bad-")) for file in FILES.glob("*/bad-*")}
    assert kept == set(CASES)
    assert {file.parent.name for file in GOOD} == set(BAD) == set(DATASETS)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("broken-no-grade", "column-required"),
        ("broken-column-twice", "column-once"),
        ("unreadable-empty", "not-empty"),
        ("unreadable-prose", "is-csv"),
    ],
)
def test_a_file_that_is_no_such_table_is_told_as_a_whole(name: str, rule: str) -> None:
    (error,) = check(FILES / "strength" / f"{name}.csv").errors
    assert isinstance(error, EvenhandError)
    assert error.rule == rule


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda each: each.id)
def test_no_heading_means_two_columns_of_one_table(dataset: Dataset) -> None:
    meanings: dict[str, set[str]] = {}
    for field in dataset.contract.fields:
        for heading in (field.title, *field.spellings):
            meanings.setdefault(simplify(heading), set()).add(field.name)
    assert {text: fields for text, fields in meanings.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda each: each.id)
def test_what_tells_rows_apart_is_in_every_file_or_may_be_blank(dataset: Dataset) -> None:
    assert set(REQUIRED[dataset.id]) <= set(dataset.table.names)
    assert dataset.filled <= set(REQUIRED[dataset.id])


def test_every_rule_says_what_to_do() -> None:
    assert all(rule.remedy.endswith(".") and rule.title for rule in RULES.values())
    assert {rule for faults in BAD.values() for rule, _, _ in faults.values()} <= set(RULES)


def test_no_report_of_a_bad_file_repeats_a_person_key() -> None:
    for dataset, fault in CASES:
        report = check(FILES / dataset / f"bad-{fault}.csv")
        assert "P9" not in str(report.as_dict())
