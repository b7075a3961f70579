"""Who was followed from when to when: entries, events and endings counted by group and month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import UsageProblem
from evenhand.stats.columns import Counts, as_counts


@dataclass(frozen=True, slots=True)
class Spells:
    """How many people entered, had the event and were last seen, at each whole month.

    The last axis is time (months since joining, 0, 1, 2 …); the axes before it are groups, or
    strata and groups. Nothing about a single person is held, so a million people cost no more
    than the months they are spread over.

    Someone who enters at month 0 is at risk from month 0. Someone who enters later, at month s, was
    already s months into their service when the record began, and is at risk from month s + 1
    (the interval ``(entry, exit]`` of the counting-process form). Everybody who enters leaves:
    by the event or by being censored (still waiting when last seen).

    Parameters
    ----------
    events, censored
        Counts, shape ``(…, months)``, whole and not negative.
    entries
        Counts of the same shape; left out, everyone enters at month 0.

    Raises
    ------
    UsageProblem
        When counts are negative or fractional, shapes differ, more people leave in a month than
        are there, or the number who enter is not the number who leave.

    References
    ----------
    Andersen PK, Borgan Ø, Gill RD, Keiding N (1993). Statistical Models Based on Counting
    Processes, chapter III.3 (left truncation as delayed entry).

    Examples
    --------
    >>> spells = Spells(events=[0, 1, 0, 2], censored=[0, 1, 0, 1])
    >>> spells.at_risk
    array([5, 5, 3, 3])

    Five people were followed; by month 3 two had left the count, so three were still at risk.
    """

    entries: Counts
    events: Counts
    censored: Counts

    def __init__(
        self, events: ArrayLike, censored: ArrayLike, *, entries: ArrayLike | None = None
    ) -> None:
        happened, lost = as_counts(events, name="events"), as_counts(censored, name="censored")
        if happened.ndim == 0 or happened.shape != lost.shape or not happened.shape[-1]:
            raise UsageProblem(
                f"events and censored have shapes {happened.shape} and {lost.shape}; both must be "
                "(…, months) with at least one month.",
                rule="shapes-line-up",
            )
        entered = _entries(entries, happened + lost)
        object.__setattr__(self, "entries", entered)
        object.__setattr__(self, "events", happened)
        object.__setattr__(self, "censored", lost)
        _require_closed(self)

    @property
    def at_risk(self) -> Counts:
        """People under observation and still waiting, just before each month's events."""
        staying = np.cumsum(self.entries - self.events - self.censored, axis=-1)
        return np.concatenate([self.entries[..., :1], staying[..., :-1]], axis=-1)


def _entries(entries: ArrayLike | None, leaving: Counts) -> Counts:
    if entries is None:
        everyone = np.zeros_like(leaving)
        everyone[..., 0] = leaving.sum(axis=-1)
        return everyone
    entered = as_counts(entries, name="entries")
    if entered.shape != leaving.shape:
        raise UsageProblem(
            f"entries has shape {entered.shape} but events has {leaving.shape}.",
            rule="shapes-line-up",
        )
    return entered


def _require_closed(spells: Spells) -> None:
    leaving = spells.events + spells.censored
    over = leaving > spells.at_risk
    if over.any():
        where = tuple(int(i) for i in np.argwhere(over)[0])
        raise UsageProblem(
            f"events and censored say {leaving[where]:,} people leave at month {where[-1]}, but "
            f"only {spells.at_risk[where]:,} are at risk.",
            rule="leavers-were-there",
            remedy="Someone who enters at month s > 0 is at risk from month s + 1.",
        )
    entered, left = spells.entries.sum(axis=-1), leaving.sum(axis=-1)
    if np.any(entered != left):
        first = np.argmax(np.ravel(entered != left))
        raise UsageProblem(
            f"entries add up to {np.ravel(entered)[first]:,} but events and censored to "
            f"{np.ravel(left)[first]:,}.",
            rule="every-spell-ends",
            remedy="Count those still waiting when last seen as censored.",
        )


def build_spells(group: ArrayLike, leaving: ArrayLike, *, event: ArrayLike, groups: int) -> Spells:
    """Count people, one row each, into groups and months; everyone is followed from month 0.

    Parameters
    ----------
    group
        Group number of each person, 0 to ``groups`` − 1, shape ``(people,)``.
    leaving
        Whole months from joining to the event, or to when last seen, shape ``(people,)``.
    event
        1 where the event happened, 0 where the person was still waiting when last seen.
    groups
        How many groups there are; a group with nobody in it keeps its row of zeros.

    Returns
    -------
    Spells of shape ``(groups, last month + 1)``. For delayed entry count the entries in the same
    way and give all three to :class:`Spells`.

    Raises
    ------
    UsageProblem
        If the columns differ in length, a group is not below ``groups``, a month is not whole and
        0 or more, or ``event`` is neither 0 nor 1.

    Notes
    -----
    Months are counted from each person's own joining, so all enter at month 0. Not for a cohort
    that was already there when records began: those who left earlier are missing, and the others
    must be counted as entering at the month from which they were seen (delayed entry).

    References
    ----------
    Klein JP, Moeschberger ML (2003), Survival Analysis, 2nd ed. (censoring and truncation).

    Examples
    --------
    >>> build_spells([0, 0, 1], [2, 1, 2], event=[1, 0, 1], groups=2).events
    array([[0, 0, 1],
           [0, 0, 1]])

    One person in each group had the event at month 2.
    """
    which, when = as_counts(group, name="group"), as_counts(leaving, name="leaving")
    happened = as_counts(event, name="event")
    if not which.ndim == 1 or not which.shape == when.shape == happened.shape:
        raise UsageProblem(
            "group, leaving and event must be columns of one length, not "
            f"{which.shape}, {when.shape} and {happened.shape}.",
            rule="shapes-line-up",
        )
    _require_codes(which, happened, groups=groups)
    months = int(when.max(initial=0)) + 1
    cell = which * months + when

    def count(rows: NDArray[np.bool_]) -> Counts:
        tally = np.bincount(cell[rows], minlength=groups * months)
        return tally.reshape(groups, months).astype(np.int64)

    return Spells(count(happened == 1), count(happened == 0))


def _require_codes(which: Counts, happened: Counts, *, groups: int) -> None:
    if which.size and which.max() >= groups:
        raise UsageProblem(
            f"group {which.max()} is outside 0 to {groups - 1}.", rule="groups-are-numbered"
        )
    if happened.size and happened.max() > 1:
        raise UsageProblem(f"event must be 0 or 1; found {happened.max()}.", rule="event-is-0-or-1")
