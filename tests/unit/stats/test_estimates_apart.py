"""Whether two estimates have moved apart, against the published example and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats import Interval, difference_of_estimates


def test_the_published_example_of_two_risk_ratios_comes_out() -> None:
    """Altman and Bland (2003), BMJ 326:219: 0.67 (0.46 to 0.98) and 0.88 (0.71 to 1.08)."""
    apart = difference_of_estimates(
        Interval([0.67], [0.46], [0.98]), Interval([0.88], [0.71], [1.08]), ratios=True
    )
    assert apart.value[0] == pytest.approx(0.76, abs=0.005)
    assert (apart.low[0], apart.high[0]) == pytest.approx((0.49, 1.17), abs=0.006)
    assert apart.p[0] == pytest.approx(0.2, abs=0.05)


def test_the_order_of_the_two_turns_the_change_about_and_keeps_its_p() -> None:
    one, other = Interval([2.0], [1.5], [2.7]), Interval([1.2], [1.0], [1.4])
    there = difference_of_estimates(one, other, ratios=True)
    back = difference_of_estimates(other, one, ratios=True)
    assert there.value[0] * back.value[0] == pytest.approx(1.0)
    assert there.p[0] == back.p[0]


def test_differences_are_subtracted_and_their_widths_add_as_squares() -> None:
    apart = difference_of_estimates(
        Interval([9.0], [6.0], [12.0]), Interval([2.0], [-2.0], [6.0]), ratios=False
    )
    assert apart.value[0] == 7.0
    assert (apart.low[0], apart.high[0]) == pytest.approx((2.0, 12.0))  # 3² + 4² = 5²


@pytest.mark.parametrize(
    "broken",
    [Interval([0.0], [0.0], [1.0]), Interval([np.nan], [np.nan], [np.nan]),
     Interval([np.inf], [2.0], [np.inf]), Interval([1.0], [1.0], [1.0])],
)  # fmt: skip
def test_what_has_no_width_or_no_value_has_no_change(broken: Interval) -> None:
    fixed = Interval([1.0], [1.0], [1.0])
    apart = difference_of_estimates(broken, fixed, ratios=True)
    assert np.isnan([apart.value[0], apart.low[0], apart.high[0], apart.p[0]]).all()


def test_columns_of_different_length_are_refused() -> None:
    one, two = Interval([1.0], [0.5], [2.0]), Interval([1.0] * 2, [0.5] * 2, [2.0] * 2)
    with pytest.raises(UsageProblem, match="length"):
        difference_of_estimates(one, two, ratios=True)


def test_an_estimate_without_both_its_ends_is_refused() -> None:
    with pytest.raises(UsageProblem, match="its ends differ in length"):
        difference_of_estimates(
            Interval([2.0, 1.0], [1.5], [2.7]), Interval([1.2], [1.0], [1.4]), ratios=True
        )
