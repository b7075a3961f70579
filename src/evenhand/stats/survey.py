"""What share of people answered favourably, and what share would tell us about themselves?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Estimates, Floats, Proportion, Reason, as_counts, critical_value


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Shares of everybody asked: who told, who preferred not to say, who left it blank."""

    told: Estimates
    withheld: Estimates
    blank: Estimates


def favourable_share(
    answers: Proportion,
    *,
    population: ArrayLike | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """What share of the group is favourable, allowing for those who did not answer?

    Wilson's interval with the finite-population correction: when most of a small unit answered,
    little is left to guess and the interval narrows; when everybody answered it closes, because
    nothing is being estimated. Without ``population`` it is Wilson's own interval.

    Parameters
    ----------
    answers
        Favourable answers of all answers to the item, any shape.
    population
        How many people the answers speak for; broadcasts with ``answers``, at least the number
        who answered. Left out, the answers are taken as from an unlimited population.
    confidence
        Confidence of the interval.

    Returns
    -------
    Estimates between 0 and 1; ``NO_POPULATION`` where nobody answered.

    Raises
    ------
    UsageProblem
        When more people answered than there are.

    Notes
    -----
    Corrects for chance in who answered, not for a reason behind it: where the discontented are
    the ones who stay silent no interval helps; print the response rate. When the share is to
    stand for more than the people employed that day (a "process"), leave ``population`` out.

    References
    ----------
    Wilson EB (1927), J Am Stat Assoc 22:209–212. Cochran WG (1977), Sampling Techniques, 3rd ed.,
    equation 3.8 (variance of a proportion without replacement).

    Examples
    --------
    >>> share = favourable_share(Proportion(30, 40), population=50)
    >>> share.value, share.low.round(2), share.high.round(2)
    (array(0.75), np.float64(0.68), np.float64(0.81))

    Three quarters of those who answered were favourable: of all fifty, between 68% and 81%.
    """
    count, total = answers.count, answers.total.astype(np.float64)
    left_out = _left_out(answers, population)
    seen = np.where(total > 0, total, 1.0)
    share = np.where(total > 0, count / seen, np.nan)
    pull = critical_value(confidence) ** 2 * left_out / seen
    centre = share + pull / 2
    half = np.sqrt(pull * share * (1 - share) + pull**2 / 4)
    low, high = (centre - half) / (1 + pull), (centre + half) / (1 + pull)
    # None and all are the ends of the scale; rounding must not print −0.00 or 1.00…02.
    low = np.where(count == 0, share, np.clip(low, 0.0, share))
    high = np.where(count == total, share, np.clip(high, share, 1.0))
    reason = np.where(total > 0, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    method = "Wilson score" if population is None else "Wilson score, finite population"
    return Estimates(share, low, high, reason, method, confidence)


def _left_out(answers: Proportion, population: ArrayLike | None) -> Floats:
    """The finite-population factor (N − n) / (N − 1): 1 for an unlimited population, 0 for all."""
    if population is None:
        return np.ones(answers.total.shape)
    people = as_counts(population, name="population")
    try:
        people = np.broadcast_to(people, answers.total.shape)
    except ValueError:
        raise UsageProblem(
            f"population has shape {people.shape}, which does not line up with "
            f"{answers.total.shape}.",
            rule="shapes-line-up",
        ) from None
    over = answers.total > people
    if over.any():
        raise UsageProblem(
            f"population is {people[over].flat[0]:,} but {answers.total[over].flat[0]:,} people "
            "answered.",
            rule="answers-within-population",
        )
    factor: Floats = (people - answers.total) / np.maximum(people - 1, 1)
    return factor


def disclosure_rate(
    told: ArrayLike,
    withheld: ArrayLike,
    *,
    blank: ArrayLike = 0,
    confidence: Confidence = NINETY_FIVE,
) -> Disclosure:
    """How many people tell the service this about themselves, and how many would rather not?

    "Prefer not to say" is an answer and a blank is not; both are counted in everybody asked, so
    the three shares add up to one.

    Parameters
    ----------
    told, withheld, blank
        Counts of shapes that broadcast together: a category given; "prefer not to say"; nothing
        entered.
    confidence
        Confidence of the intervals (Wilson).

    Returns
    -------
    Disclosure; ``NO_POPULATION`` where nobody was asked.

    Raises
    ------
    UsageProblem
        If the counts do not line up, or one is negative or not whole.

    Notes
    -----
    A rate that differs by group or unit is itself a finding about trust. Low disclosure makes every
    comparison by that characteristic weaker: show the bounds for unknowns beside it.

    References
    ----------
    Wilson (1927), above.

    Examples
    --------
    >>> rate = disclosure_rate(820, 110, blank=70)
    >>> rate.told.value, rate.withheld.value
    (array(0.82), array(0.11))

    Eighty-two per cent disclosed; eleven per cent preferred not to say.
    """
    counts = [
        as_counts(part, name=name)
        for part, name in ((told, "told"), (withheld, "withheld"), (blank, "blank"))
    ]
    try:
        counts = list(np.broadcast_arrays(*counts))
    except ValueError:
        shapes = ", ".join(str(part.shape) for part in counts)
        raise UsageProblem(
            f"told, withheld and blank have shapes {shapes}, which do not line up.",
            rule="shapes-line-up",
        ) from None
    asked = sum(counts[1:], start=counts[0])
    shares = [favourable_share(Proportion(part, asked), confidence=confidence) for part in counts]
    return Disclosure(*shares)
