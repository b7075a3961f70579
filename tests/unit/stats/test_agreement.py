"""Agreement beyond chance, and what the choice of recording does to the headline."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats import Reason, agreement, agreement_table, recording_effect

square = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k)
)


def by_loops(table: list[list[int]]) -> tuple[float, float]:
    """Kappa and its variance, term by term as Fleiss, Cohen and Everitt print them."""
    k, n = len(table), sum(map(sum, table))
    p = [[cell / n for cell in row] for row in table]
    rows = [sum(row) for row in p]
    columns = [sum(p[i][j] for i in range(k)) for j in range(k)]
    seen = sum(p[i][i] for i in range(k))
    chance = sum(rows[i] * columns[i] for i in range(k))
    kappa = (seen - chance) / (1 - chance)
    first = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in range(k))
    second = sum(
        p[i][j] * (columns[i] + rows[j]) ** 2 for i in range(k) for j in range(k) if i != j
    )
    third = (kappa - chance * (1 - kappa)) ** 2
    return kappa, (first + (1 - kappa) ** 2 * second - third) / (n * (1 - chance) ** 2)


@given(square)
def test_kappa_and_its_interval_agree_with_a_loop(table: list[list[int]]) -> None:
    found = agreement(table).kappa
    if found.reason == Reason.DEFINED:
        kappa, variance = by_loops(table)
        reach = 1.959963984540054 * max(variance, 0) ** 0.5
        assert float(found.value) == pytest.approx(kappa, abs=1e-12)
        assert float(found.low) == pytest.approx(max(kappa - reach, -1), abs=1e-6)
        assert float(found.high) == pytest.approx(min(kappa + reach, 1), abs=1e-6)
    else:
        assert np.isnan(found.value)


@given(square)
def test_which_recording_is_first_does_not_matter(table: list[list[int]]) -> None:
    there, back = agreement(table), agreement(np.transpose(table))
    for name in ("value", "low", "high", "reason"):
        np.testing.assert_allclose(getattr(there.kappa, name), getattr(back.kappa, name), atol=1e-7)


def test_full_agreement_is_one_and_one_category_is_undefined() -> None:
    found = agreement([[[5, 0], [0, 7]], [[9, 0], [0, 0]], [[0, 0], [0, 0]]]).kappa
    assert found.value[0] == found.high[0] == 1
    assert (found.reason == [Reason.DEFINED, Reason.NOT_ESTIMABLE, Reason.NO_POPULATION]).all()


def test_nobody_is_lost_from_the_table() -> None:
    rng = np.random.default_rng(3)
    first, second = rng.integers(0, 5, 1000), rng.integers(0, 5, 1000)
    table = agreement_table(first, second, categories=5)
    assert table.sum() == 1000
    assert table[2, 3] == np.sum((first == 2) & (second == 3))


def test_the_choice_of_recording_changes_the_ratio_by_counts_alone() -> None:
    table = [[30, 10], [0, 160]]
    found = recording_effect(table, [1000, 10_000], pair=(0, 1))
    elsewhere = recording_effect(table, [50, 7], pair=(0, 1))
    assert float(found.change) == pytest.approx((30 / 170) / (40 / 160))
    assert float(found.change) == pytest.approx(float(elsewhere.change))
    none = recording_effect([[0, 0], [0, 10]], [10, 10], pair=(0, 1))
    assert np.isnan(none.change)
    assert none.first.value == 0
