"""Standardisation against loops in exact fractions, and against what must not change it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats.columns import Rate
from evenhand.stats.indirect_standardisation import indirect_ratio
from evenhand.stats.standardisation import direct_rate

people = st.one_of(st.integers(0, 40), st.integers(0, 10**9))
strata = st.lists(st.tuples(people, people, st.integers(0, 500)), min_size=1, max_size=7)


@given(strata)
def test_the_direct_rate_equals_exact_fractions(cells: list[tuple[int, int, int]]) -> None:
    events, population, standard = (list(part) for part in zip(*cells, strict=True))
    if not sum(standard):
        return
    weighted, kept = Fraction(0), 0
    for e, p, s in cells:
        if p and s:
            weighted += Fraction(e * s, p)
            kept += s
    ours = direct_rate(Rate(events, population), standard)
    if kept:
        assert ours.estimate.value == pytest.approx(float(weighted / kept), rel=1e-9)
        assert ours.estimate.low <= ours.estimate.value * (1 + 1e-9)
        assert ours.estimate.value <= ours.estimate.high * (1 + 1e-9)
        assert ours.estimate.low >= 0
    assert np.isfinite(ours.estimate.high) == (ours.estimate.reason == 0) == (kept > 0)
    assert ours.standard_left_out == pytest.approx(1 - kept / sum(standard), abs=1e-12)


@given(strata, st.randoms(use_true_random=False), st.integers(2, 9))
def test_order_and_the_size_of_the_standard_do_not_matter(
    cells: list[tuple[int, int, int]], order: object, scale: int
) -> None:
    if not sum(cell[2] for cell in cells):
        return
    shuffled = list(cells)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    answers = []
    for these, times in ((cells, 1), (shuffled, scale)):
        e, p, s = (np.array(part) for part in zip(*these, strict=True))
        answers.append(direct_rate(Rate(e, p), s * times).estimate)
    for part in ("value", "low", "high"):
        np.testing.assert_allclose(
            getattr(answers[0], part), getattr(answers[1], part), rtol=1e-9, atol=1e-15
        )


@given(strata)
def test_the_indirect_ratio_equals_a_loop(cells: list[tuple[int, int, int]]) -> None:
    events, population, extra = (np.array(part) for part in zip(*cells, strict=True))
    reference = Rate(extra, extra * 3)
    expected, left_out = Fraction(0), 0
    for p, e in zip(population.tolist(), extra.tolist(), strict=True):
        if e:
            expected += Fraction(p, 3)
        else:
            left_out += p
    ours = indirect_ratio(Rate(events, population), reference)
    assert ours.people_left_out == left_out
    assert ours.expected == pytest.approx(float(expected), rel=1e-9)
    if expected and not left_out:
        assert ours.estimate.value == pytest.approx(sum(events.tolist()) / float(expected))
    else:
        assert ours.estimate.reason != 0
        assert np.isnan(ours.estimate.value)


def test_a_unit_with_the_references_own_rates_has_a_ratio_of_one() -> None:
    reference = Rate([90, 40, 7], [9000, 2000, 70])
    unit = Rate([9, 20, 1], [900, 1000, 10])
    assert indirect_ratio(unit, reference).estimate.value == pytest.approx(1)


def test_dobsons_interval_covers_as_often_as_it_says() -> None:
    generator = np.random.default_rng(17)
    population, standard = np.array([900, 400, 120, 60]), np.array([30, 30, 25, 15])
    true = np.array([0.002, 0.006, 0.02, 0.05])
    draws = generator.poisson(population * true, (20_000, 4))
    e = direct_rate(Rate(draws, population), standard).estimate
    value = (true * standard).sum() / standard.sum()
    assert np.mean((e.low <= value) & (value <= e.high)) == pytest.approx(0.955, abs=0.02)
