"""Is this month news, or one of the ordinary ups and downs?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import Confidence, UsageProblem
from evenhand.stats.columns import Floats, Mask, Proportion, Rate, Reason, require_method
from evenhand.stats.funnel_limits import proportion_limits, rate_limits
from evenhand.stats.run_rules import MAKING_DATA_COUNT, Points, RunRules, Signals, find_signals

ChartLimits = Literal["three-sigma", "exact", "laney"]

# What a moving range of two normal values averages, in standard deviations, as Laney (2002) and
# the charting programs that follow him round it (d2 for samples of two: 2/√π = 1.12838).
_MOVING_RANGE = 1.128

# The normal probability within three standard deviations, Φ(3) − Φ(−3), to fifteen digits.
_THREE_SIGMA = Confidence(0.9973002039367398)


@dataclass(frozen=True, slots=True)
class Baseline:
    """From which point on, over how many points and how a centre line and limits are worked out.

    ``starts`` are the positions at which they are worked out anew; the first is 0. ``points`` is
    how many points from each start set them: None for all up to the next start. ``limits`` are
    ``three-sigma`` (the usual), ``exact`` (binomial or Poisson, with the same probability) or
    ``laney`` (three sigma, times how much more months differ from their neighbours than chance
    alone would have them: the p′- and u′-chart).
    """

    starts: tuple[int, ...] = (0,)
    points: int | None = None
    limits: ChartLimits = "three-sigma"

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in zip(self.starts, self.starts[1:], strict=False))
        if not self.starts or self.starts[0] != 0 or not rising:
            raise UsageProblem(
                f"starts must begin with 0 and rise, not {self.starts!r}.", rule="phases-in-order"
            )
        require_method(self.limits, get_args(ChartLimits))
        if self.points is not None and self.points < 1:
            raise UsageProblem(
                f"points must be at least 1, not {self.points!r}.", rule="baseline-has-points"
            )


FIRST_TO_LAST = Baseline()
"""One centre line from all points: for looking back, not for watching what comes next."""


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Each month beside its centre line and limits; arrays of shape ``(…, months)``.

    ``value`` is nan where ``missing`` (no figure came: a gap, never a zero) or where ``reason`` is
    ``NO_POPULATION``. ``centre``, ``low`` and ``high`` are nan where ``reason`` is not ``DEFINED``.
    ``dispersion`` is how many times as wide as chance alone the limits are: 1 but for ``laney``.
    """

    value: Floats
    centre: Floats
    low: Floats
    high: Floats
    missing: Mask
    reason: NDArray[np.uint8]
    dispersion: Floats
    signals: Signals
    rules: RunRules
    baseline: Baseline
    method: str


