"""What is pooled over rows falls with any one of them, and with no other."""

from __future__ import annotations

from evenhand.core import Column, Marker, Role, Table
from evenhand.disclosure import CLEARED, PUBLIC, review

HIDDEN = Marker.SUPPRESSED


def build(*counts: int) -> Table:
    """Two units of half the months each, with their own count and a limit over the months."""
    half = len(counts) // 2
    return Table(
        "months",
        "Months",
        (
            Column("unit", Role.DIMENSION, "Unit"),
            Column("month", Role.DIMENSION, "Month"),
            Column("count", Role.COUNT, "Count"),
            Column("own", Role.DERIVED, "Own"),
            Column("limit", Role.DERIVED, "Limit", over=("month",)),
        ),
        {
            "unit": ["a"] * half + ["b"] * half,
            "month": [str(i) for i in range(half)] * 2,
            "count": list(counts),
            "own": [float(n) for n in counts],
            "limit": [9.0] * len(counts),
        },
    )


def test_a_hidden_month_takes_the_limit_of_its_unit_and_no_other() -> None:
    shown = review(build(3, 20, 30, 20, 30, 40), PUBLIC).table
    assert shown.cells["limit"] == [HIDDEN] * 3 + [9.0] * 3
    assert shown.cells["own"] == [HIDDEN, 20.0, 30.0, 20.0, 30.0, 40.0]


def test_nothing_pooled_falls_where_nothing_is_hidden() -> None:
    for table, policy in ((build(9, 20, 30, 20), PUBLIC), (build(3, 20, 30, 20), CLEARED)):
        assert review(table, policy).table.cells["limit"] == [9.0] * 4


def test_what_is_pooled_over_everything_falls_with_any_row() -> None:
    table = build(3, 20, 30, 20)
    columns = (*table.columns[:-1], Column("limit", Role.DERIVED, "Limit", over=("unit", "month")))
    whole = Table("months", "Months", columns, table.cells)
    assert review(whole, PUBLIC).table.cells["limit"] == [HIDDEN] * 4
