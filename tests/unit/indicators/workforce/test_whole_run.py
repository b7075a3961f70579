"""One run over a simulated service: what is there, what it says, and that it may be released."""

from __future__ import annotations

import re

import numpy as np
import pytest

from evenhand.core import Marker, Month, NothingToMeasure, Role, UsageProblem
from evenhand.disclosure import POLICIES, review_together
from evenhand.indicators.workforce import measure_workforce
from evenhand.indicators.workforce.treatment import MEASURES


def rows_of(measured):
    return [row for table in measured.findings for row in table.rows()]


def test_every_measure_is_put_and_only_those_that_lack_a_table_are_not(measured):
    put = {each.measure.id for each in measured.put}
    assert put | set(measured.absent) >= {m.id for m in MEASURES} - {"workforce-not-disclosed"}
    assert not measured.absent


def test_a_measure_without_its_table_says_which_one_it_lacks(made):
    only = measure_workforce(
        {"strength": made.tables["strength"]},
        at=Month(2017, 12),
        rng=np.random.default_rng(1),
        crossed=(),
    )
    assert only.absent["workforce-survey"] == ("survey",)
    assert "movements" in only.absent["workforce-leaving"]
    with pytest.raises(UsageProblem, match="Load survey"):
        only.of("workforce-survey")


def test_without_a_snapshot_up_to_the_month_nothing_can_be_measured(made):
    with pytest.raises(NothingToMeasure):
        measure_workforce(made.tables, at=Month(2010, 1), rng=np.random.default_rng(1))


def test_every_finding_has_the_columns_that_all_findings_have(measured):
    shared = {
        "service", "unit", "characteristic", "group", "comparator", "field", "indicator",
        "period", "signal", "count", "of", "other_count", "other_of", "value", "other_value",
        "estimate", "low", "high", "p_adjusted", "comparisons", "unknown_share", "low_bound",
        "high_bound", "without_repeats", "detectable", "sentence", "method",
    }  # fmt: skip
    for table in measured.findings:
        assert shared <= {column.name for column in table.columns}, table.name


def test_every_sentence_says_how_many_of_how_many(measured):
    for row in rows_of(measured):
        assert re.search(r"[\d,.]+ of [\d,.]+|cannot be compared", row["sentence"]), row["sentence"]


def test_too_small_to_tell_always_says_what_could_have_been_seen(measured):
    small = [row for row in rows_of(measured) if row["signal"] == "too small to tell"]
    assert small
    for row in small:
        compared = "Too small to tell: these numbers" in row["sentence"]
        assert compared, row["sentence"]


def test_the_family_of_a_p_value_is_the_measure_at_its_level(measured):
    for each in measured.put:
        sizes = {
            (row["unit"] == "", "×" in str(row["characteristic"]), row["comparisons"])
            for table in each.findings
            for row in table.rows()
        }
        levels = [(whole, crossed) for whole, crossed, _ in sizes]
        assert len(levels) == len(set(levels)), each.measure.id


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_everything_found_can_be_released_together(measured, policy):
    released = review_together(measured.tables, policy)
    assert len(released) == len(measured.tables)


def test_a_hidden_count_takes_its_sentence_with_it(measured):
    released = review_together(measured.tables, POLICIES["public"])
    hidden = [
        row
        for table in released
        if table.table.name.startswith("findings")
        for row in table.table.rows()
        if isinstance(row["count"], Marker)
    ]
    assert hidden
    assert all(row["sentence"] is Marker.SUPPRESSED for row in hidden)
    assert all(row["estimate"] is Marker.SUPPRESSED for row in hidden)


def test_groups_and_everybody_add_up_in_every_table_of_figures(measured):
    for each in measured.put:
        for table in each.figures:
            dimensions = [n for n in table.named(Role.DIMENSION) if n.startswith("group")]
            if dimensions != ["group"] or not table.name.startswith("groups-"):
                continue
            sums: dict[tuple[str, str], list[int]] = {}
            for row in table.rows():
                parts = sums.setdefault((row["unit"], row["step"]), [0, 0])
                parts[row["group"] == "All"] += row["count"]
            assert all(groups == everybody for groups, everybody in sums.values()), table.name


def test_three_characteristics_at_once_are_measured_on_request(measured):
    tables = [
        t for t in measured.of("workforce-early-leaving").figures if "disability" in t.name
        and "sex" in t.name
    ]  # fmt: skip
    assert len(tables) == 1
    assert {"group/sex", "group/ethnicity", "group/disability"} <= set(tables[0].cells)


def test_a_rank_is_compared_with_the_one_below_on_its_own_ladder(measured):
    found = [t for t in measured.of("workforce-ladder").findings if t.name.endswith("-sex")]
    steps = {(row["step"], row["comparator_step"]) for row in found[0].rows()}
    assert ("Sergeant", "Constable") in steps
    assert all(below != "Community support officer (Pcso)" for _, below in steps)


def test_up_to_a_month_before_a_table_begins_its_measures_are_absent_and_the_others_are_there(made):
    """Training was recorded in the last month only: a year earlier there is nothing to measure."""
    then = measure_workforce(
        made.tables, at=Month(2016, 12), rng=np.random.default_rng(1), crossed=()
    )
    assert then.absent["workforce-training-reach"] == ("training",)
    assert then.of("workforce-ladder").findings


def test_the_same_tables_give_the_same_findings(made, measured):
    again = measure_workforce(
        made.tables,
        at=Month(2017, 12),
        rng=np.random.default_rng(1),
        crossed=(("sex", "ethnicity"), ("sex", "ethnicity", "disability")),
    )
    assert [t.cells for t in again.tables] == [t.cells for t in measured.tables]
    assert [t.sentence for t in again.targets] == [t.sentence for t in measured.targets]
