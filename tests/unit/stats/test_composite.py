"""Composite indicators: what is refused, and what a missing or even part does."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats import Reason, composite, rank_uncertainty, weight_sensitivity


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize(
    ("parts", "weights", "words"),
    [
        ([[1.0, 2.0]], [1], "parts has 2 columns but weights has 1"),
        ([[1.0, np.inf]], [1, 1], "parts must be finite"),
        ([1.0, 2.0], [1, 1], r"parts has shape \(2,\); it must be \(units, parts\)"),
        ([[1.0, 2.0]], [1, -1], r"weights must be .* they are \[1.0, -1.0\]"),
        ([[1.0, 2.0]], [0, 0], "not all zero"),
        ([[1.0, 2.0]], [1, np.nan], "weights must be finite"),
    ],
)
def test_parts_and_weights_that_mean_nothing_are_refused(parts, weights, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        composite(parts, weights)


def test_a_unit_with_an_unknown_part_has_no_score_and_the_others_keep_theirs() -> None:
    found = composite([[1.0, 1.0], [2.0, np.nan], [3.0, 5.0]], [1, 1])
    assert found.reason.tolist() == [Reason.DEFINED, Reason.NOT_ESTIMABLE, Reason.DEFINED]
    assert found.score[[0, 2]].tolist() == [-1.0, 1.0]
    assert found.rank[[0, 2]].tolist() == [2.0, 1.0]
    assert np.isnan([found.score[1], found.rank[1]]).all()


def test_a_part_that_does_not_vary_moves_nobody() -> None:
    found = composite([[1.0, 0.1], [2.0, 0.1]], [1, 1])
    assert found.z[:, 1].tolist() == [0.0, 0.0]


def test_units_level_on_every_part_share_their_rank() -> None:
    assert composite([[1.0], [1.0], [2.0]], [1]).rank.tolist() == [2.5, 2.5, 1.0]


def test_units_without_a_score_take_no_part_in_the_simulated_ranks() -> None:
    parts = [[1.0, 1.0], [2.0, np.nan], [3.0, 5.0]]
    errors = np.full((3, 2), 0.1)
    for spread in (
        weight_sensitivity(composite(parts, [1, 1]), rng=rng(), draws=20),
        rank_uncertainty(parts, [1, 1], errors=errors, rng=rng(), draws=20),
    ):
        assert np.isnan(spread.median).tolist() == [False, True, False]
        assert spread.high[[0, 2]].tolist() == [2.0, 1.0]


def test_with_no_unit_scored_nothing_is_simulated() -> None:
    spread = rank_uncertainty([[np.nan]], [1], errors=[[0.1]], rng=rng(), draws=3)
    assert np.isnan(spread.median).all()


def test_weights_held_loosely_move_ranks_more_than_weights_held_firmly() -> None:
    parts = rng().normal(size=(12, 4))
    found = composite(parts, [1, 1, 1, 1])
    loose = weight_sensitivity(found, rng=rng(), concentration=2)
    firm = weight_sensitivity(found, rng=rng(), concentration=500)
    assert (loose.high - loose.low).sum() > 2 * (firm.high - firm.low).sum()


def test_a_part_of_no_weight_is_given_none_in_any_draw() -> None:
    found = composite([[1.0, 9.0], [2.0, 1.0]], [1, 0])
    assert weight_sensitivity(found, rng=rng(), draws=30).highest.tolist() == [0.0, 1.0]


def test_the_same_seed_gives_the_same_ranks() -> None:
    found = composite(rng().normal(size=(9, 3)), [1, 2, 3])
    one, two = (weight_sensitivity(found, rng=rng()) for _ in range(2))
    np.testing.assert_array_equal(one.low, two.low)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"draws": 0}, "draws must be at least 1, not 0"),
        ({"concentration": 0.0}, "concentration must be finite and above 0"),
        ({"concentration": np.nan}, "concentration must be finite and above 0"),
    ],
)
def test_draws_that_cannot_be_made_are_refused(change, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        weight_sensitivity(composite([[1.0], [2.0]], [1]), rng=rng(), **change)


@pytest.mark.parametrize("errors", [[[-0.1], [0.1]], [[np.nan], [0.1]], [[0.1]]])
def test_errors_that_are_not_standard_errors_are_refused(errors) -> None:
    with pytest.raises(UsageProblem, match="errors must be finite, not negative"):
        rank_uncertainty([[1.0], [2.0]], [1], errors=errors, rng=rng())
