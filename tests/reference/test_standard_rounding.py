"""HESA Services' standard rounding, from its own description, and what must hold of any rounding.

Source: ``sdc-hesa-round`` of the starting examples: nearest 5, below 2.5 to 0, halves up;
percentages of fewer than 22.5 and averages over 7 or fewer are not shown.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core import UsageProblem
from evenhand.disclosure import HESA, POLICIES, Rounding

# sdc-hesa-round: what is given, and what is expected
GIVEN = [0, 1, 2, 2.4, 2.5, 3, 7, 7.5, 12, 12.5, 22.4]
EXPECTED = [0, 0, 0, 0, 5, 5, 5, 10, 10, 15, 20]


def test_counts_go_to_the_nearest_five_and_halves_go_up() -> None:
    assert HESA.round(GIVEN).tolist() == EXPECTED


def test_a_percentage_needs_twenty_two_and_a_half_people_and_an_average_more_than_seven() -> None:
    assert HESA.may_show_percentage([0, 22, 22.4, 22.5, 23]).tolist() == [False] * 3 + [True] * 2
    assert HESA.may_show_average([0, 7, 7.5, 8]).tolist() == [False, False, True, True]


@given(st.lists(st.integers(0, 10**12)), st.integers(1, 10))
def test_every_count_moves_by_half_a_step_at_most_and_keeps_its_order(
    counts: list[int], base: int
) -> None:
    rounding = Rounding("any", 1, base, 0, 0, "for a test")
    found = rounding.round(sorted(counts)).tolist()
    assert found == sorted(found)
    for count, rounded in zip(sorted(counts), found, strict=True):
        assert rounded % base == 0
        assert Fraction(-base, 2) < rounded - count <= Fraction(base, 2)


@given(st.integers(1, 2))
def test_one_or_two_people_look_like_none(few: int) -> None:
    assert HESA.round(few) == HESA.round(0) == 0


@pytest.mark.parametrize("bad", [-1, np.nan, np.inf])
def test_what_is_no_count_is_refused_and_not_named(bad: float) -> None:
    with pytest.raises(UsageProblem, match="finite and not negative"):
        HESA.round([3, bad])


def test_rounding_is_no_release_policy() -> None:
    assert HESA.name not in POLICIES
