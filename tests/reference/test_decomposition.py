"""Decompositions agree with statsmodels, and with one another where they are one."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats.columns import Proportion
from evenhand.stats.decomposition import kitagawa
from evenhand.stats.oaxaca_blinder import LinearCells, oaxaca_blinder

# Months waited by 160 people of group 1 and 240 of group 0, made up; cells by years of service and
# rank. statsmodels 0.15.0 on the 400 rows, with group 0 first:
#   >>> model = OaxacaBlinder(y, np.column_stack([group, years, rank]), 0, hasconst=False,
#   ...                       swap=False)
#   >>> model.three_fold().params
#   (-1.3237255754207007, -2.567809535010197, 0.16445177709758046, -3.727083333333333)
#   >>> model.two_fold(two_fold_type="reimers").params
#   (-2.485583646461407, -1.2414996868719104, -3.727083333333333)
#   >>> model.two_fold(two_fold_type="self_submitted", submitted_weight=1.0).params
#   (-2.567809535010197, -1.15927379832312, -3.727083333333333)
# three_fold gives endowments, coefficients, interaction, gap; two_fold unexplained, explained, gap.
CELLS = [[1, years, rank] for years in range(6) for rank in range(2)]
GROUP_1 = LinearCells(
    CELLS,
    [30, 26, 8, 13, 15, 16, 16, 8, 12, 16, 0, 0],
    totals=[1001, 932, 247, 467, 437, 553, 436, 267, 323, 462, 0, 0],
    squares=[33769, 33672, 7849, 17069, 12959, 19167, 12140, 8947, 8795, 13452, 0, 0],
)
GROUP_0 = LinearCells(
    CELLS,
    [19, 24, 20, 16, 24, 19, 20, 21, 18, 20, 19, 20],
    totals=[569, 815, 563, 525, 660, 579, 520, 615, 458, 522, 448, 519],
    squares=[
        *(17459, 28101, 16217, 17597, 18472, 17845, 13662, 18347, 12210, 13856, 10880, 13641),
    ],
)


def test_three_parts_agree_with_statsmodels() -> None:
    parts = oaxaca_blinder(GROUP_0, GROUP_1)
    ours = [parts.endowments, parts.coefficients, parts.interaction, parts.difference]
    want = [-1.3237255754207007, -2.567809535010197, 0.16445177709758046, -3.727083333333333]
    np.testing.assert_allclose([part.value for part in ours], want, rtol=1e-10)


@pytest.mark.parametrize(
    ("weight", "unexplained", "explained"),
    [
        (0.5, -2.485583646461407, -1.2414996868719104),
        (1.0, -2.567809535010197, -1.15927379832312),
    ],
)
def test_two_parts_agree_with_statsmodels(
    weight: float, unexplained: float, explained: float
) -> None:
    parts = oaxaca_blinder(GROUP_0, GROUP_1, weight=weight)
    assert parts.unexplained.value == pytest.approx(unexplained, rel=1e-10)
    assert parts.explained.value == pytest.approx(explained, rel=1e-10)


def test_the_berkeley_gap_is_where_women_applied() -> None:
    # Bickel PJ, Hammel EA, O'Connell JW (1975), Science 187:398–404: 30.4% of women and 44.5% of
    # men admitted to the six departments.
    women = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
    men = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])
    parts = kitagawa(women, men)
    assert parts.difference.value == pytest.approx(557 / 1835 - 1198 / 2691)
    assert parts.composition.value < parts.difference.value < 0 < parts.rates.value


def test_with_a_term_for_each_stratum_the_two_decompositions_are_one() -> None:
    women, men = ([89, 17, 202], [108, 25, 593]), ([512, 353, 120], [825, 560, 325])
    strata = np.eye(3)
    strata[:, 0] = 1
    cells = [LinearCells(strata, n, totals=x, squares=x) for x, n in (women, men)]
    sides = [Proportion(x, n) for x, n in (women, men)]
    two, three = kitagawa(*sides), kitagawa(*sides, ways="three")
    linear, average = oaxaca_blinder(*cells), oaxaca_blinder(*cells, weight=0.5)
    assert average.explained.value == pytest.approx(float(two.composition.value))
    assert average.unexplained.value == pytest.approx(float(two.rates.value))
    assert linear.endowments.value == pytest.approx(float(three.composition.value))
    assert linear.coefficients.value == pytest.approx(float(three.rates.value))
    assert linear.interaction.value == pytest.approx(float(three.interaction.value))
