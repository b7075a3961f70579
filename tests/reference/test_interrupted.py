"""Interrupted series agree with statsmodels' Newey–West errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.interrupted import Break, interrupted_series, interrupted_values

MONTHS = [
    *(71, 76, 89, 77, 95, 105, 72, 69, 43, 43, 73, 68),
    *(50, 25, 34, 21, 54, 66, 65, 67, 46, 67, 67, 49),
]
PEOPLE = [1000, 1010, 990, 1005, 1020, 1015, 1000, 995, 1010, 1025, 1030, 1000] * 2

# statsmodels 0.15.0, with t counted from the break at month 12 and a = (t >= 0):
#   >>> x = np.column_stack([np.ones(24), t, a, a * t])
#   >>> kwds = {"maxlags": 3, "use_correction": False}
#   >>> sm.GLM(y, x, family=sm.families.Poisson(), offset=np.log(n)).fit(
#   ...     cov_type="HAC", cov_kwds=kwds, tol=1e-14)     # params, bse
#   >>> sm.GLM(np.column_stack([y, n - y]), x, family=sm.families.Binomial()).fit(…)
#   >>> sm.OLS(y / n, x).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})
POISSON = (
    [-0.44513566443778246, 0.08430251159538446, -0.03291411004156623],
    [0.20517416259929458, 0.023827509335002186, 0.015070034351167853],
)
BINOMIAL = (
    [-0.46726637719698677, 0.08964476495042895, -0.03550709550223445],
    [0.2161743521313379, 0.025262298304509875, 0.01622795737826318],
)
LEAST_SQUARES = (
    [-0.02106453746710813, 0.004951957234877632, -0.0023812278578971263],
    [0.01155099133721811, 0.0014977728315933997, 0.0011645535097350257],
)
Z = 1.959963984540054


@pytest.mark.parametrize(
    ("months", "want"),
    [(Rate(MONTHS, PEOPLE), POISSON), (Proportion(MONTHS, PEOPLE), BINOMIAL)],
)
def test_counts_agree_with_statsmodels(months: Any, want: Any) -> None:
    found = interrupted_series(months, Break(at=12, lags=3))
    terms = (found.level, found.slope, found.trend)
    np.testing.assert_allclose([np.log(term.value) for term in terms], want[0], rtol=1e-8)
    spread = [(np.log(term.high) - np.log(term.value)) / Z for term in terms]
    # Ours multiplies the variance by n/(n − k), here 24/20; the source was asked not to.
    np.testing.assert_allclose(np.array(spread) * np.sqrt(20 / 24), want[1], rtol=1e-8)


def test_values_agree_with_statsmodels() -> None:
    found = interrupted_values(np.array(MONTHS) / PEOPLE, Break(at=12, lags=3))
    terms = (found.level, found.slope, found.trend)
    np.testing.assert_allclose([term.value for term in terms], LEAST_SQUARES[0], rtol=1e-8)
    spread = [(term.high - term.value) / Z for term in terms]
    np.testing.assert_allclose(spread, LEAST_SQUARES[1], rtol=1e-8)
