"""What counts as a number of people, what marks a gap, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core import ContractBroken
from evenhand.datasets.population.counts import parse_count


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0", 0),
        (" 278 ", 278),
        ("1,081", 1081),
        ("1,234,567", 1234567),
        ("1,081.0", 1081),
        ("59597.0", 59597),
        (278.0, 278),
        (7, 7),
    ],
)
def test_numbers_as_published_are_read(cell: str | float, number: int) -> None:
    assert parse_count(cell) == number


@pytest.mark.parametrize(("cell", "number"), [("87.761", 87761), ("1.234.567", 1234567), ("5", 5)])
def test_dots_group_thousands_where_the_sheet_says_so(cell: str, number: int) -> None:
    assert parse_count(cell, dotted=True) == number


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "-", " -   ", "N/A", "n/a", "..", "-8", -8, -8.0, "[c]", float("nan")]
)
def test_a_sign_for_a_gap_is_no_number_and_above_all_no_zero(cell: str | float | None) -> None:
    assert parse_count(cell) is None


@pytest.mark.parametrize("cell", ["87.761", "0.5", 0.5, "1,08", "12,34,567", "many", "1e3", "inf"])
def test_what_is_not_a_whole_number_is_refused(cell: str | float) -> None:
    with pytest.raises(ContractBroken, match="whole number") as refused:
        parse_count(cell)
    assert refused.value.rule == "residents-are-whole-numbers"


@pytest.mark.parametrize("cell", ["-1", -3, "−12", "-1,081"])
def test_a_negative_number_is_refused(cell: str | int) -> None:
    with pytest.raises(ContractBroken, match="cannot live anywhere"):
        parse_count(cell)


def test_a_decimal_comma_in_a_sheet_with_dotted_thousands_is_a_fraction() -> None:
    with pytest.raises(ContractBroken, match="whole number"):
        parse_count("0,3", dotted=True)


@given(st.integers(0, 10**12))
def test_every_whole_number_survives_every_way_of_writing_it(number: int) -> None:
    with_commas = f"{number:,}"
    assert parse_count(str(number)) == number
    assert parse_count(with_commas) == number
    assert parse_count(with_commas.replace(",", "."), dotted=True) == number
