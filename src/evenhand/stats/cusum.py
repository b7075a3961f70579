"""Has a rate moved from what it was, by small steps no single month would show?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import UsageProblem
from evenhand.stats.columns import (
    Floats,
    Mask,
    Proportion,
    as_counts,
    as_population,
    require_broadcastable,
)

# Points of the grid on which the run length's Markov chain lives (Brook and Evans 1972 found 10 to
# 50 enough; with counts, 200 puts the answer within 1% in tests/properties/stats/test_cusum.py).
_STATES = 200


@dataclass(frozen=True, slots=True)
class Watch:
    """The change watched for, and the score that raises the alarm; state both on the chart.

    ``ratio`` is a rate ratio (for the Bernoulli chart an odds ratio): above 1 for a rise, below 1
    for a fall. See `poisson_run_length` for how often ``limit`` gives a false alarm.
    """

    ratio: float
    limit: float

    def __post_init__(self) -> None:
        if not (0 < self.ratio < np.inf) or self.ratio == 1:
            raise UsageProblem(
                f"ratio must be above 0 and not 1, not {self.ratio!r}.",
                rule="a-change-to-watch-for",
            )
        if not 0 < self.limit < np.inf:
            raise UsageProblem(
                f"limit must be above 0, not {self.limit!r}.", rule="limit-is-positive"
            )


@dataclass(frozen=True, slots=True)
class Cusum:
    """The running score and where it passed the limit; arrays of shape ``(…, periods)``.

    ``score`` is never below 0, and starts again from 0 after each alarm. In a ``missing`` period it
    is nan and the score before it is carried over.
    """

    score: Floats
    alarm: Mask
    missing: Mask
    watch: Watch
    method: str


def poisson_cusum(
    events: ArrayLike,
    expected: ArrayLike,
    *,
    watch: Watch,
    missing: ArrayLike | None = None,
) -> Cusum:
    """Has the rate of events risen (or fallen) to this many times what is expected?

    Each period adds the log likelihood ratio of a rate ``ratio`` times the expected to the expected
    one, y·log(ratio) − E·(ratio − 1); the score is not let below 0 and the alarm is raised where it
    reaches the limit. No other rule finds a change of that size sooner, on average, at as few false
    alarms.

    Parameters
    ----------
    events
        Counts of shape ``(…, periods)``, in order.
    expected
        What is expected in each period, above 0 where not missing: allows for size and season.
    watch
        The rate ratio watched for, and the score that raises the alarm.
    missing
        True where no figure came.

    Returns
    -------
    Cusum of shape ``(…, periods)``.

    Raises
    ------
    UsageProblem
        Nothing expected in a period that is not missing, or shapes that do not line up.

    Notes
    -----
    The expected numbers must come from before the watch: a baseline that contains the change hides
    it. State ratio, limit and the run length they imply beside the chart. Events must be
    independent.

    References
    ----------
    Page ES (1954), Biometrika 41:100–115. Lucas JM (1985), Technometrics 27:129–144. Moustakides GV
    (1986), Ann Stat 14:1379–1387 (no rule is quicker).

    Examples
    --------
    >>> chart = poisson_cusum([5, 4, 6, 9, 11, 10], [5.0] * 6, watch=Watch(ratio=2, limit=4))
    >>> chart.score.round(1).tolist(), chart.alarm.tolist()
    ([0.0, 0.0, 0.0, 1.2, 3.9, 5.8], [False, False, False, False, False, True])

    After three months of about double, the score passes 4 and the alarm is raised.
    """
    y, foreseen = as_counts(events, name="events"), as_population(expected, name="expected")
    require_broadcastable("events and expected", y, foreseen)
    y, foreseen = np.broadcast_arrays(y, foreseen)
    gap = _gaps(missing, y.shape)
    if ((foreseen <= 0) & ~gap).any():
        raise UsageProblem(
            "expected must be above 0 where not missing; found 0.0.",
            remedy="Mark a period in which nothing can happen as missing.",
            rule="something-is-expected",
        )
    step = y * np.log(watch.ratio) - foreseen * (watch.ratio - 1)
    return _cusum(step, gap, watch, "Poisson CUSUM")


def bernoulli_cusum(
    outcomes: Proportion,
    *,
    usual: ArrayLike,
    watch: Watch,
    missing: ArrayLike | None = None,
) -> Cusum:
    """Have the odds of the outcome risen (or fallen) to this many times the usual ones?

    Each person adds the log likelihood ratio of the changed odds to the usual: x·log(R) − n·log(1 −
    p + R·p). With one person a period it is the Bernoulli CUSUM; with more, their sum.

    Parameters
    ----------
    outcomes
        Counts of shape ``(…, periods)``: of single people (totals of 1) or of periods.
    usual
        The usual proportion, strictly between 0 and 1; may differ by period (risk adjustment).
    watch
        The odds ratio watched for, and the score that raises the alarm.
    missing
        True where no figure came; a period with nobody in it adds nothing and is not missing.

    Returns
    -------
    Cusum of shape ``(…, periods)``.

    Raises
    ------
    UsageProblem
        Parameters out of their bounds, or shapes that do not line up.

    Notes
    -----
    The usual proportion must come from before the watch. Not for comparing units with one another.

    References
    ----------
    Reynolds MR, Stoumbos ZG (1999), J Qual Technol 31:87–108. Steiner SH, Cook RJ, Farewell VT,
    Treasure T (2000), Biostatistics 1:441–452.

    Examples
    --------
    >>> ten = Proportion([0, 1, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1])
    >>> bernoulli_cusum(ten, usual=0.2, watch=Watch(3, 1.5)).alarm.tolist()
    [False, False, False, False, True, False]

    Two in a row, soon after another, pass the limit that was set; counting then starts again.
    """
    share = as_population(usual, name="usual")
    if ((share <= 0) | (share >= 1)).any():
        raise UsageProblem(
            f"usual must be between 0 and 1; found {share[(share <= 0) | (share >= 1)].flat[0]}.",
            rule="usual-is-a-proportion",
        )
    require_broadcastable("outcomes and usual", outcomes.count, share)
    step = outcomes.count * np.log(watch.ratio)
    step = step - outcomes.total * np.log1p(share * (watch.ratio - 1))
    return _cusum(step, _gaps(missing, step.shape), watch, "Bernoulli CUSUM")


def poisson_run_length(expected: float, watch: Watch, *, truth: float = 1.0) -> float:
    """How many periods pass, on average, before the alarm, if the rate is ``truth`` times usual?

    With ``truth=1`` it is the time between false alarms; with ``truth=ratio`` the time to find the
    change watched for. The score's course is a Markov chain over small steps from 0 to the limit.

    Parameters
    ----------
    expected
        Events expected in each period, above 0.
    watch
        As given to `poisson_cusum`.
    truth
        The true rate as a multiple of the expected one, above 0.

    Returns
    -------
    Periods to the alarm, on average, from a score of 0: one number (shape ``()``), 1 or more.

    Raises
    ------
    UsageProblem
        A parameter that is not above 0.

    Notes
    -----
    An average: half of all runs are shorter than about 70% of it.

    References
    ----------
    Brook D, Evans DA (1972), Biometrika 59:539–549.

    Examples
    --------
    >>> false_alarm = poisson_run_length(5, Watch(ratio=2, limit=4))
    >>> found = poisson_run_length(5, Watch(ratio=2, limit=4), truth=2)
    >>> round(false_alarm), round(found, 1)
    (270, 2.8)

    At this limit a false alarm comes once in about 22 years of months; a doubling is found in 3.
    """
    for name, value in (("expected", expected), ("truth", truth)):
        if not 0 < value < np.inf:
            raise UsageProblem(f"{name} must be above 0, not {value!r}.", rule="above-0")
    width = watch.limit / _STATES
    mean = expected * truth
    most = int(mean + 12 * np.sqrt(mean) + 30)
    count = np.arange(most + 1)
    chance = np.exp(count * np.log(mean) - mean - np.cumsum(np.log(np.maximum(count, 1))))
    step = count * np.log(watch.ratio) - expected * (watch.ratio - 1)
    # State 0 is a score of exactly 0; state i the middle of the i-th small step above it.
    score = np.concatenate([[0.0], (np.arange(_STATES) + 0.5) * width])
    after = score[:, None] + step[None, :]
    state = np.where(after <= 0, 0, np.minimum(np.floor(after / width), _STATES).astype(int) + 1)
    moves = np.zeros((_STATES + 1, _STATES + 2))
    np.add.at(moves, (np.arange(_STATES + 1)[:, None], state), chance[None, :])
    stay = moves[:, : _STATES + 1]
    return float(np.linalg.solve(np.eye(_STATES + 1) - stay, np.ones(_STATES + 1))[0])


def _gaps(missing: ArrayLike | None, shape: tuple[int, ...]) -> Mask:
    if len(shape) == 0:
        raise UsageProblem("the last axis must be the periods.", rule="periods-are-the-last-axis")
    if missing is None:
        return np.zeros(shape, dtype=bool)
    mask = np.asarray(missing).astype(bool)
    if mask.shape[-1:] != shape[-1:] or mask.ndim > len(shape):
        raise UsageProblem(
            f"missing has shape {mask.shape} and events {shape}: they do not line up.",
            rule="shapes-line-up",
        )
    return np.array(np.broadcast_to(mask, shape))


def _cusum(step: Floats, gap: Mask, watch: Watch, method: str) -> Cusum:
    """Add up period by period (all units at once), from 0 again after an alarm."""
    score, alarm = np.full(step.shape, np.nan), np.zeros(step.shape, dtype=bool)
    running = np.zeros(step.shape[:-1])
    for period in range(step.shape[-1]):
        there = ~gap[..., period]
        running = np.where(there, np.maximum(running + step[..., period], 0.0), running)
        score[..., period] = np.where(there, running, np.nan)
        alarm[..., period] = there & (running >= watch.limit)
        running = np.where(alarm[..., period], 0.0, running)
    return Cusum(score, alarm, gap, watch, method)
