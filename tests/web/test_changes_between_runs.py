"""What is worsening or improving between two measurements, made of what was released of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenhand.core import Month, Period
from evenhand.web.measures.changes import add_changes
from evenhand.web.measures.plans import RunPlan

from .conftest import build_figure


def figure(estimate, *, year, policy="public", width=0.1, **other):
    made = build_figure(policy, unit="")
    numbers = {"estimate": estimate, "low": estimate - width, "high": estimate + width}
    made = replace(
        made, starts=date(year, 1, 1), ends=date(year, 12, 31), numbers={**EMPTY, **numbers}
    )
    return replace(made, **other)


EMPTY = dict.fromkeys(
    (
        "count", "of", "other_count", "other_of", "value", "other_value", "p_adjusted",
        "comparisons", "unknown_share", "low_bound", "high_bound", "detectable",
    )
)  # fmt: skip


def run(year, *figures):
    return RunPlan(
        ref=f"workforce-{year}", dataset="workforce", title="", code_version="0", definitions={},
        period=Period(Month(year, 1), Month(year, 12)), loads=(), policies={}, figures=figures,
    )  # fmt: skip


def changes(now, *before):
    made = add_changes(now, before).figures
    return [f for f in made if f.indicator.endswith("-change")]


@pytest.mark.parametrize(
    ("then", "now", "signal"),
    [(1.2, 1.8, "worsening"), (1.8, 1.2, "improving"), (0.8, 0.5, "worsening")],
)
def test_a_ratio_that_went_from_or_came_back_to_even_is_said(then, now, signal):
    (found,) = changes(run(2026, figure(now, year=2026)), run(2025, figure(then, year=2025)))
    assert found.signal == signal
    assert found.numbers["estimate"] == pytest.approx(now / then)
    assert found.numbers["low"] < now / then < found.numbers["high"]
    assert "It does not show why." in found.sentence


@pytest.mark.parametrize(
    ("then", "now", "width"),
    [
        (1.5, 1.5, 0.1),  # as it was
        (1.2, 1.8, 0.7),  # could be chance
        (1.2, 1.4, 0.01),  # sure, and not notable
        (0.7, 1.4, 0.1),  # crossed from one side to the other
    ],
)
def test_where_it_cannot_be_told_nothing_is_said(then, now, width):
    later = figure(now, year=2026, width=width)
    assert not changes(run(2026, later), run(2025, figure(then, year=2025, width=width)))


def test_measurements_that_share_months_are_not_set_against_each_other():
    shared = replace(figure(1.2, year=2025), ends=date(2026, 6, 30))
    apart = figure(1.3, year=2023)
    later = figure(1.9, year=2026)
    assert not changes(run(2026, later), run(2025, shared))
    (found,) = changes(run(2026, later), run(2023, apart), run(2025, shared))
    assert found.numbers["other_value"] == 1.3


def test_what_was_hidden_in_either_year_has_no_change_for_that_audience():
    hidden = replace(
        figure(1.2, year=2025), numbers={**figure(1.2, year=2025).numbers, "low": None}
    )
    cleared = [figure(v, year=y, policy="cleared") for v, y in ((1.2, 2025), (1.8, 2026))]
    found = changes(run(2026, figure(1.8, year=2026), cleared[1]), run(2025, hidden, cleared[0]))
    assert [each.policy for each in found] == ["cleared"]


def test_months_of_waiting_are_told_as_months():
    later = figure(9.0, year=2026, width=1.0, scale="months")
    (found,) = changes(
        run(2026, later), run(2025, figure(3.0, year=2025, width=1.0, scale="months"))
    )
    assert found.signal == "worsening"
    assert "6.0 months" in found.sentence


def test_what_is_worsening_stands_with_the_concerns_in_each_audience_own_order():
    quiet = replace(figure(1.1, year=2026), key="quiet", group="Other", signal="none")
    made = add_changes(
        run(2026, quiet, figure(1.8, year=2026)), [run(2025, figure(1.2, year=2025))]
    ).figures
    assert [f.signal for f in made] == ["concern", "worsening", "none"]
    assert [f.order for f in made] == [0, 1, 2]
