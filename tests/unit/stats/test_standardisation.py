"""What standardisation does at its edges, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.columns import Rate, Reason
from evenhand.stats.indirect_standardisation import (
    expected_events,
    indirect_ratio,
    observed_over_expected,
)
from evenhand.stats.rate import rate
from evenhand.stats.standardisation import direct_rate


def test_one_stratum_is_its_own_rate_and_interval() -> None:
    plain, standardised = rate(Rate([7], [250])), direct_rate(Rate([7], [250]), [4]).estimate
    assert standardised.value == pytest.approx(plain.value[0])
    assert standardised.low == pytest.approx(plain.low[0])
    assert standardised.high == pytest.approx(plain.high[0])


def test_no_events_is_a_rate_of_zero_with_an_upper_limit() -> None:
    e = direct_rate(Rate([0, 0], [100, 20]), [50, 50]).estimate
    assert (e.value, e.low, e.reason) == (0, 0, Reason.DEFINED)
    # The exact limit for no events, 3.689, all in the stratum where an event adds 0.5 / 20.
    assert e.high == pytest.approx(3.688879454 * 0.5 / 20)


def test_a_stratum_with_nobody_is_left_out_and_its_share_of_the_standard_is_said() -> None:
    standardised = direct_rate(Rate([4, 0, 6], [100, 0, 300]), [20, 30, 50])
    without = direct_rate(Rate([4, 6], [100, 300]), [20, 50])
    assert standardised.estimate.value == without.estimate.value
    assert standardised.standard_left_out == pytest.approx(0.3)
    assert standardised.strata_left_out == 1


def test_nobody_anywhere_is_undefined() -> None:
    e = direct_rate(Rate([[0, 0], [1, 0]], [[0, 0], [5, 0]]), [[1, 1], [0, 1]]).estimate
    assert e.reason.tolist() == [Reason.NO_POPULATION] * 2
    assert np.isnan([e.value, e.low, e.high]).all()


def test_many_units_at_once_are_each_unit_by_itself() -> None:
    units = Rate([[3, 4], [0, 9]], [[50, 60], [70, 80]])
    together = direct_rate(units, [1, 2]).estimate
    for i in range(2):
        alone = direct_rate(Rate(units.events[i], units.population[i]), [1, 2]).estimate
        assert together.low[i] == pytest.approx(float(alone.low))
        assert together.value[i] == pytest.approx(float(alone.value))


def test_nothing_expected_is_undefined_with_its_reason() -> None:
    ratio = observed_over_expected([0, 3, 3], [0, 0, 2])
    assert ratio.reason.tolist() == [Reason.NO_POPULATION, Reason.NOT_ESTIMABLE, Reason.DEFINED]
    assert np.isnan(ratio.value[:2]).all()
    assert ratio.value[2] == 1.5


def test_no_events_observed_is_a_ratio_of_zero_with_an_upper_limit() -> None:
    ratio = observed_over_expected(0, 4.0)
    assert (ratio.value, ratio.low) == (0, 0)
    assert ratio.high == pytest.approx(3.688879454 / 4)


def test_people_the_reference_cannot_speak_for_make_the_ratio_not_estimable() -> None:
    ratio = indirect_ratio(Rate([[3, 1], [3, 0]], [[30, 5], [30, 0]]), Rate([9, 0], [90, 0]))
    assert ratio.people_left_out.tolist() == [5, 0]
    assert ratio.estimate.reason.tolist() == [Reason.NOT_ESTIMABLE, Reason.DEFINED]
    assert np.isnan(ratio.estimate.value[0])
    assert ratio.estimate.value[1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: direct_rate(Rate([1, 2], [3, 4]), [1, 2, 3]), r"2 strata and standard .*\(3,\)"),
        (lambda: direct_rate(Rate(1, 3), 1), r"0 strata"),
        (lambda: direct_rate(Rate([1], [3]), [0]), r"standard has nobody"),
        (lambda: direct_rate(Rate([1], [3]), [-2]), r"standard .*-2"),
        (lambda: direct_rate(Rate([1], [3]), [2], method="wald"), r"'wald'"),  # type: ignore[arg-type]
        (lambda: direct_rate(Rate([1], [3]), [2], confidence=95), r"confidence .*95"),  # type: ignore[arg-type]
        (lambda: observed_over_expected(1.5, 2), r"observed .*1\.5"),
        (lambda: observed_over_expected(1, -2), r"expected .*-2"),
        (lambda: observed_over_expected([1, 2], [1, 2, 3]), r"\(2,\) and \(3,\)"),
        (lambda: expected_events([1, 2], Rate([1], [2])), r"\(2,\) and reference \(1,\)"),
        (lambda: indirect_ratio(Rate([1, 2], [3, 4]), Rate([1], [2])), r"\(2,\).*\(1,\)"),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
