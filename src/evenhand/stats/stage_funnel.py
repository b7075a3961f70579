"""At which stage of a process, or rung of the ladder, does a group fall behind?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Counts, Estimates, Floats, Proportion, Reason, as_counts
from evenhand.stats.proportion import proportion
from evenhand.stats.risk_ratio import risk_ratio


@dataclass(frozen=True, slots=True)
class StageFunnel:
    """Each stage's pass rate among those who reached it, and the ratio to the comparator's.

    Arrays have shape ``(…, stages − 1)``: entry k is the step from stage k to stage k + 1.
    ``overall`` compares the last stage with the first, shape ``(…)``. ``shortfall`` is how
    many more of the group would have passed at the comparator's rate (negative: fewer), in
    heads; nan where the comparator had nobody at the stage.
    """

    rate: Estimates
    comparator_rate: Estimates
    ratio: Estimates
    overall: Estimates
    shortfall: Floats

    @property
    def narrowest(self) -> Counts:
        """The step with the largest shortfall in heads; −1 where the group falls short at none."""
        heads = np.where(np.isnan(self.shortfall), -np.inf, self.shortfall)
        where: Counts = np.where(heads.max(axis=-1) > 0, heads.argmax(axis=-1), -1).astype(np.int64)
        return where


def stage_funnel(
    group: ArrayLike, comparator: ArrayLike, *, confidence: Confidence = NINETY_FIVE
) -> StageFunnel:
    """At which stage of a process does a group fall behind, once each is judged on who reached it?

    Every stage is divided by the stage that feeds it: those interviewed by those sifted in, not by
    those who applied. A gap made at the sift then shows at the sift and is not blamed on
    the interview. Rates have Wilson intervals, ratios Koopman's.

    Parameters
    ----------
    group, comparator
        People at each stage in order, shape ``(…, stages)``, two stages or more; nobody reaches a
        stage without the one before. The two broadcast together.
    confidence
        Confidence of the intervals.

    Returns
    -------
    StageFunnel. Undefined (``NO_POPULATION``) at a step nobody of that group reached; the other
    edges are those of :func:`risk_ratio`.

    Raises
    ------
    UsageProblem
        When there are fewer than two stages or a stage holds more people than the one before it.

    Notes
    -----
    Those who reach a late stage have been selected at the earlier ones: an even rate late does not
    make good an uneven one early. Not for snapshots of a ladder, where the people at a rung did not
    come from those now on the rung below; follow a cohort instead.

    References
    ----------
    Bickel PJ, Hammel EA, O'Connell JW (1975), Science 187:398–404 (look at each decision where it
    is made). Wilson (1927), J Am Stat Assoc 22:209–212. Koopman PAR (1984), Biometrics 40:513–517.

    Examples
    --------
    >>> funnel = stage_funnel([40, 30, 8, 5], [400, 310, 200, 120])
    >>> funnel.ratio.value.round(2), funnel.shortfall.round(1)
    (array([0.97, 0.41, 1.04]), array([ 1. , 11.4, -0.2]))
    >>> funnel.narrowest
    array(1)

    The group falls behind at the second step: 11 more of the 30 would have passed at the
    comparator's rate.
    """
    ours, theirs = _stages(group, name="group"), _stages(comparator, name="comparator")
    if ours.shape[-1] != theirs.shape[-1]:
        raise UsageProblem(
            f"group has {ours.shape[-1]} stages and comparator {theirs.shape[-1]}.",
            rule="shapes-line-up",
        )
    step = Proportion(ours[..., 1:], ours[..., :-1])
    usual = Proportion(theirs[..., 1:], theirs[..., :-1])
    ends = Proportion(ours[..., -1], ours[..., 0]), Proportion(theirs[..., -1], theirs[..., 0])
    comparator_rate = proportion(usual, confidence=confidence)
    return StageFunnel(
        proportion(step, confidence=confidence),
        comparator_rate,
        risk_ratio(step, usual, confidence=confidence),
        risk_ratio(*ends, confidence=confidence),
        _shortfall(step, comparator_rate),
    )


def _stages(counts: ArrayLike, *, name: str) -> Counts:
    people = as_counts(counts, name=name)
    if people.ndim == 0 or people.shape[-1] < 2:
        raise UsageProblem(
            f"{name} has shape {people.shape}; its last axis must be two or more stages.",
            rule="shapes-line-up",
        )
    over = people[..., 1:] > people[..., :-1]
    if over.any():
        where = tuple(int(i) for i in np.argwhere(over)[0])
        raise UsageProblem(
            f"{name} has {people[..., 1:][where]:,} people at stage {where[-1] + 1} but only "
            f"{people[..., :-1][where]:,} at the stage before it.",
            rule="stages-narrow",
            remedy="Count only those who came through the stage before.",
        )
    return people


def _shortfall(step: Proportion, comparator_rate: Estimates) -> Floats:
    known = comparator_rate.reason == Reason.DEFINED
    heads: Floats = np.where(known, step.total * comparator_rate.value - step.count, np.nan)
    return heads