def control_chart(
    months: Proportion | Rate,
    *,
    missing: ArrayLike | None = None,
    baseline: Baseline = FIRST_TO_LAST,
    rules: RunRules = MAKING_DATA_COUNT,
) -> ControlChart:
    """Which months call for an explanation, and which are common-cause noise?

    A p-chart for proportions or a u-chart for rates: the centre line is all baseline events over
    all baseline people, and each month has limits for its own size. Runs and trends inside the
    limits are signals too, by rules stated beforehand.

    Parameters
    ----------
    months
        Counts of shape ``(…, months)``, in order, one place for every month of the calendar.
    missing
        True where no figure came. Counts there are not looked at.
    baseline
        Where the centre line is worked out anew, over how many points and with which limits. State
        it on the chart.
    rules
        `MAKING_DATA_COUNT`, `WESTERN_ELECTRIC`, `NELSON` or your own.

    Returns
    -------
    ControlChart. A missing month is marked and has the reason ``NOT_ESTIMABLE``; one with nobody in
    it, or in its baseline, ``NO_POPULATION``. A baseline with no events (``NO_EVENTS``) or nothing
    else (``NOT_ESTIMABLE``) gives no limits, nor does Laney's method without two months in a row.

    Raises
    ------
    UsageProblem
        No month axis, a mask of another shape, or a start past the last month.

    Notes
    -----
    Three-sigma limits are poor below about 5 expected events a month: use ``exact``. Not for
    seasonal figures without a year's comparison, nor for a baseline of fewer than about 12 points,
    which is itself mostly noise. With run rules a chart of ordinary noise signals about once in 100
    points. Points of the baseline are judged by limits they helped to set.

    Counts that follow how many officers are sent out differ from month to month by far more than
    chance, and three-sigma limits then ring nearly every month. Laney takes the usual change from
    one month to the next (the mean moving range of the z-scores over 1.128) as the measure of
    what is ordinary. It narrows the limits too where months differ less than chance would have
    them; a range is never taken across a gap or a new start. Drift raises it less than it raises a
    standard deviation, so that a slow change still shows, as a run.

    References
    ----------
    Shewhart WA (1931), Economic Control of Quality of Manufactured Product. Montgomery DC (2009),
    Introduction to Statistical Quality Control, 6th ed., sections 7.2 and 7.3. Mohammed MA et al
    (2008), Qual Saf Health Care 17:137–145. Laney DB (2002), Qual Eng 14:531–537.

    Examples
    --------
    >>> stops = Rate([52, 47, 0, 55, 49, 50, 81], [1000.0] * 7)
    >>> chart = control_chart(stops, missing=[0, 0, 1, 0, 0, 0, 0], baseline=Baseline(points=6))
    >>> chart.centre[0].round(4), chart.high[0].round(3), chart.signals.outside.tolist()
    (np.float64(0.0506), np.float64(0.072), [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0])

    March is a gap, not a zero; July's 81 is beyond what a steady process would show.
    """
    count, size = _counts(months)
    gap = _mask(missing, size.shape)
    there = ~gap & (size > 0)
    phase = _phases(baseline, size.shape)
    centre, people = _centres((count, size), there, (baseline, phase))
    reason = _reasons(months, gap, size, (centre, people))
    value = np.where(there, count / np.where(there, size, 1.0), np.nan)
    wider = np.ones_like(value)
    if baseline.limits == "laney":
        sigma = _sigma(months, np.where(reason == 0, centre, 0.5), size)
        z = np.where(there & (reason == 0), (value - centre) / sigma, np.nan)
        wider = _dispersion(z, (baseline, phase))
        reason = np.where((reason == 0) & np.isnan(wider), Reason.NOT_ESTIMABLE, reason)
        reason = reason.astype(np.uint8)
    low, high = _limits(
        months, np.where(reason == 0, centre, 0.5), size, limits=baseline.limits, wider=wider
    )
    centre, low, high, wider = (
        np.where(reason == 0, part, np.nan) for part in (centre, low, high, wider)
    )
    points = Points(value, centre, low, high, there & (reason == 0), phase)
    signals = find_signals(points, rules)
    method = _name(months, baseline, rules)
    return ControlChart(
        value, centre, low, high, gap, reason, wider, signals, rules, baseline, method
    )


def _name(months: Proportion | Rate, baseline: Baseline, rules: RunRules) -> str:
    kind = "p" if isinstance(months, Proportion) else "u"
    if baseline.limits == "laney":
        return f"{kind}′-chart, Laney’s limits; rules: {rules.name}"
    return f"{kind}-chart, {baseline.limits} limits; rules: {rules.name}"


def _counts(months: Proportion | Rate) -> tuple[Floats, Floats]:
    count = np.asarray(months.events if isinstance(months, Rate) else months.count, np.float64)
    size = np.asarray(months.population if isinstance(months, Rate) else months.total, np.float64)
    if size.ndim == 0 or size.shape[-1] == 0:
        raise UsageProblem(
            f"months has shape {size.shape}: its last axis must be the months.",
            rule="months-are-the-last-axis",
        )
    return count, size


