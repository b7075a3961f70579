"""What a reviewed table hides, and what only a review can make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenhand.core import Column, DisclosureRefused, Marker, Role, Table, UsageProblem
from evenhand.disclosure import CLEARED, PUBLIC, STAFF, ReleasedTable, get_policy, review
from evenhand.disclosure.released import Treatment
from evenhand.disclosure.review import review_together


def table(name="searches", *, groups, counts, arrests=None, months=None):
    columns = [Column("group", Role.DIMENSION, "Group")]
    cells = {"group": groups}
    sums = {"group": "All"}
    if months:
        columns.append(Column("month", Role.DIMENSION, "Month"))
        cells["month"] = months
        sums["month"] = "All"
    columns.append(Column("searches", Role.COUNT, "Searches"))
    cells["searches"] = counts
    if arrests:
        columns.append(Column("arrests", Role.COUNT, "Arrests", of="searches"))
        cells["arrests"] = arrests
    columns.append(Column("share", Role.DERIVED, "Share"))
    cells["share"] = [0.5] * len(groups)
    columns.append(Column("note", Role.NOTE, "Note"))
    cells["note"] = ["words"] * len(groups)
    return Table(name, name, tuple(columns), cells, sums=sums)


def test_a_small_count_is_hidden_with_what_is_derived_from_it_and_one_other():
    released = review(table(groups=["A", "B", "C", "All"], counts=[3, 40, 100, 143]), PUBLIC).table
    assert released.cells["searches"] == [Marker.SUPPRESSED, Marker.SUPPRESSED, 100, 143]
    assert released.cells["share"] == [Marker.SUPPRESSED, Marker.SUPPRESSED, 0.5, 0.5]
    assert released.cells["note"] == ["words"] * 4


def test_a_true_zero_stays_a_zero():
    released = review(table(groups=["A", "B", "All"], counts=[0, 40, 40]), PUBLIC).table
    assert released.cells["searches"] == [0, 40, 40]


def test_two_hidden_ones_and_a_two_are_not_left_to_be_guessed_from_their_small_sum():
    released = review(
        table(groups=["A", "B", "C", "D", "All"], counts=[1, 2, 50, 90, 143]), PUBLIC
    ).table
    assert released.cells["searches"][:3] == [Marker.SUPPRESSED] * 3


def test_the_total_goes_when_nothing_else_can_hide_the_part():
    released = review(table(groups=["A", "B", "All"], counts=[3, 0, 3]), PUBLIC).table
    assert released.cells["searches"] == [Marker.SUPPRESSED, 0, Marker.SUPPRESSED]


def test_nearly_everyone_is_as_telling_as_hardly_anyone():
    released = review(
        table(groups=["A", "B", "All"], counts=[98, 100, 198], arrests=[97, 50, 147]), PUBLIC
    ).table
    assert released.cells["arrests"][0] is Marker.SUPPRESSED


def test_staff_may_not_see_that_all_or_none_of_a_group_did():
    released = review(
        table(groups=["A", "B", "C", "All"], counts=[50] * 3 + [150], arrests=[0, 25, 25, 50]),
        STAFF,
    ).table
    assert released.cells["arrests"][0] is Marker.SUPPRESSED


def test_the_cleared_see_everything():
    released = review(table(groups=["A", "B", "All"], counts=[1, 2, 3]), CLEARED)
    assert released.table.cells["searches"] == [1, 2, 3]
    assert released.treatment.words == "No figure in this table had to be hidden."


def test_a_count_hidden_in_one_table_is_hidden_in_every_linked_table():
    by_month = table(
        "by-month",
        groups=["A", "A", "A", "B", "B", "B", "All", "All", "All"],
        months=["1", "2", "All"] * 3,
        counts=[2, 10, 12, 20, 30, 50, 22, 40, 62],
    )
    whole = table("whole", groups=["A", "B", "All"], counts=[12, 50, 62])
    first, second = review_together([by_month, whole], PUBLIC)
    hidden = {
        row["group"]
        for row in first.table.where(month="All").rows()
        if row["searches"] is Marker.SUPPRESSED
    }
    assert {
        row["group"] for row in second.table.rows() if row["searches"] is Marker.SUPPRESSED
    } == hidden


def test_a_comparators_count_is_the_same_cell_as_the_groups_own():
    columns = (
        Column("group", Role.DIMENSION, "Group"),
        Column("comparator", Role.NOTE, "Comparator"),
        Column("searches", Role.COUNT, "Searches"),
        Column(
            "other", Role.COUNT, "Comparator's", measure="searches", instead={"group": "comparator"}
        ),
        Column("ratio", Role.DERIVED, "Ratio"),
    )
    pairs = Table(
        "pairs",
        "Pairs",
        columns,
        {"group": ["A"], "comparator": ["B"], "searches": [50], "other": [3], "ratio": [2.0]},
    )
    whole = table(groups=["A", "B", "C", "All"], counts=[50, 3, 40, 93])
    released = review_together([whole, pairs], PUBLIC)[1].table
    assert released.cells["other"] == [Marker.SUPPRESSED]
    assert released.cells["ratio"] == [Marker.SUPPRESSED]


def test_a_rate_over_very_few_people_is_hidden_though_its_count_is_not():
    columns = (
        Column("group", Role.DIMENSION, "Group"),
        Column("searches", Role.COUNT, "Searches"),
        Column("residents", Role.POPULATION, "Residents"),
        Column("rate", Role.DERIVED, "Rate"),
    )
    rates = Table(
        "r",
        "R",
        columns,
        {
            "group": ["A", "B"],
            "searches": [10, 10],
            "residents": [60, 6000],
            "rate": [1.0, 2.0],
        },
    )
    assert review(rates, PUBLIC).table.cells["rate"] == [Marker.SUPPRESSED, 2.0]


def test_nothing_but_a_review_makes_a_released_table():
    made = table(groups=["A"], counts=[1])
    treatment = Treatment("public", 1, 0, 0, "")
    with pytest.raises(DisclosureRefused, match="has not passed disclosure control"):
        ReleasedTable(made, treatment)


def test_an_unknown_policy_is_refused_with_the_names_there_are():
    with pytest.raises(UsageProblem, match="public, staff, cleared"):
        get_policy("everyone")


def test_a_detail_alone_in_its_broad_group_is_not_left_to_be_subtracted_from_it():
    def grouped(kind, groups, counts, nests):
        columns = (
            Column("kind", Role.DIMENSION, "Kind"),
            Column("group", Role.DIMENSION, "Group"),
            Column("searches", Role.COUNT, "Searches"),
        )
        cells = {"kind": [kind] * len(groups), "group": groups, "searches": counts}
        return Table(
            kind, kind, columns, cells, sums={"group": "All"}, within={"group": "kind"}, nests=nests
        )

    broad = grouped("broad", ["Black", "White", "All"], [703, 900, 1603], {})
    parts = {"group": dict.fromkeys(("Caribbean", "African", "Other Black"), ("broad", "Black"))}
    parts["group"]["British"] = ("broad", "White")
    detailed = grouped(
        "detailed",
        ["Caribbean", "African", "Other Black", "British", "All"],
        [3, 400, 300, 900, 1603],
        parts,
    )
    first, second = review_together([broad, detailed], PUBLIC)
    assert first.table.cells["searches"] == [703, 900, 1603]
    assert second.table.cells["searches"][:3] == [Marker.SUPPRESSED] * 3


def test_a_value_apart_is_in_no_total():
    made = table(groups=["A", "B", "C", "All"], counts=[3, 40, 90, 130])
    apart = replace(made, apart={"group": frozenset({"A"})})
    assert review(apart, PUBLIC).table.cells["searches"] == [Marker.SUPPRESSED, 40, 90, 130]
