"""What a policy hides is in no byte of the site, of its open data or of the JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evenhand.core import Marker
from evenhand.disclosure import Policy, ReleasedTable

WARY = Policy("wary", 1, "the tests", 2000, 0, False, "Large enough to tell a count by its digits.")
"""Hides what is under 2,000, so that a hidden count has four digits of its own."""

NORTH = {"white": 4003, "black": 1409, "asian": 2609, "mixed": 1613}
SOUTH = {"white": 7001, "black": 3307, "asian": 2203, "mixed": 2417}
ARRESTED = {"North": 1013, "South": 3019}
UNKNOWN = {"North": 1811, "South": 2503}
AREAS = {
    ("kent", "North"): (9_000_011, 400_009, 300_007, 200_017, 100_019),
    ("kent", "South"): (19_000_013, 500_009, 600_011, 400_009, 200_017),
}


@pytest.fixture(scope="module")
def wary(make: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("wary")
    rows = []
    for unit, groups in (("North", NORTH), ("South", SOUTH)):
        rows += [make.stops(group, n, Borough=unit) for group, n in groups.items()]
        rows.append(make.stops("", UNKNOWN[unit], Borough=unit))
        arrests = make.stops("white", ARRESTED[unit], Borough=unit)
        rows.append({**arrests, "Outcome": "Arrest"})
    archive = make.month(folder, "2020-01", rows)
    residents = make.residents(folder, AREAS)
    return make.run(archive, folder / "site", WARY, **residents)


def hidden_counts(run: Any) -> set[int]:
    """The true numbers behind every cell that the review hid."""
    release = run.found.release
    before = {table.name: table for table in release.measured.tables}
    found = set()
    for name, released in release.tables.items():
        for column in released.table.columns:
            pairs = zip(
                released.table.cells[column.name], before[name].cells[column.name], strict=True
            )
            found |= {true for cell, true in pairs
                      if cell is Marker.SUPPRESSED and type(true) is int and true}  # fmt: skip
    return found


def shown_counts(tables: dict[str, ReleasedTable]) -> set[int]:
    return {
        cell
        for released in tables.values()
        for cells in released.table.cells.values()
        for cell in cells
        if type(cell) is int and cell
    }


def numbers(text: str) -> Iterator[float]:
    """Numbers with figures enough to tell anything, thousands commas read as such."""
    for token in re.findall(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?:e-?\d+)?(?![\w.])", text):
        yield float(token.replace(",", "").rstrip(","))


def test_the_planted_counts_are_hidden(wary: Any) -> None:
    hidden = hidden_counts(wary)
    assert {1409, 1613, 1811, ARRESTED["North"]} <= hidden
    assert len(hidden) > 6  # and what would give them away


def test_no_hidden_count_stands_in_any_file_of_the_site(wary: Any) -> None:
    hidden = hidden_counts(wary) - shown_counts(wary.found.release.tables)
    assert hidden >= {1409, 1613, 1811}
    for name, text in wary.texts():
        spoken = {n for n in hidden if re.search(rf"(?<![\d.,]){n}(?![\d.]|,\d)", text)
                  or re.search(rf"(?<![\d.,]){n:,}(?![\d.]|,\d)", text)}  # fmt: skip
        assert not spoken, name


def test_no_hidden_count_stands_in_the_json(wary: Any) -> None:
    hidden = hidden_counts(wary) - shown_counts(wary.found.release.tables)
    said = wary.found.as_dict()
    text = json.dumps(said["findings"])
    assert not hidden & {int(n) for n in numbers(text) if n.is_integer()}


def test_no_share_or_rate_times_a_shown_total_gives_a_hidden_count(wary: Any) -> None:
    hidden = hidden_counts(wary) - shown_counts(wary.found.release.tables)
    totals = [t for t in shown_counts(wary.found.release.tables) if t > 100]
    text = json.dumps(wary.found.as_dict()["findings"])
    text += "".join(body for name, body in wary.texts() if name.endswith((".csv", ".json")))
    shares = {n for n in numbers(text) if not n.is_integer()}
    assert len(shares) > 20
    for share in shares:
        for total in totals:
            for scale in (1, 100, 1000):
                made = share * total / scale
                near = round(made)
                if near in hidden:
                    assert abs(made - near) > 1e-7 * near, (share, total, near)


def test_the_rest_of_a_service_does_not_give_away_a_hidden_unit(wary: Any) -> None:
    rows = [
        row
        for row in wary.found.findings.table.rows()
        if row["characteristic"] == "place" and row["indicator"] == "arrest-rate"
    ]
    north = next(row for row in rows if row["unit"] == "North")
    assert north["count"] is Marker.SUPPRESSED
    assert north["other_count"] is Marker.SUPPRESSED
    assert north["sentence"] is Marker.SUPPRESSED


def test_where_the_unknowns_are_hidden_the_finding_stands_without_them(wary: Any) -> None:
    rows = [
        row
        for row in wary.found.findings.table.rows()
        if (row["unit"], row["indicator"], row["group"]) == ("North", "stop-rate", "Asian")
    ]
    assert rows
    for row in rows:
        assert isinstance(row["estimate"], float)
        assert row["unknown_share"] is row["low_bound"] is row["high_bound"] is Marker.SUPPRESSED
        assert "times as often" in str(row["sentence"])
        assert "not known" not in str(row["sentence"])


def test_where_the_unknowns_are_shown_the_finding_names_them(wary: Any) -> None:
    rows = [
        row
        for row in wary.found.findings.table.rows()
        if (row["unit"], row["indicator"], row["group"]) == ("", "stop-rate", "Asian")
    ]
    assert any("not known" in str(row["sentence"]) for row in rows)


def test_the_working_of_the_review_is_not_published(wary: Any) -> None:
    for name, text in wary.texts():
        assert "under_" not in text, name
        assert "primary" not in text.lower() or name.startswith("static/"), name


def test_a_hidden_finding_is_null_with_its_reason_in_the_json(wary: Any) -> None:
    said = wary.found.as_dict()["findings"]
    hidden = [f for f in said if f.get("absent", {}).get("estimate") == "suppressed"]
    assert hidden
    for finding in hidden:
        assert finding["estimate"] is None
        assert finding["sentence"] is None


def test_the_cleared_see_every_count(make: Any, tmp_path: Path) -> None:
    from evenhand.disclosure import CLEARED

    archive = make.month(tmp_path, "2020-01", [make.stops("white", 9), make.stops("black", 2)])
    run = make.run(archive, tmp_path / "site", CLEARED, **make.residents(tmp_path, AREAS))
    (row,) = [
        row for row in run.found.findings.table.rows()
        if (row["indicator"], row["group"], row["characteristic"])
        == ("stop-rate", "Black", "ethnicity-self-defined")
    ]  # fmt: skip
    assert row["count"] == 2
    assert not any(
        cell is Marker.SUPPRESSED
        for released in run.found.release.tables.values()
        for cells in released.table.cells.values()
        for cell in cells
    )
