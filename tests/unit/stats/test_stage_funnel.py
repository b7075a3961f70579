"""Stage funnels: what is refused, and what an empty stage says."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats import Reason, stage_funnel


@pytest.mark.parametrize(
    ("group", "comparator", "words"),
    [
        ([10, 11], [10, 5], "group has 11 people at stage 1 but only 10 at the stage before"),
        ([10, 5], [10, 5, 6], "comparator has 6 people at stage 2 but only 5"),
        ([10, 5], [10, 5, 4], "group has 2 stages and comparator 3"),
        ([10], [10], "two or more stages"),
        ([10, -1], [10, 5], "group must be whole and not negative"),
        ([10, 4.5], [10, 5], "group must be whole and not negative"),
    ],
)
def test_stages_that_cannot_be_are_refused(group, comparator, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        stage_funnel(group, comparator)


def test_a_stage_nobody_reached_is_undefined_with_the_reason() -> None:
    funnel = stage_funnel([5, 0, 0], [50, 20, 10])
    assert funnel.rate.reason.tolist() == [Reason.DEFINED, Reason.NO_POPULATION]
    assert funnel.ratio.value[0] == 0.0
    assert funnel.ratio.high[0] > 0
    assert funnel.shortfall.tolist() == [2.0, 0.0]


def test_a_comparator_that_never_got_there_leaves_the_shortfall_unknown() -> None:
    funnel = stage_funnel([5, 2, 1], [50, 0, 0])
    assert np.isnan(funnel.shortfall).tolist() == [False, True]
    assert funnel.ratio.reason[0] == Reason.NO_COMPARATOR_EVENTS
    assert np.isfinite(funnel.ratio.low[0])


def test_all_through_in_both_groups_is_a_ratio_of_one_with_an_interval() -> None:
    funnel = stage_funnel([10, 10], [20, 20])
    assert funnel.ratio.value.tolist() == [1.0]
    assert funnel.ratio.low[0] < 1 < funnel.ratio.high[0]
    assert funnel.narrowest == -1


def test_many_groups_are_taken_at_once() -> None:
    funnel = stage_funnel([[40, 30, 8], [40, 10, 8]], [400, 310, 200])
    assert funnel.rate.value.shape == (2, 2)
    assert funnel.overall.value.shape == (2,)
    assert funnel.narrowest.tolist() == [1, 0]
