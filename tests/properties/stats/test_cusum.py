"""CUSUM charts against a loop and against simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats.columns import Proportion
from evenhand.stats.cusum import Watch, bernoulli_cusum, poisson_cusum, poisson_run_length

ratios = st.one_of(st.floats(0.1, 0.9), st.floats(1.1, 5))


@given(
    st.lists(st.tuples(st.integers(0, 20), st.floats(0.5, 15), st.booleans()), min_size=1),
    ratios,
    st.floats(0.5, 8),
)
def test_the_score_is_the_one_a_loop_keeps(
    periods: list[tuple[int, float, bool]], ratio: float, limit: float
) -> None:
    events, expected, missing = zip(*periods, strict=True)
    chart = poisson_cusum(events, expected, watch=Watch(ratio, limit), missing=missing)
    running = 0.0
    for i, (y, e, gap) in enumerate(periods):
        if gap:
            assert math.isnan(chart.score[i])
            continue
        likelihood = [y * math.log(e * r) - e * r for r in (1.0, ratio)]
        running = max(0.0, running + likelihood[1] - likelihood[0])
        assert chart.score[i] == pytest.approx(running, abs=1e-9)
        if abs(running - limit) > 1e-9:
            assert chart.alarm[i] == (running >= limit)
        running = 0.0 if chart.alarm[i] else running


@given(st.lists(st.integers(0, 1), min_size=1, max_size=40), st.floats(0.05, 0.9), ratios)
def test_one_person_at_a_time_is_the_sum_of_log_likelihood_ratios(
    outcomes: list[int], usual: float, ratio: float
) -> None:
    ones = [1] * len(outcomes)
    chart = bernoulli_cusum(Proportion(outcomes, ones), usual=usual, watch=Watch(ratio, 1e6))
    changed = ratio * usual / (1 - usual + ratio * usual)
    running = 0.0
    for score, x in zip(chart.score, outcomes, strict=True):
        step = math.log(changed / usual) if x else math.log((1 - changed) / (1 - usual))
        running = max(0.0, running + step)
        assert score == pytest.approx(running, abs=1e-9)


@pytest.mark.parametrize(
    ("expected", "watch", "truth"),
    [(5, Watch(2, 3), 1), (5, Watch(2, 3), 2), (0.4, Watch(3, 2), 1), (20, Watch(0.7, 3), 1)],
)
def test_the_run_length_is_the_one_simulation_finds(
    expected: float, watch: Watch, truth: float
) -> None:
    generator = np.random.default_rng(4)
    draws = generator.poisson(expected * truth, (2500, 1500))
    alarm = poisson_cusum(draws, float(expected), watch=watch).alarm
    first = np.where(alarm.any(axis=1), alarm.argmax(axis=1) + 1, 1500)
    error = first.std() / np.sqrt(first.size)
    ours = poisson_run_length(expected, watch, truth=truth)
    assert ours == pytest.approx(first.mean(), abs=3.5 * error + 0.02 * ours)
