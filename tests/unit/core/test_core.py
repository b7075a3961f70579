"""The small shared values keep their promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core import (
    Column,
    Confidence,
    Decision,
    EvenhandError,
    Marker,
    Month,
    Period,
    Refused,
    Role,
    Signal,
    Table,
    UsageProblem,
    require,
)


@pytest.mark.parametrize("level", [95, 1, 0, 0.5, -0.95, 1.5])
def test_a_confidence_that_is_not_a_proportion_is_refused(level):
    with pytest.raises(UsageProblem, match=r"Write 0\.95 for 95%"):
        Confidence(level)


def test_a_confidence_reads_as_a_percentage():
    assert str(Confidence(0.95)) == "95%"
    assert Confidence(0.95).tail == pytest.approx(0.025)


def test_an_error_says_where_what_rule_and_what_to_do():
    error = EvenhandError(
        "no date.", remedy="Add it.", rule="has-date", file="a.csv", line=1234, column="Date"
    )
    assert str(error) == "a.csv, line 1,234, column “Date”: no date. [rule: has-date] Add it."
    assert error.as_dict()["line"] == 1234


def test_every_kind_of_error_has_an_exit_code_of_its_own():
    kinds = EvenhandError.__subclasses__()
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes
    assert len({kind.kind for kind in kinds}) == len(kinds)


def test_a_refusal_raises_its_reason_at_the_edge_only():
    require(Decision(True))
    with pytest.raises(Refused, match="the owner may not judge"):
        require(Decision(False, "the owner may not judge"))


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_a_month_survives_being_written_and_indexed(year, number):
    month = Month(year, number)
    assert Month.parse(str(month)) == month
    assert Month.at(month.index) == month


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-1", "26-01", "", "2026-00"])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(UsageProblem):
        Month.parse(text)


def test_a_period_holds_both_its_ends_and_knows_its_length():
    period = Period(Month(2019, 11), Month(2020, 2))
    assert [str(month) for month in period] == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert len(period) == 4
    assert Month(2020, 2) in period
    assert Month(2020, 3) not in period
    assert period.words == "November 2019 to February 2020"


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(UsageProblem, match="cannot end"):
        Period(Month(2020, 2), Month(2020, 1))


def test_the_six_absences_look_and_read_differently():
    assert len({marker.symbol for marker in Marker}) == len(Marker) == 6
    assert len({marker.words for marker in Marker}) == 6


def test_every_signal_says_what_may_be_concluded_from_it():
    assert [signal.rank for signal in Signal] == list(range(len(Signal)))
    assert all(signal.words and signal.meaning for signal in Signal)
    with pytest.raises(UsageProblem, match="is not a signal"):
        Signal.read("alarm")


def _table(**cells):
    return Table("t", "T", tuple(Column(n, Role.NOTE, n) for n in cells), cells)


def test_a_table_whose_columns_differ_in_length_is_refused():
    with pytest.raises(UsageProblem, match="differ in length"):
        _table(a=[1], b=[1, 2])


def test_rows_and_filters_keep_cells_together():
    table = _table(a=[1, 2, 1], b=["x", "y", "z"])
    assert table.where(a=1).rows() == [{"a": 1, "b": "x"}, {"a": 1, "b": "z"}]
    with pytest.raises(UsageProblem, match="no column 'c'"):
        table.column("c")
