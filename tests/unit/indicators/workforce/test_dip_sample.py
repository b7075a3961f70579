"""A sample nobody chose, and that anybody can draw again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core import UsageProblem
from evenhand.indicators.workforce.dip_sample import allocate, draw_dip_sample

GROUNDS = ("finances", "associates", "none")
FRAME = {f"case-{i:04}": (GROUNDS[i % 7 % 3], "refused" if i % 9 == 0 else "cleared")
         for i in range(1000)}  # fmt: skip


def test_two_in_a_hundred_of_a_thousand_are_at_least_twenty():
    sample = draw_dip_sample(FRAME, share=0.02, seed=5)
    assert 20 <= len(sample.keys) <= 20 + len(sample.strata)
    assert len(set(sample.keys)) == len(sample.keys)


def test_the_same_seed_draws_the_same_whatever_the_order():
    turned = dict(reversed(FRAME.items()))
    assert draw_dip_sample(FRAME, share=0.1, seed=5) == draw_dip_sample(turned, share=0.1, seed=5)


def test_another_seed_draws_another_sample_of_the_same_sizes():
    one, other = (draw_dip_sample(FRAME, share=0.1, seed=seed) for seed in (1, 2))
    assert one.keys != other.keys
    assert one.strata == other.strata
    assert one.frame == other.frame


def test_the_record_holds_no_decision_and_tells_when_the_frame_was_another():
    sample = draw_dip_sample(FRAME, share=0.02, seed=5)
    record = sample.as_record()
    assert not any(key in str(record) for key in sample.keys)
    other = draw_dip_sample({**FRAME, "late": ("none", "cleared")}, share=0.02, seed=5)
    assert other.as_record()["frame_sha256"] != record["frame_sha256"]


def test_every_decision_of_a_stratum_is_drawn_about_as_often():
    frame = {str(i): ("one",) for i in range(20)}
    drawn = [
        key for seed in range(600) for key in draw_dip_sample(frame, share=0.2, seed=seed).keys
    ]
    counts = [drawn.count(str(i)) for i in range(20)]
    # 600 draws at a chance of a fifth: 120, give or take 9.8 (one standard deviation).
    assert min(counts) > 120 - 4.5 * 9.8
    assert max(counts) < 120 + 4.5 * 9.8


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.floats(0.001, 1))
def test_each_stratum_gives_its_share_one_at_least_and_none_more_than_it_holds(sizes, share):
    drawn = allocate(sizes, share=share)
    for number, size in zip(drawn, sizes, strict=True):
        assert 1 <= number <= size
        assert number <= size * share + 1 or number == 1
        assert number >= int(size * share)
    assert sum(drawn) >= min(sum(sizes), sum(sizes) * share - 1e-6)


@pytest.mark.parametrize("share", [0.0, -0.1, 2.0])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(UsageProblem):
        draw_dip_sample(FRAME, share=share, seed=1)


def test_nothing_to_draw_from_is_refused():
    with pytest.raises(UsageProblem):
        draw_dip_sample({}, share=0.02, seed=1)
