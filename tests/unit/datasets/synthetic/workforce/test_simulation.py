"""The simulated workforce holds together, holds what was planted, and nothing else."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from evenhand.codelists import get_codelist
from evenhand.core import UsageProblem
from evenhand.datasets.synthetic.workforce import (
    WOMEN,
    FilteringStage,
    Group,
    LosingUnit,
    SlowerStep,
    SyntheticWorkforce,
    WorkforceShape,
    restricted_mean_months,
    simulate_workforce,
)
from evenhand.datasets.workforce import ABSENT, TABLES, Holds

SMALL = WorkforceShape(people=900, months=30)


def simulate(shape: WorkforceShape, seed: int = 11) -> SyntheticWorkforce:
    return simulate_workforce(shape, rng=np.random.default_rng(seed))


@pytest.fixture(scope="module")
def small() -> SyntheticWorkforce:
    return simulate(SMALL)


def ask(made: SyntheticWorkforce, sql: str) -> list[tuple]:
    with duckdb.connect() as engine:
        for name, table in made.tables.items():
            engine.register(name, table)
        return engine.sql(sql).fetchall()


def test_every_table_has_the_columns_and_types_of_its_schema(small: SyntheticWorkforce) -> None:
    for name, table in small.tables.items():
        assert TABLES[name].require(table).schema == TABLES[name].arrow
        assert table.num_rows


def test_every_code_is_one_of_its_codelists_or_says_why_it_is_absent(
    small: SyntheticWorkforce,
) -> None:
    for name, table in small.tables.items():
        for column in TABLES[name].columns:
            if column.holds is not Holds.CODE:
                continue
            known = {code.code for each in column.codelists for code in get_codelist(each).codes}
            assert set(table[column.name].unique().to_pylist()) <= known | {*ABSENT, ""}, column


def test_no_two_rows_share_the_key_of_their_table(small: SyntheticWorkforce) -> None:
    for name, table in small.tables.items():
        key = ", ".join(f'"{column}"' for column in TABLES[name].key)
        if key:
            (distinct,) = ask(small, f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM {name})")[0]
            assert distinct == table.num_rows, name


def test_the_same_seed_gives_the_same_tables_and_another_seed_others() -> None:
    shape = WorkforceShape(people=600, months=12)
    first, again, other = simulate(shape, 1), simulate(shape, 1), simulate(shape, 2)
    assert all(table.equals(again.tables[name]) for name, table in first.tables.items())
    assert not first.tables["movements"].equals(other.tables["movements"])


def test_who_is_there_each_month_is_who_joined_before_and_has_not_left(
    small: SyntheticWorkforce,
) -> None:
    naive = """
        SELECT month, count(*) FROM (SELECT DISTINCT month FROM strength) JOIN (
            SELECT j."on" AS since, l."on" AS until FROM movements j
            LEFT JOIN movements l ON l.person = j.person AND l.kind = 'leave'
            WHERE j.kind = 'join'
        ) ON since < month AND (until IS NULL OR until >= month) GROUP BY month ORDER BY month"""
    counted = ask(small, "SELECT month, count(*) FROM strength GROUP BY month ORDER BY month")
    assert counted == ask(small, naive)
    assert len(counted) == SMALL.months


def test_the_grade_of_each_month_is_that_of_the_last_promotion_before_it(
    small: SyntheticWorkforce,
) -> None:
    naive = """
        SELECT count(*) FROM strength s WHERE grade <> (
            SELECT arg_max(to_grade, "on") FROM movements m
            WHERE m.person = s.person AND m.kind IN ('join', 'promote') AND m."on" < s.month)"""
    assert ask(small, naive) == [(0,)]


def test_everybody_promoted_since_the_start_had_passed_the_board(
    small: SyntheticWorkforce,
) -> None:
    unsupported = """
        SELECT count(*) FROM movements m WHERE kind = 'promote' AND "on" >= '2016-01-01'
        AND NOT EXISTS (SELECT 1 FROM processes p WHERE p.person = m.person AND stage = 'board'
            AND outcome = 'pass' AND grade = to_grade AND p."on" < m."on")"""
    assert ask(small, unsupported) == [(0,)]


def test_a_temporary_promotion_that_ends_had_begun(small: SyntheticWorkforce) -> None:
    orphans = """
        SELECT count(*) FROM movements e WHERE kind IN ('temporary_end', 'temporary_extend')
        AND NOT EXISTS (SELECT 1 FROM movements b WHERE b.person = e.person
            AND b.kind = 'temporary_start' AND b."on" <= e."on")"""
    assert ask(small, orphans) == [(0,)]


HAZARD = """
    SELECT s.{what}, count(m.person) / count(*) AS hazard FROM strength s
    LEFT JOIN movements m ON m.person = s.person AND m.kind = '{kind}'
        AND date_trunc('month', m."on") = s.month
    WHERE {where} GROUP BY ALL"""


@pytest.mark.slow
def test_what_is_planted_is_there_and_nothing_else_is() -> None:
    """A crude ratio of monthly chances, by counting: no method of ours takes part."""
    shape = WorkforceShape(
        people=40_000,
        months=60,
        waves=0,
        slower=(SlowerStep(WOMEN, "constable", 0.5),),
        filters=(FilteringStage(WOMEN, "recruitment", "interview", 0.7),),
        losing=(LosingUnit("Custody", 2.0),),
    )
    made = simulate(shape, 3)
    waited = "date_diff('month', started_on, month) >= 36 AND sex IN ('female', 'male') AND "

    def ratio(grade: str) -> float:
        sql = HAZARD.format(what="sex", kind="promote", where=f"{waited} grade = '{grade}'")
        rates = dict(ask(made, sql))
        return rates["female"] / rates["male"]

    assert ratio("constable") == pytest.approx(0.5, abs=0.12)
    assert ratio("band-g") == pytest.approx(1.0, abs=0.25)

    passing = """
        SELECT stage, avg((outcome = 'pass')::INT) FILTER (sex = 'female')
            / avg((outcome = 'pass')::INT) FILTER (sex = 'male')
        FROM processes WHERE process_kind IN ('recruitment', 'specialist') GROUP BY ALL"""
    stages = dict(ask(made, passing.replace("SELECT stage", "SELECT process_kind || stage")))
    assert stages.pop("recruitmentinterview") == pytest.approx(0.7, abs=0.05)
    assert list(stages.values()) == pytest.approx([1.0] * len(stages), abs=0.12)

    leaving = dict(ask(made, HAZARD.format(what="unit", kind="leave", where="TRUE")))
    custody = leaving.pop("Custody")
    usual = np.mean(list(leaving.values()))
    assert custody / usual == pytest.approx(2.0, abs=0.25)
    assert [rate / usual for rate in leaving.values()] == pytest.approx([1.0] * 19, abs=0.25)


def test_a_shape_without_differences_plants_none() -> None:
    made = simulate(WorkforceShape.without_differences(people=600, months=12))
    assert made.truths == ()


def test_the_restricted_mean_of_the_truth_is_that_of_drawn_waiting_times() -> None:
    rng = np.random.default_rng(5)
    for ratio in (1.0, 0.5):
        drawn = 24 + rng.geometric(0.015 * 0.5 * 0.8 * 0.6 * ratio, 400_000) - 1
        # A grade begins and ends on some day of its month: the difference of two even draws.
        months = np.minimum(drawn + rng.random(400_000) - rng.random(400_000), 240)
        truth = restricted_mean_months("officer", "sergeant", horizon=240, ratio=ratio)
        assert truth == pytest.approx(months.mean(), abs=0.3)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"people": 10}, "at least 500 people"),
        ({"months": 3}, "at least 12 months"),
        ({"slower": (SlowerStep(from_grade="pcso"),)}, "nobody is promoted from pcso"),
        ({"slower": (SlowerStep(ratio=0.0),)}, "ratio above 0"),
        ({"filters": (FilteringStage(stage="medical"),)}, "no such stage"),
        ({"losing": (LosingUnit("Nowhere"),)}, "no unit Nowhere"),
        ({"snapshot_every": 0}, "every 1 or more"),
    ],
)
def test_a_shape_that_means_nothing_is_refused(wrong: dict, why: str) -> None:
    with pytest.raises(UsageProblem, match=why):
        WorkforceShape(**wrong)


def test_a_group_nobody_is_drawn_for_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageProblem, match=r"sex.*female"):
        Group("sex", ("martian",))


def test_thinned_snapshots_are_those_of_the_full_run() -> None:
    shape = WorkforceShape(people=600, months=24, waves=0)
    full = simulate(shape).tables["strength"]
    thin = simulate(WorkforceShape(people=600, months=24, waves=0, snapshot_every=12))
    kept = thin.tables["strength"]
    months = kept["month"].unique()
    assert len(months) == 2
    expected = full.filter(pa.compute.is_in(full["month"], value_set=months))
    schema = TABLES["strength"]
    assert schema.require(kept).equals(schema.require(expected))


def test_every_truth_says_in_words_whom_it_is_about() -> None:
    sentences = [truth.sentence for truth in simulate(WorkforceShape(people=500, months=12)).truths]
    assert sentences[0].startswith(
        "People whose ethnicity is Caribbean, African or Any other Black background are promoted"
    )
    assert sentences[1].startswith("People whose sex is Female pass the interview of specialist")
