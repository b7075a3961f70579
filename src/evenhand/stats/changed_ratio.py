"""Is it chance that the group's rate changed by another factor than the comparator's?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from evenhand.core import UsageProblem
from evenhand.stats.columns import Counts, Floats, Proportion, PValues, Rate, Reason
from evenhand.stats.strata import line_up
from evenhand.stats.stratified_score import cornfield_score


def ratio_of_ratios_test(group: Rate, comparator: Rate) -> PValues:
    """Could chance alone have moved the group's rate and the comparator's so far apart?

    Given how many events each side had in all, the events after of each side are a two-by-two
    table whose odds ratio is known when both rates changed by the same factor: that of the
    populations. Miettinen and Nurminen's score says how far the table lies from it.

    Parameters
    ----------
    group, comparator
        Events over population, of shape ``(…, 2)``: before, after.

    Returns
    -------
    PValues of shape ``(…)``, two-sided: under 0.05 where, and only where, the 95% score interval of
    :func:`~evenhand.stats.ratio_of_ratios` leaves out 1. ``NO_EVENTS`` where nothing happened on
    one side or at one time, ``NO_POPULATION`` where somebody is missing.

    Raises
    ------
    UsageProblem
        The last axis is not before and after, or shapes do not line up.

    Notes
    -----
    Events must be independent: with repeat events of one person the p-value is too small. For
    shares given as events over their base it is too large, by the factor 1 over 1 less the share
    in the variance: it then errs towards saying nothing. Not for very few events (under about 5
    expected in a cell).

    References
    ----------
    Miettinen O, Nurminen M (1985), Stat Med 4:213–226, section 4. Przyborowski J, Wilenski H
    (1940), Biometrika 31:313–323, on conditioning on the total.

    Examples
    --------
    >>> change = ratio_of_ratios_test(Rate([120, 80], [1000, 1000]), Rate([300, 290], [5000, 5000]))
    >>> change.p.round(3)
    np.float64(0.025)

    A group whose rate fell to 69% of what the comparator's did would be rare by chance alone.
    """
    x1, n1 = _both_times("group", group)
    x0, n0 = _both_times("comparator", comparator)
    columns = np.broadcast_arrays(x1, n1, x0, n0)
    x1, n1, x0, n0 = (column.reshape(-1, 2) for column in columns)
    reason = _reasons((x1, n1), (x0, n0))
    people = [np.where((reason == Reason.NO_POPULATION)[:, None], 1.0, n) for n in (n1, n0)]
    table = line_up(*(Proportion(x[:, 1:], x.sum(axis=1, keepdims=True)) for x in (x1, x0)))
    same = people[0][:, 1] * people[1][:, 0] / (people[0][:, 0] * people[1][:, 1])
    z = cornfield_score(table)(same)
    p = np.where(reason == Reason.DEFINED, 2 * ndtr(-np.abs(z)), np.nan)
    shape = columns[0].shape[:-1]
    return PValues(p.reshape(shape), reason.reshape(shape), "score test of a ratio of rate ratios")


def _both_times(name: str, side: Rate) -> tuple[Counts, Floats]:
    if side.events.shape[-1:] != (2,):
        raise UsageProblem(
            f"{name} has shape {side.events.shape}: its last axis must be before and after.",
            rule="before-and-after",
        )
    return side.events, side.population


def _reasons(group: tuple[Counts, Floats], comparator: tuple[Counts, Floats]) -> NDArray[np.uint8]:
    (x1, n1), (x0, n0) = group, comparator
    nothing = (x1.sum(axis=1) == 0) | (x0.sum(axis=1) == 0) | ((x1 + x0) == 0).any(axis=1)
    nobody = ((n1 <= 0) | (n0 <= 0)).any(axis=1)
    reason = np.where(nothing, Reason.NO_EVENTS, Reason.DEFINED)
    return np.where(nobody, Reason.NO_POPULATION, reason).astype(np.uint8)