def _mask(missing: ArrayLike | None, shape: tuple[int, ...]) -> Mask:
    if missing is None:
        return np.zeros(shape, dtype=bool)
    mask = np.asarray(missing).astype(bool)
    if mask.ndim > len(shape) or mask.shape[-1:] != shape[-1:]:
        raise UsageProblem(
            f"missing has shape {mask.shape} and months {shape}: they do not line up.",
            rule="shapes-line-up",
        )
    return np.array(np.broadcast_to(mask, shape))


def _phases(baseline: Baseline, shape: tuple[int, ...]) -> Floats:
    months = shape[-1]
    if baseline.starts[-1] >= months:
        raise UsageProblem(
            f"starts has {baseline.starts[-1]}, past the last of {months} months (0 to "
            f"{months - 1}).",
            rule="phases-within-the-chart",
        )
    phase = np.searchsorted(baseline.starts, np.arange(months), side="right") - 1
    return np.broadcast_to(phase.astype(np.float64), shape)


def _centres(
    units: tuple[Floats, Floats], there: Mask, how: tuple[Baseline, Floats]
) -> tuple[Floats, Floats]:
    """Each month's centre line and the people behind it; a loop over the few phases."""
    (count, size), (baseline, phase) = units, how
    centre, people = np.zeros_like(size), np.zeros_like(size)
    position = np.arange(size.shape[-1])
    for number, start in enumerate(baseline.starts):
        here = phase == number
        used = there & here
        if baseline.points is not None:
            used = used & (position < start + baseline.points)
        events = np.where(used, count, 0.0).sum(axis=-1, keepdims=True)
        behind = np.where(used, size, 0.0).sum(axis=-1, keepdims=True)
        centre = np.where(here, events / np.where(behind > 0, behind, 1.0), centre)
        people = np.where(here, behind, people)
    return centre, people


def _reasons(
    months: Proportion | Rate, gap: Mask, size: Floats, line: tuple[Floats, Floats]
) -> NDArray[np.uint8]:
    centre, people = line
    reason = np.where(centre <= 0, Reason.NO_EVENTS, Reason.DEFINED)
    if isinstance(months, Proportion):
        reason = np.where(centre >= 1, Reason.NOT_ESTIMABLE, reason)
    reason = np.where((people <= 0) | (size <= 0), Reason.NO_POPULATION, reason)
    return np.where(gap, Reason.NOT_ESTIMABLE, reason).astype(np.uint8)


def _sigma(months: Proportion | Rate, centre: Floats, size: Floats) -> Floats:
    """The standard deviation chance alone would give each month."""
    people = np.where(size > 0, size, 1.0)
    return np.sqrt(centre * (1.0 if isinstance(months, Rate) else 1 - centre) / people)


def _dispersion(z: Floats, how: tuple[Baseline, Floats]) -> Floats:
    """Laney's σ_z: the mean moving range of each phase's z-scores; nan where there is none."""
    baseline, phase = how
    ranges = np.abs(np.diff(z, axis=-1))
    position = np.arange(1, z.shape[-1])
    found = np.full(z.shape, np.nan)
    for number, start in enumerate(baseline.starts):
        here = phase == number
        within = here[..., 1:] & here[..., :-1] & ~np.isnan(ranges)
        if baseline.points is not None:
            within &= position < start + baseline.points
        many = within.sum(axis=-1, keepdims=True)
        total = np.where(within, ranges, 0.0).sum(axis=-1, keepdims=True)
        mean = np.where(many > 0, total / np.maximum(many, 1), np.nan)
        found = np.where(here, mean / _MOVING_RANGE, found)
    return found


def _limits(
    months: Proportion | Rate, centre: Floats, size: Floats, *, limits: ChartLimits, wider: Floats
) -> tuple[Floats, Floats]:
    rates = isinstance(months, Rate)
    if limits == "exact":
        band = (rate_limits if rates else proportion_limits)(
            np.where(size > 0, size, 1.0), centre, confidence=_THREE_SIGMA
        )
        return band.low, band.high
    reach = 3 * wider * _sigma(months, centre, size)
    return np.maximum(centre - reach, 0.0), np.minimum(centre + reach, np.inf if rates else 1.0)
