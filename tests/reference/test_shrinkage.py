"""Shrinkage fits the published distributions and ranks as published."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.prior_fit import PriorFit, fit_beta, fit_gamma
from evenhand.stats.ranks import rank_intervals
from evenhand.stats.shrinkage import shrink

# Lip cancer in the 56 districts of Scotland, 1975–1980: observed and expected cases. Clayton D,
# Kaldor J (1987), Biometrics 43:671–681, table 1.
LIP_OBSERVED = [
    *(9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7),
    *(10, 16, 11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0),
    0,
]
LIP_EXPECTED = [
    *(1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2),
    *(5.5, 4.4, 10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3),
    *(10.1, 12.7, 9.4, 7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6),
    *(5.7, 7.0, 4.2, 1.8),
]

# Deaths in cardiac surgery on infants in twelve hospitals. Spiegelhalter DJ et al (1996), BUGS 0.5
# Examples volume 1, “Surgical: institutional ranking”.
OPERATIONS = [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360]
DEATHS = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24]


def test_scottish_lip_cancer_gives_clayton_and_kaldors_gamma_distribution() -> None:
    # Clayton and Kaldor (1987), section 5: shape 1.88, rate 1.32 by maximum likelihood.
    prior = fit_gamma(np.array([LIP_OBSERVED], float), np.array([LIP_EXPECTED]))
    assert prior.fit == PriorFit.LIKELIHOOD
    assert prior.a == pytest.approx(1.88, abs=0.005)
    assert prior.b == pytest.approx(1.32, abs=0.005)


def test_scottish_lip_cancer_no_longer_runs_from_nothing_to_six_times() -> None:
    shrunken = shrink(Rate(LIP_OBSERVED, LIP_EXPECTED))
    assert shrunken.raw.max() > 6
    assert shrunken.raw.min() == 0
    assert 3.9 < shrunken.estimate.value.max() < 4.6
    assert 0.25 < shrunken.estimate.value.min() < 0.4


# scipy 1.17.1:
#   >>> def nll(t):
#   ...     a, b = np.exp(t)
#   ...     return -(betaln(deaths + a, operations - deaths + b) - betaln(a, b)).sum()
#   >>> np.exp(minimize(nll, [2, 4], method="Nelder-Mead",
#   ...                 options={"xatol": 1e-12, "fatol": 1e-14}).x)
#   8.253489, 99.63685
def test_surgical_deaths_give_the_beta_distribution_of_a_general_optimiser() -> None:
    prior = fit_beta(np.array([DEATHS], float), np.array([OPERATIONS], float))
    assert prior.fit == PriorFit.LIKELIHOOD
    np.testing.assert_allclose([prior.a[0], prior.b[0]], [8.253489, 99.63685], rtol=1e-6)


def test_surgical_ranks_are_as_uncertain_as_published() -> None:
    # The published model is logistic-normal, so its digits do not carry over; its conclusions do:
    # hospital H has the highest rate, A and E the lowest, and most places span half the table.
    shrunken = shrink(Proportion(DEATHS, OPERATIONS))
    places = rank_intervals(shrunken, rng=np.random.default_rng(2024))
    assert places.estimate.value.argmin() == 7
    assert set(places.estimate.value.argsort()[-2:]) == {0, 4}
    assert places.highest[7] > 0.4
    assert places.estimate.low[0] < 10
    assert (places.estimate.high - places.estimate.low).mean() > 5
