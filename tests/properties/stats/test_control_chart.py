"""Control charts against a loop over months, and the noise they let through."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats.columns import Rate
from evenhand.stats.control_chart import Baseline, control_chart
from evenhand.stats.run_rules import MAKING_DATA_COUNT, NELSON, WESTERN_ELECTRIC, RunRules

months = st.lists(st.tuples(st.integers(30, 70), st.booleans()), min_size=1, max_size=30)


def runs_by_loop(signs: list[int], length: int, breaks: set[int]) -> list[int]:
    """Mark every point of every window of equal signs that no break lies inside."""
    marked = [0] * len(signs)
    for start in reversed(range(len(signs) - length + 1)):
        window = signs[start : start + length]
        inside = breaks & set(range(start + 1, start + length))
        if window[0] and len(set(window)) == 1 and not inside:
            marked[start : start + length] = window
    return marked


def by_loop(chart: Any, rules: RunRules, breaks: set[int]) -> dict[str, list[int]]:
    n, there = len(chart.value), [not np.isnan(v) for v in chart.value]
    side = [
        int(np.sign(v - c)) if t else 0
        for v, c, t in zip(chart.value, chart.centre, there, strict=True)
    ]
    outside = [
        int(v > h) - int(v < lo) if t else 0
        for v, h, lo, t in zip(chart.value, chart.high, chart.low, there, strict=True)
    ]
    shift = runs_by_loop(side, rules.shift, breaks)
    trend = [0] * n
    for start in reversed(range(n - (rules.trend or n + 1) + 1)):
        window = range(start, start + rules.trend)  # type: ignore[operator]
        if all(there[i] for i in window) and not breaks & set(window[1:]):
            steps = {int(np.sign(chart.value[i] - chart.value[i - 1])) for i in window[1:]}
            if len(steps) == 1 and 0 not in steps:
                for i in window:
                    trend[i] = next(iter(steps))
    near = [0] * n
    for start in range(n - 2):
        window = range(start, start + 3)
        if abs(sum(side[i] for i in window)) == 3 and not breaks & set(window[1:]):
            far = []
            for i in window:
                reach = (chart.high if side[i] > 0 else chart.low)[i] - chart.centre[i]
                if abs(chart.value[i] - chart.centre[i]) > 2 / 3 * abs(reach):
                    far.append(i)
            if len(far) >= 2:
                for i in far:
                    near[i] = side[i]
    return {"outside": outside, "shift": shift, "trend": trend, "two_of_three": near}


@given(
    months,
    st.sampled_from([MAKING_DATA_COUNT, WESTERN_ELECTRIC, NELSON, RunRules("short", 3, 3)]),
    st.integers(1, 29),
)
def test_every_signal_is_the_one_a_loop_over_months_finds(
    given_months: list[tuple[int, bool]], rules: RunRules, start: int
) -> None:
    events, missing = (list(part) for part in zip(*given_months, strict=True))
    starts = (0, start) if start < len(events) else (0,)
    chart = control_chart(
        Rate(events, 1000), missing=missing, baseline=Baseline(starts), rules=rules
    )
    expected = by_loop(chart, rules, set(starts[1:]))
    for name, marks in expected.items():
        assert getattr(chart.signals, name).tolist() == marks, name
    np.testing.assert_array_equal(np.isnan(chart.value), missing)
    np.testing.assert_array_equal(np.isfinite(chart.high), chart.reason == 0)


@given(months)
def test_turning_the_chart_upside_down_turns_its_runs(given_months: list[tuple[int, bool]]) -> None:
    events = np.array([month[0] for month in given_months])
    up = control_chart(Rate(events, 1000)).signals
    down = control_chart(Rate(100 - events, 1000)).signals
    np.testing.assert_array_equal(up.trend, -down.trend)


def test_ordinary_noise_seldom_passes_exact_limits() -> None:
    draws = np.random.default_rng(8).poisson(4.0, (4000, 24))
    chart = control_chart(Rate(draws, 100), baseline=Baseline(limits="exact"))
    assert chart.signals.outside.astype(bool).mean() < 0.004
