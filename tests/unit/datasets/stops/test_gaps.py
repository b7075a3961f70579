"""What the report says is missing or odd as a whole."""

from __future__ import annotations

from evenhand.core import Month
from evenhand.datasets.stops.gaps import list_gaps
from evenhand.datasets.stops.tally import BLANKS, MonthTally

Months = dict[Month, MonthTally]


def tally(
    rows: int = 100, *, midnight: int = 0, repeated: int = 0, outside: int = 0, blank: str = ""
) -> MonthTally:
    blanks = {name: rows if name in blank.split() else 0 for name in BLANKS}
    return MonthTally(rows, midnight, repeated, outside, blanks)


def months(first: str, *tallies: MonthTally | None) -> Months:
    start = Month.parse(first).index
    return {Month.at(start + i): t for i, t in enumerate(tallies) if t is not None}


def rules(tallies: dict[str, Months]) -> list[tuple[str, str]]:
    return [(gap.rule, gap.service) for gap in list_gaps(tallies)]


def test_a_full_and_steady_service_has_no_gap() -> None:
    assert rules({"kent": months("2019-11", *[tally()] * 4)}) == []


def test_a_column_blank_in_every_row_is_a_gap() -> None:
    (gap,) = list_gaps({"kent": months("2019-01", *[tally(blank="sex")] * 2)})
    assert (gap.rule, gap.column, gap.count, gap.total) == ("column-empty", "Gender", 200, 200)
    assert gap.sentence == "kent: “Gender” is blank in every one of 200 rows."


def test_a_column_blank_for_some_months_names_them() -> None:
    blank = tally(blank="age")
    found = list_gaps({"kent": months("2019-01", tally(), blank, blank, tally(), blank)})
    (gap,) = found
    assert gap.rule == "column-empty-in-months"
    assert gap.months == ("2019-02", "2019-03", "2019-05")
    assert gap.sentence.endswith("throughout February 2019 to March 2019 and May 2019.")


def test_midnight_only_months_are_named() -> None:
    (gap,) = list_gaps({"kent": months("2019-01", tally(midnight=100), tally(midnight=99))})
    assert (gap.rule, gap.months, gap.count) == ("midnight-only", ("2019-01",), 100)


def test_half_the_rows_repeated_is_published_twice_and_a_third_is_not() -> None:
    found = list_gaps({"kent": months("2019-01", tally(repeated=50), tally(repeated=33))})
    assert [(gap.rule, gap.months) for gap in found] == [("published-twice", ("2019-01",))]


def test_two_like_rows_of_a_tiny_month_are_not_published_twice() -> None:
    found = rules({"kent": months("2019-01", tally(4, repeated=2))})
    assert ("published-twice", "kent") not in found


def test_a_month_inside_the_span_is_missing() -> None:
    (gap,) = list_gaps({"kent": months("2019-01", tally(), None, tally())})
    assert (gap.rule, gap.months) == ("month-missing", ("2019-02",))


def test_a_service_that_stops_before_the_others_is_named() -> None:
    found = list_gaps({"a": months("2019-01", *[tally()] * 6), "b": months("2019-01", tally())})
    (gap,) = found
    assert (gap.rule, gap.service) == ("stops-early", "b")
    assert gap.months == ("2019-02", "2019-03", "2019-04", "2019-05", "2019-06")


def test_rows_that_strayed_over_the_edge_make_no_month() -> None:
    strayed = tally(1, outside=1)
    found = list_gaps({"kent": months("2019-01", tally(), tally(), strayed)})
    assert [gap.rule for gap in found] == ["outside-file-month"]
    found = list_gaps({"kent": months("2018-10", strayed, None, None, tally(), tally())})
    assert [gap.rule for gap in found] == ["outside-file-month"]


def test_a_month_far_below_the_usual_is_named() -> None:
    (gap,) = list_gaps({"kent": months("2019-01", tally(500), tally(500), tally(30))})
    assert (gap.rule, gap.months, gap.count) == ("few-rows", ("2019-03",), 30)


def test_no_service_no_gap() -> None:
    assert list_gaps({}) == []
