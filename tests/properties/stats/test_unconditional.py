"""Unconditional tests against scipy's and a plain search over the common chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as reference

from evenhand.stats import Proportion, fisher, unconditional_test


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_boschloo_is_the_highest_over_a_fine_search(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    found = float(unconditional_test(Proportion(x1, n1), Proportion(x2, n2)).p)
    rows, columns = np.arange(n1 + 1), np.arange(n2 + 1)
    p = fisher(Proportion(rows[:, None], n1), Proportion(columns, n2), mid_p=False).p
    p = np.nan_to_num(p, nan=1.0)
    extreme = p <= p[x1, x2] * (1 + 1e-7)
    chances = np.linspace(0, 1, 4001)[:, None]
    first = reference.binom.pmf(rows, n1, chances)
    second = reference.binom.pmf(columns, n2, chances)
    size = ((first @ extreme) * second).sum(axis=1)
    assert max(size) - 1e-9 <= found <= max(size) + 1e-5


@pytest.mark.parametrize("alternative", ["less", "greater"])
@pytest.mark.parametrize("table", [(2, 9, 8, 10), (0, 7, 4, 6), (7, 7, 1, 9), (5, 20, 12, 25)])
def test_one_sided_boschloo_is_scipys(table: tuple[int, int, int, int], alternative: str) -> None:
    a, n, c, m = table
    ours = unconditional_test(
        Proportion(a, n),
        Proportion(c, m),
        alternative=alternative,  # type: ignore[arg-type]
    )
    cells = [[a, c], [n - a, m - c]]
    theirs = reference.boschloo_exact(cells, alternative=alternative, n=64).pvalue
    assert float(ours.p) == pytest.approx(theirs, rel=1e-5)


@given(st.integers(1, 15), st.integers(1, 15), st.data())
@settings(max_examples=40, deadline=None)
def test_boschloo_is_never_above_fishers_exact_p(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    group, comparator = Proportion(x1, n1), Proportion(x2, n2)
    plain = fisher(group, comparator, mid_p=False).p
    if not np.isnan(plain):
        assert unconditional_test(group, comparator).p <= plain * (1 + 1e-7)


def test_repeated_and_broadcast_tables_keep_their_places() -> None:
    found = unconditional_test(Proportion([[2], [5]], 9), Proportion([8, 1, 8], 10)).p
    assert found.shape == (2, 3)
    assert found[0, 0] == found[0, 2]
    assert found[0, 0] != found[1, 0]
