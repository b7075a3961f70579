"""Stock-and-flow projections: what is refused, and what the levers do."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats import (
    Flows,
    Reason,
    number_year,
    project,
    projected_share,
    pull,
    target_year,
)

EVEN = Flows([[10.0, 0.0], [40.0, 0.0]], [[0.05, 0.1]] * 2, promotion=[[0.04, 0.0]] * 2)
STOCK = [[100, 10], [900, 90]]


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize(
    ("joiners", "leaving", "promotion", "words"),
    [
        ([[1.0]], [[1.2]], [[0.0]], "leaving must be a share between 0 and 1; found 1.2"),
        ([[1.0]], [[0.2]], [[0.1]], "promotion from the highest rank is 0.1; it must be 0"),
        ([[-1.0]], [[0.2]], [[0.0]], "joiners must be finite and not negative"),
        ([1.0], [0.2], [0.0], r"all must be \(groups, ranks\)"),
        ([[1.0]], [[0.2, 0.1]], [[0.0]], r"all must be \(groups, ranks\)"),
    ],
)
def test_flows_that_cannot_be_are_refused(joiners, leaving, promotion, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        Flows(joiners, leaving, promotion=promotion)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"years": 0}, "years must be 1 to 100"),
        ({"years": 101}, "years must be 1 to 100"),
        ({"years": 3, "draws": 0}, "draws at least 1"),
    ],
)
def test_horizons_out_of_bounds_are_refused(change, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        project(STOCK, EVEN, rng=rng(), **change)


def test_a_stock_of_another_shape_is_refused() -> None:
    with pytest.raises(UsageProblem, match=r"stock has shape \(2,\)"):
        project([100, 900], EVEN, years=1, rng=rng())


def test_the_same_seed_gives_the_same_futures() -> None:
    one, two = (project(STOCK, EVEN, years=3, rng=rng(), draws=20) for _ in range(2))
    np.testing.assert_array_equal(one.simulated, two.simulated)


def test_with_nobody_joining_and_nobody_leaving_nothing_changes() -> None:
    still = Flows(np.zeros((2, 2)), np.zeros((2, 2)), promotion=np.zeros((2, 2)))
    future = project(STOCK, still, years=4, rng=rng(), draws=3)
    assert (future.simulated == np.array(STOCK)).all()
    share = projected_share(future, 0)
    assert share.value.tolist() == share.low.tolist() == [0.1] * 5


@pytest.mark.parametrize("lever", ["joiners", "leaving", "promotion"])
def test_a_lever_moves_its_own_flow_of_its_own_group_alone(lever) -> None:
    moved = pull(EVEN, 0, **{lever: 0.5})
    for name in ("joiners", "leaving", "promotion"):
        before, after = getattr(EVEN, name), getattr(moved, name)
        factor = 0.5 if name == lever else 1.0
        np.testing.assert_allclose(after[0], before[0] * factor)
        np.testing.assert_array_equal(after[1], before[1])


def test_a_share_pulled_past_everybody_stops_at_everybody() -> None:
    assert pull(EVEN, 0, leaving=100.0).leaving.max() == 1.0


@pytest.mark.parametrize(
    ("group", "change", "words"),
    [
        (2, {}, "group 2 is outside 0 to 1"),
        (0, {"joiners": -1.0}, "joiners must be finite and not negative"),
        (0, {"leaving": np.inf}, "leaving must be finite"),
    ],
)
def test_levers_that_cannot_be_pulled_are_refused(group, change, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        pull(EVEN, group, **change)


def test_more_joiners_bring_the_target_nearer() -> None:
    slow = project(STOCK, EVEN, years=30, rng=rng(), draws=300)
    fast = project(STOCK, pull(EVEN, 0, joiners=2.0), years=30, rng=rng(), draws=300)
    assert target_year(fast, 0, target=0.15).year < target_year(slow, 0, target=0.15).year


def test_a_target_out_of_reach_has_no_year_and_says_how_often_it_was_met() -> None:
    future = project(STOCK, EVEN, years=5, rng=rng(), draws=100)
    found = target_year(future, 0, target=0.9)
    assert np.isnan([found.year, found.low, found.high]).all()
    assert found.reached == 0.0


def test_a_target_met_today_is_reached_in_year_nought() -> None:
    future = project(STOCK, EVEN, years=2, rng=rng(), draws=20)
    assert target_year(future, 0, target=0.1).year == 0.0


def test_a_rank_that_empties_has_no_share_and_says_why() -> None:
    empty = Flows([[0.0], [0.0]], [[1.0], [1.0]], promotion=[[0.0], [0.0]])
    share = projected_share(project([[3], [4]], empty, years=1, rng=rng(), draws=9), 0, rank=0)
    assert share.reason.tolist() == [Reason.DEFINED, Reason.NO_POPULATION]
    assert np.isnan(share.value[1])


@pytest.mark.parametrize("target", [0.0, 1.0, 15])
def test_a_target_that_is_not_a_share_is_refused(target) -> None:
    future = project(STOCK, EVEN, years=1, rng=rng(), draws=2)
    with pytest.raises(UsageProblem, match="target must be a share strictly between"):
        target_year(future, 0, target=target)


def test_a_group_or_rank_that_does_not_exist_is_refused() -> None:
    future = project(STOCK, EVEN, years=1, rng=rng(), draws=2)
    with pytest.raises(UsageProblem, match="there is no group 2"):
        projected_share(future, 2)
    with pytest.raises(UsageProblem, match="rank 2"):
        projected_share(future, 0, rank=2)


def test_a_number_is_reached_when_half_of_the_futures_count_so_many() -> None:
    flows = Flows([[20.0], [40.0]], [[0.05], [0.05]], promotion=[[0.0], [0.0]])
    future = project([[100], [900]], flows, years=12, rng=np.random.default_rng(4))
    found = number_year(future, 0, number=160)
    first = [
        next((year for year, people in enumerate(draw) if people >= 160), np.inf)
        for draw in future.simulated[:, :, 0, 0].tolist()
    ]
    assert found.year == sorted(first)[(len(first) - 1) // 2]
    assert found.reached == np.isfinite(first).mean()
    assert number_year(future, 0, number=0).year == 0.0


@pytest.mark.parametrize("number", [-1, 2.5])
def test_a_number_of_people_is_whole_and_not_negative(number: float) -> None:
    flows = Flows([[1.0], [1.0]], [[0.1], [0.1]], promotion=[[0.0], [0.0]])
    future = project([[10], [10]], flows, years=2, rng=np.random.default_rng(1))
    with pytest.raises(UsageProblem, match="number must be a whole number"):
        number_year(future, 0, number=number)  # type: ignore[arg-type]
    with pytest.raises(UsageProblem, match="no group 7"):
        number_year(future, 7, number=1)
