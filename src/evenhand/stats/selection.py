"""Did a selection process pass over one group: by how much, and by the conventions of law?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.chance import fisher
from evenhand.stats.columns import Estimates, Floats, Mask, Proportion, PValues
from evenhand.stats.pairs import Pair, pair_proportions
from evenhand.stats.risk_ratio import risk_ratio

# Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4(D).
FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class Selection:
    """A group's selection rate against another's, as lawyers and statisticians each look at it.

    ``below_four_fifths`` is False where the ratio is undefined. ``turns_on_one`` marks those that
    would not be below if one more of the group had been selected and one fewer of the comparator:
    the Guidelines' own caution about small numbers.
    """

    impact_ratio: Estimates
    below_four_fifths: Mask
    turns_on_one: Mask
    chance: PValues
    standard_deviations: Floats


def selection(
    group: Proportion, comparator: Proportion, *, confidence: Confidence = NINETY_FIVE
) -> Selection:
    """Was the group selected less often, and is the gap of the size courts have taken notice of?

    Three conventions side by side: the impact ratio and whether it is below four fifths; the exact
    test; and how many standard deviations lie between the two rates.

    Parameters
    ----------
    group, comparator : Proportion
        Selected of those who applied, of shapes that broadcast together. The Guidelines compare
        each group with the one selected most often.
    confidence : Confidence
        For the impact ratio's interval (Koopman).

    Returns
    -------
    Selection
        ``chance`` is Fisher's test with mid-p. ``standard_deviations`` is the difference of the
        rates over its pooled standard deviation, negative when the group does worse; 0 where
        nobody or everybody was selected, and nan where a group had no applicants.

    Raises
    ------
    UsageProblem
        If shapes do not line up or the confidence is a bare number.

    Notes
    -----
    The four-fifths rule is a rule of thumb: with few applicants it is crossed by chance, with many
    a ratio above it can be far beyond chance. Neither shows that the process was fair or unfair.
    Use the people who could have been selected at this stage, not those who first applied.

    References
    ----------
    29 CFR 1607.4(D). EEOC (1979), *Questions and Answers on the Uniform Guidelines*, 21.
    *Hazelwood School District v. United States*, 433 U.S. 299 (1977), footnotes 14 and 17.

    Examples
    --------
    >>> from evenhand.stats import Proportion, selection
    >>> found = selection(Proportion([26], [48]), Proportion([206], [259]))
    >>> found.impact_ratio.value.round(3), found.below_four_fifths, found.chance.p < 0.001
    (array([0.681]), array([ True]), array([ True]))
    >>> found.standard_deviations.round(1)
    array([-3.8])

    The group passed at 68% of the comparator's rate, nearly four standard deviations below it.
    """
    ratio = risk_ratio(group, comparator, confidence=confidence)
    pair = pair_proportions(group, comparator)
    below = _below(pair)
    one = Pair(
        np.minimum(pair.x1 + 1, pair.n1), pair.n1, np.maximum(pair.x2 - 1, 0), pair.n2, pair.shape
    )
    return Selection(
        impact_ratio=ratio,
        below_four_fifths=below.reshape(pair.shape),
        turns_on_one=(below & ~_below(one)).reshape(pair.shape),
        chance=fisher(group, comparator),
        standard_deviations=_deviations(pair).reshape(pair.shape),
    )


def _below(pair: Pair) -> Mask:
    # Cross-multiplied in fifths, so that exactly four fifths is not called below by rounding.
    defined = (pair.n1 > 0) & (pair.n2 > 0) & (pair.x2 > 0)
    below: Mask = defined & (5 * pair.x1 * pair.n2 < 4 * pair.x2 * pair.n1)
    return below


def _deviations(pair: Pair) -> Floats:
    x1, n1, x2, n2 = pair.columns
    somebody = (n1 > 0) & (n2 > 0)
    first, second = np.where(somebody, n1, 1.0), np.where(somebody, n2, 1.0)
    pooled = np.where(somebody, (x1 + x2) / (first + second), 0.5)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / first + 1 / second))
    gap = x1 / first - x2 / second
    deviations = np.where(spread > 0, gap / np.where(spread > 0, spread, 1.0), 0.0)
    return np.where(somebody, deviations, np.nan)
