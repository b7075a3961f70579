"""What the survival methods refuse, and what they say where there is nothing to go on."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import Confidence, UsageProblem
from evenhand.stats import (
    Reach,
    Reason,
    Spells,
    build_spells,
    cox,
    kaplan_meier,
    log_rank,
    restricted_mean,
    restricted_mean_difference,
    stratified_log_rank,
    waiting_time,
)


@pytest.mark.parametrize(
    ("events", "censored", "entries", "words"),
    [
        ([0, -1], [0, 1], None, "events must be whole and not negative; found .*-1"),
        ([0, 0.5], [0, 1], None, "events must be whole and not negative; found .*0.5"),
        ([0, 1], [0, 1, 0], None, r"shapes \(2,\) and \(3,\)"),
        (3, 1, None, "at least one month"),
        ([0, 1], [0, 1], [1], r"entries has shape \(1,\)"),
        ([0, 2], [0, 1], [2, 1], "3 people leave at month 1, but only 2 are at risk"),
        ([0, 1], [0, 0], [2, 0], "entries add up to 2 but events and censored to 1"),
    ],
)
def test_spells_that_cannot_be_are_refused_by_name_and_value(
    events, censored, entries, words
) -> None:
    with pytest.raises(UsageProblem, match=words):
        Spells(events, censored, entries=entries)


@pytest.mark.parametrize(
    ("group", "leaving", "event", "words"),
    [
        ([0, 2], [1, 1], [1, 1], "group 2 is outside 0 to 1"),
        ([0, 1], [1, 1], [1, 2], "event must be 0 or 1; found 2"),
        ([0], [1, 1], [1, 1], "columns of one length"),
        ([0, 1], [1, -1], [1, 1], "leaving must be whole and not negative"),
    ],
)
def test_people_who_cannot_be_counted_are_refused(group, leaving, event, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        build_spells(group, leaving, event=event, groups=2)


def test_someone_who_enters_later_is_at_risk_from_the_month_after() -> None:
    spells = Spells(events=[0, 0, 0, 2], censored=[0, 0, 0, 0], entries=[1, 1, 0, 0])
    assert spells.at_risk.tolist() == [1, 1, 2, 2]


def test_with_no_events_the_lower_limit_is_the_exact_binomial_bound() -> None:
    estimates = kaplan_meier(Spells([0, 0], [0, 10])).estimates
    assert estimates.value.tolist() == [1.0, 1.0]
    assert estimates.low[1] == pytest.approx(0.025**0.1)  # none of 10: Clopper–Pearson
    assert estimates.high[1] == 1.0


def test_when_everyone_has_had_the_event_the_upper_limit_is_above_zero() -> None:
    estimates = kaplan_meier(Spells([0, 10], [0, 0])).estimates
    assert estimates.value[1] == 0.0
    assert estimates.low[1] == 0.0
    assert estimates.high[1] == pytest.approx(1 - 0.025**0.1)


def test_months_nobody_was_followed_are_undefined_with_the_reason() -> None:
    late = Spells([0, 0, 0, 1, 0], [0, 0, 0, 1, 0], entries=[0, 2, 0, 0, 0])
    estimates = kaplan_meier(late).estimates
    assert np.isnan(estimates.value).tolist() == [True, True, False, False, True]
    assert (estimates.reason[[0, 1, 4]] == Reason.NO_POPULATION).all()


def test_a_group_with_nobody_in_it_is_undefined_everywhere() -> None:
    empty = Spells([0, 0], [0, 0])
    assert (kaplan_meier(empty).estimates.reason == Reason.NO_POPULATION).all()
    assert waiting_time(kaplan_meier(empty)).reach == Reach.NEVER_FOLLOWED
    assert restricted_mean(empty, until=1).reason == Reason.NO_POPULATION


def test_a_median_that_was_not_reached_says_so() -> None:
    median = waiting_time(kaplan_meier(Spells([0, 1], [0, 9])))
    assert np.isnan(median.value)
    assert Reach(int(median.reach)).words == (
        "fewer than that share had the event while they were followed"
    )


@pytest.mark.parametrize("share", [0.0, 1.0, 50])
def test_a_share_that_is_not_a_proportion_is_refused(share) -> None:
    with pytest.raises(UsageProblem, match="share must lie strictly between 0 and 1"):
        waiting_time(kaplan_meier(Spells([0, 1], [0, 9])), share=share)


def test_confidence_of_ninety_five_is_refused() -> None:
    with pytest.raises(UsageProblem, match="proportion between"):
        kaplan_meier(Spells([0, 1], [0, 9]), confidence=Confidence(95))


def test_a_transform_of_another_name_is_refused() -> None:
    with pytest.raises(UsageProblem, match="'log-log' or 'log', not 'plain'"):
        kaplan_meier(Spells([0, 1], [0, 9]), transform="plain")  # type: ignore[arg-type]


def test_a_window_longer_than_anyone_was_followed_is_refused() -> None:
    with pytest.raises(UsageProblem, match="nobody is followed past month 1"):
        restricted_mean(Spells([0, 1], [0, 9]), until=2)
    with pytest.raises(UsageProblem, match="1 or more whole months"):
        restricted_mean(Spells([0, 1], [0, 9]), until=0)


def test_a_mean_without_events_has_an_interval_wider_than_a_point() -> None:
    mean = restricted_mean(Spells([0, 0, 0], [0, 0, 5]), until=2)
    assert (mean.value, mean.high) == (2.0, 2.0)
    assert mean.low == pytest.approx(2 * 0.025**0.2)


def test_no_events_in_either_group_leaves_nothing_to_compare() -> None:
    still = Spells([0, 0, 0], [0, 0, 5])
    difference = restricted_mean_difference(still, still, until=2)
    assert difference.reason == Reason.NO_EVENTS
    assert np.isnan([difference.value, difference.low, difference.high]).all()


def test_no_events_in_one_group_still_gives_a_difference() -> None:
    still, moving = Spells([0, 0, 0], [0, 0, 5]), Spells([0, 3, 0], [0, 0, 2])
    difference = restricted_mean_difference(still, moving, until=2)
    assert difference.reason == Reason.DEFINED
    assert difference.low < difference.value < difference.high


def test_log_rank_without_events_or_without_overlap_says_which() -> None:
    nothing = log_rank(Spells([[0, 0], [0, 0]], [[0, 3], [0, 3]]))
    assert nothing.reason == Reason.NO_EVENTS
    apart = log_rank(
        Spells(
            [[0, 2, 0, 0], [0, 0, 0, 2]], [[0, 0, 0, 0]] * 2, entries=[[2, 0, 0, 0], [0, 0, 2, 0]]
        )
    )
    assert apart.reason == Reason.NOT_ESTIMABLE
    assert np.isnan(apart.p)


def test_log_rank_needs_two_groups_and_strata_where_asked_for() -> None:
    with pytest.raises(UsageProblem, match="at least two groups"):
        log_rank(Spells([[0, 1]], [[0, 1]]))
    with pytest.raises(UsageProblem, match="strata, groups, months"):
        stratified_log_rank(Spells([[0, 1], [0, 1]], [[0, 1], [0, 1]]))


def test_an_empty_group_takes_no_degree_of_freedom() -> None:
    test = log_rank(Spells([[0, 5, 1], [0, 2, 2], [0, 0, 0]], [[0, 0, 1], [0, 0, 3], [0, 0, 0]]))
    assert test.degrees_of_freedom == 1


def test_opposite_strata_cancel_in_the_stratified_test() -> None:
    events, censored = np.array([[0, 6, 0], [0, 1, 0]]), np.array([[0, 0, 1], [0, 0, 6]])
    turned = Spells([events, events[::-1]], [censored, censored[::-1]])
    assert stratified_log_rank(turned).statistic == pytest.approx(0.0, abs=1e-12)


def test_a_group_without_events_has_no_hazard_ratio_but_the_others_do() -> None:
    spells = Spells([[0, 5, 3], [0, 7, 2], [0, 0, 0]], [[0, 1, 9], [0, 1, 3], [0, 2, 20]])
    fit = cox(spells, np.eye(3)[:, 1:])
    assert fit.hazard_ratio.reason.tolist() == [Reason.DEFINED, Reason.NOT_ESTIMABLE]
    pair = cox(Spells(spells.events[:2], spells.censored[:2]), [[0.0], [1.0]])
    assert fit.coefficient[0] == pytest.approx(pair.coefficient[0], rel=0.2)
    assert np.isnan(fit.hazard_ratio.high[1])


def test_groups_never_at_risk_in_the_same_stratum_have_no_hazard_ratio() -> None:
    apart = Spells([[[0, 3], [0, 0]], [[0, 0], [0, 4]]], np.zeros((2, 2, 2), int))
    fit = cox(apart, [[0.0], [1.0]])
    assert fit.hazard_ratio.reason.tolist() == [Reason.NOT_ESTIMABLE]
    assert np.isnan(fit.covariance).all()


def test_cox_without_events_is_undefined_with_the_reason() -> None:
    fit = cox(Spells([[0, 0], [0, 0]], [[0, 3], [0, 3]]), [[0.0], [1.0]])
    assert fit.hazard_ratio.reason.tolist() == [Reason.NO_EVENTS]


@pytest.mark.parametrize(
    ("covariates", "words"),
    [
        ([[0.0]], r"must be \(2, covariates\)"),
        ([[0.0], [np.inf]], "must be finite; found .*inf"),
        ([[1.0], [1.0]], "one of them never varies"),
        ([[0.0, 0.0], [1.0, 2.0]], "repeat one another"),
    ],
)
def test_covariates_that_cannot_be_fitted_are_refused(covariates, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        cox(Spells([[0, 5], [0, 2]], [[0, 1], [0, 4]]), covariates)


def test_ties_of_another_name_are_refused() -> None:
    with pytest.raises(UsageProblem, match="'efron' or 'breslow', not 'exact'"):
        cox(Spells([[0, 5], [0, 2]], [[0, 1], [0, 4]]), [[0.0], [1.0]], ties="exact")  # type: ignore[arg-type]
