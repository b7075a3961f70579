"""The count on the other side as unlikely, and the tails that start there, against plain ways."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.stats.lattice import Binomial, Hypergeometric, Lattice
from evenhand.stats.mirror import TIE, first_as_unlikely
from evenhand.stats.tails import _few, _tails


def found(lattice: Lattice, count: int) -> tuple[float, float]:
    at = np.array([float(count)])
    far, as_likely = first_as_unlikely(lattice, at, lattice.log_likelihood(at), at >= lattice.mode)
    return float(far[0]), float(as_likely[0])


def by_enumeration(ways: dict[int, int], count: int) -> tuple[int, Fraction]:
    """From the likeliest outwards on the other side: the first no likelier than the one seen."""
    top = max(ways, key=lambda k: ways[k])
    step = -1 if count >= top else 1
    limit = ways[count] * (1 + Fraction(TIE))
    at = top
    while at in ways and ways[at] > limit:
        at += step
    return (at, Fraction(ways[at], ways[count])) if at in ways else (at - step, Fraction(0))


def check(lattice: Lattice, ways: dict[int, int], count: int) -> None:
    far, as_likely = found(lattice, count)
    expected, ratio = by_enumeration(ways, count)
    assert far == expected
    assert np.exp(as_likely) == pytest.approx(float(ratio), rel=1e-11)


@settings(max_examples=300)
@given(
    st.integers(15, 400),
    st.integers(15, 400),
    st.floats(0.05, 0.95),
    st.floats(2.5, 15),
    st.sampled_from([-1, 1]),
)
def test_the_first_table_as_unlikely_is_that_of_enumeration(
    size: int, other: int, drawn: float, away: float, side: int
) -> None:
    events = round(drawn * (size + other))
    lattice = Hypergeometric(*(np.array([float(n)]) for n in (events, size, other)))
    count = round(float(lattice.mode[0] + side * away * lattice.spread[0]))
    low, high = max(0, events - other), min(events, size)
    assume(lattice.spread[0] > 3 and low <= count <= high)
    ways = {k: comb(size, k) * comb(other, events - k) for k in range(low, high + 1)}
    check(lattice, ways, count)


@settings(max_examples=300)
@given(
    st.integers(15, 600),
    st.sampled_from([(1, 2), (1, 3), (1, 20), (19, 20), (3, 7)]),
    st.floats(2.5, 15),
    st.sampled_from([-1, 1]),
)
def test_the_first_share_of_events_as_unlikely_is_that_of_enumeration(
    total: int, chance: tuple[int, int], away: float, side: int
) -> None:
    one, of = chance
    lattice = Binomial(np.array([float(total)]), np.array([one / of]))
    count = round(float(lattice.mode[0] + side * away * lattice.spread[0]))
    assume(lattice.spread[0] > 3 and 0 <= count <= total)
    ways = {k: comb(total, k) * one**k * (of - one) ** (total - k) for k in range(total + 1)}
    check(lattice, ways, count)


def test_the_mirror_image_of_equal_groups_is_a_tie() -> None:
    lattice = Hypergeometric(*(np.array([float(n)]) for n in (60, 90, 90)))
    far, as_likely = found(lattice, 44)
    assert far == 16
    assert abs(as_likely) <= TIE


def test_where_all_of_the_other_side_is_likelier_nothing_there_counts() -> None:
    lattice = Binomial(np.array([200.0]), np.array([0.05]))
    assert found(lattice, 60) == (0.0, -np.inf)


@pytest.mark.parametrize("mid_p", [True, False])
def test_the_two_tails_alone_give_what_walking_over_the_hump_gives(mid_p: bool) -> None:
    rng = np.random.default_rng(7)
    size, other = rng.integers(100, 8_000, (2, 2_000)).astype(float)
    drawn = np.floor(rng.uniform(0.02, 0.98, 2_000) * (size + other))
    lattice = Hypergeometric(drawn, size, other)
    away = rng.uniform(2.5, 18, 2_000) * rng.choice([-1, 1], 2_000)
    count = np.clip(np.round(lattice.mode + away * lattice.spread), lattice.low, lattice.high)
    apart = np.abs(count - lattice.mode) / lattice.spread
    asked = np.flatnonzero((lattice.spread > 3) & (lattice.spread <= 40) & (apart >= 2.5))
    assert asked.size > 1_000
    lattice, count = lattice.take(asked), count[asked]
    np.testing.assert_allclose(
        _tails(lattice, count, mid_p), _few(lattice, count, mid_p), rtol=1e-11, atol=1e-200
    )
