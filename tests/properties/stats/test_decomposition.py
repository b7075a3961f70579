"""Decompositions against loops in exact fractions, and simulation of their intervals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.decomposition import kitagawa
from evenhand.stats.oaxaca_blinder import LinearCells, oaxaca_blinder

sizes = st.one_of(st.integers(0, 30), st.integers(0, 10**9))
pair = st.tuples(sizes, sizes).map(lambda p: (min(p), max(p)))
strata = st.lists(st.tuples(pair, pair), min_size=1, max_size=6)


@given(strata)
def test_the_parts_equal_exact_fractions_and_add_up(
    cells: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    x1, n1, x0, n0 = zip(*[(*one, *other) for one, other in cells], strict=True)
    two = kitagawa(Proportion(x1, n1), Proportion(x0, n0))
    three = kitagawa(Rate(x1, n1), Rate(x0, n0), ways="three")
    if not sum(n1) or not sum(n0):
        assert np.isnan(two.difference.value)
        return
    mix, rates = Fraction(0), Fraction(0)
    for a, n, c, m in zip(x1, n1, x0, n0, strict=True):
        own = Fraction(a, n) if n else None
        other = Fraction(c, m) if m else None
        if own is None and other is None:
            continue
        own, other = (other if own is None else own), (own if other is None else other)
        share, shared = Fraction(n, sum(n1)), Fraction(m, sum(n0))
        mix += (share - shared) * (own + other) / 2
        rates += (own - other) * (share + shared) / 2
    assert two.composition.value == pytest.approx(float(mix), abs=1e-9)
    assert two.rates.value == pytest.approx(float(rates), abs=1e-9)
    crude = Fraction(sum(x1), sum(n1)) - Fraction(sum(x0), sum(n0))
    assert two.difference.value == pytest.approx(float(crude), abs=1e-9)
    total = three.composition.value + three.rates.value + three.interaction.value
    assert total == pytest.approx(float(crude), abs=1e-9)
    for part in (two.difference, two.composition, two.rates, three.interaction):
        assert np.isfinite([part.low, part.value, part.high]).all()
        assert part.low <= part.value <= part.high


@given(strata)
def test_swapping_the_sides_turns_the_parts(
    cells: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    x1, n1, x0, n0 = zip(*[(*one, *other) for one, other in cells], strict=True)
    one = kitagawa(Proportion(x1, n1), Proportion(x0, n0))
    other = kitagawa(Proportion(x0, n0), Proportion(x1, n1))
    for part in ("composition", "rates", "difference"):
        np.testing.assert_allclose(
            getattr(one, part).low, -getattr(other, part).high, rtol=1e-6, atol=1e-9
        )


def test_kitagawas_intervals_hold_the_true_parts_about_as_often_as_they_say() -> None:
    generator = np.random.default_rng(21)
    mixes = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    rates = np.array([[0.1, 0.2, 0.4], [0.15, 0.2, 0.3]])
    sizes = [generator.multinomial(400, mix, 4000) for mix in mixes]
    sides = [
        Proportion(generator.binomial(n, rate), n) for n, rate in zip(sizes, rates, strict=True)
    ]
    parts = kitagawa(*sides)
    true = {
        "composition": ((mixes[0] - mixes[1]) * rates.mean(axis=0)).sum(),
        "rates": ((rates[0] - rates[1]) * mixes.mean(axis=0)).sum(),
    }
    for name, value in true.items():
        part = getattr(parts, name)
        covered = np.mean((part.low <= value) & (value <= part.high))
        assert covered == pytest.approx(0.95, abs=0.015), name


def test_oaxaca_blinder_from_cells_equals_a_loop_over_people() -> None:
    generator = np.random.default_rng(22)
    keys = np.array([[1.0, years, rank] for years in range(4) for rank in range(2)])
    sides, fits = [], []
    for size in (90, 140):
        cell = generator.integers(0, 8, size)
        y = np.round(keys[cell] @ [20, -2, 3] + generator.normal(0, 4, size), 1)
        n = np.bincount(cell, minlength=8)
        sides.append(
            LinearCells(
                keys,
                n,
                totals=np.bincount(cell, y, minlength=8),
                squares=np.bincount(cell, y**2, minlength=8),
            )
        )
        x = keys[cell]
        beta = np.linalg.lstsq(x, y, rcond=None)[0]
        error = ((y - x @ beta) ** 2).sum() / (size - 3)
        var_beta = error * np.linalg.inv(x.T @ x)
        fits.append((x.mean(axis=0), beta, np.cov(x.T) / size, var_beta, y))
    (m1, b1, v1, w1, y1), (m0, b0, v0, w0, y0) = fits
    parts = oaxaca_blinder(*sides)
    assert parts.difference.value == pytest.approx(y1.mean() - y0.mean())
    assert parts.explained.value == pytest.approx((m1 - m0) @ b0)
    assert parts.unexplained.value == pytest.approx(m1 @ (b1 - b0))
    np.testing.assert_allclose(parts.explained_by_term, (m1 - m0) * b0, atol=1e-9)
    spread = ((parts.explained.high - parts.explained.value) / 1.959963984540054) ** 2
    assert spread == pytest.approx((m1 - m0) @ w0 @ (m1 - m0) + b0 @ (v1 + v0) @ b0)
    spread = ((parts.unexplained.high - parts.unexplained.value) / 1.959963984540054) ** 2
    assert spread == pytest.approx(m1 @ (w1 + w0) @ m1 + (b1 - b0) @ v1 @ (b1 - b0))
