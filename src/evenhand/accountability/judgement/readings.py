"""Hold a measure to its criterion: met, not met, too small to tell, or no figure yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.accountability.judgement.criteria import Comparison, Criterion, render_number
from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure for one period, with what is known of its uncertainty and where it comes from.

    ``value`` is None where there is no figure, and ``absent`` then says why (suppressed, not
    collected, undefined …). ``low`` and ``high`` are its interval, both or neither. ``detectable``
    is the smallest difference these numbers would have shown, on the measure's own distance: a
    ratio from 1 for a ratio, an amount from 0 otherwise. ``count`` of ``of`` is what was counted.
    ``source`` is for a reader; ``reference`` finds the same figure again.
    """

    start: date
    end: date
    value: float | None = None
    low: float | None = None
    high: float | None = None
    detectable: float | None = None
    count: int | None = None
    of: float | None = None
    absent: str = ""
    source: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise UsageProblem("a figure’s period ends before it begins.", rule="reading-period")
        if (self.value is None) != bool(self.absent):
            raise UsageProblem(
                "a reading has a figure, or says why it has none.", rule="reading-or-reason"
            )
        if (self.low is None) != (self.high is None):
            raise UsageProblem("an interval has two ends.", rule="reading-interval")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UsageProblem("an interval’s low end is above its high.", rule="reading-interval")

    @property
    def words(self) -> str:
        """The figure with its interval, or why there is none."""
        if self.value is None:
            return self.absent
        if self.low is None or self.high is None:
            return render_number(self.value)
        ends = f"{render_number(self.low)} to {render_number(self.high)}"
        return f"{render_number(self.value)} ({ends})"


class Outcome(StrEnum):
    """How a measure stands against its target."""

    MET = "met"
    NOT_MET = "not_met"
    TOO_SMALL = "too_small"
    NO_FIGURE = "no_figure"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _OUTCOMES[self]


class Trend(StrEnum):
    """What the measure did over the sustain period, as far as its intervals let one say."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _TRENDS[self]


_OUTCOMES = {
    Outcome.MET: "Met",
    Outcome.NOT_MET: "Not met",
    Outcome.TOO_SMALL: "Too small to tell",
    Outcome.NO_FIGURE: "No figure yet",
}
_TRENDS = {
    Trend.RISING: "It rose over that time by more than its intervals.",
    Trend.FALLING: "It fell over that time by more than its intervals.",
    Trend.STEADY: "It did not change over that time by more than its intervals.",
    Trend.UNKNOWN: "There are too few figures to say how it moved.",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer: outcome, the latest figure, how it moved, for how long the target has been met.

    ``met_since`` is the end of the first figure of the unbroken run that meets the target up to
    the latest; ``met_months`` the whole months from there to the latest figure's end.
    """

    outcome: Outcome
    sentence: str
    latest: Reading | None = None
    trend: Trend = Trend.UNKNOWN
    met_since: date | None = None
    met_months: int = 0
    sustained: bool = False


def judge_reading(criterion: Criterion, readings: Iterable[Reading], on: date) -> Judged:
    """Does the measure meet what was agreed, on this day, and for how long has it?

    Parameters
    ----------
    criterion
        Target, comparison, margin and sustain period.
    readings
        Figures in any order. Of two for one period the later in order counts: it corrects.
    on
        The day; figures for periods that end later are not looked at.

    Returns
    -------
    The outcome of the latest figure, with one sentence that states it and the rule by which.

    Notes
    -----
    A figure without an interval can never meet a comparison that asks for the whole interval: it
    is too small to tell. The run of met figures is broken by a figure that is not met, too small
    or absent, and by a period between two figures for which there is none; it is counted from the
    *end* of its first figure, so that one figure alone sustains nothing.

    Examples
    --------
    >>> from evenhand.accountability.judgement.criteria import Target
    >>> agreed = Criterion(Target.parity(1.25), Comparison.INTERVAL, sustain_months=6)
    >>> spring = Reading(date(2025, 1, 1), date(2025, 6, 30), 1.05, 0.94, 1.17)
    >>> judge_reading(agreed, [spring], date(2025, 8, 1)).outcome.words
    'Met'

    The whole interval lies between 0.8 and 1.25, so treatment is shown to be even by this test.
    """
    known = _in_order(readings, on)
    if not known:
        return Judged(Outcome.NO_FIGURE, "No figure yet: none has been recorded for this measure.")
    latest = known[-1]
    outcome, because = judge_one(criterion, latest)
    run = _run(criterion, known)
    months = months_between(run[0].end, latest.end) if run else 0
    return Judged(
        outcome=outcome,
        sentence=f"{outcome.words}: {because} ({_period(latest)}).",
        latest=latest,
        trend=_trend(known, criterion.sustain_months),
        met_since=run[0].end if run else None,
        met_months=months,
        sustained=bool(run) and months >= criterion.sustain_months,
    )


def judge_one(criterion: Criterion, reading: Reading) -> tuple[Outcome, str]:
    """One figure against the target: the outcome, and the words that say why."""
    if reading.value is None:
        return Outcome.NO_FIGURE, f"there is none, for it is {reading.absent}"
    if criterion.comparison is Comparison.POINT:
        return _judge_point(criterion, reading, reading.value)
    return _judge_interval(criterion, reading)


def _judge_point(criterion: Criterion, reading: Reading, value: float) -> tuple[Outcome, str]:
    target, said = criterion.target, _said(criterion, reading)
    low, high = reading.low, reading.high
    if low is not None and high is not None and target.holds_none(low, high):
        return Outcome.NOT_MET, f"{said} lies wholly outside {target.words}"
    if criterion.margin is not None and not _could_show(criterion, reading):
        return Outcome.TOO_SMALL, (
            f"{said} is held to {target.words}, and these numbers could not have shown a "
            f"difference of {render_number(criterion.margin)}"
        )
    if target.holds(value):
        return Outcome.MET, f"{said} is {target.words}"
    return Outcome.NOT_MET, f"{said} is not {target.words}"


def _judge_interval(criterion: Criterion, reading: Reading) -> tuple[Outcome, str]:
    target, said = criterion.target, _said(criterion, reading)
    low, high = reading.low, reading.high
    if low is None or high is None:
        return Outcome.TOO_SMALL, f"{said} has no interval, and {target.words} asks for the whole"
    if target.holds_all(low, high):
        return Outcome.MET, f"the whole interval of {said} is {target.words}"
    if target.holds_none(low, high):
        return Outcome.NOT_MET, f"the whole interval of {said} lies outside {target.words}"
    if _could_show(criterion, reading):
        return Outcome.NOT_MET, (
            f"the interval of {said} reaches beyond {target.words}, though these numbers are "
            "large enough to show it"
        )
    return Outcome.TOO_SMALL, f"the interval of {said} reaches across the edge of {target.words}"


def _could_show(criterion: Criterion, reading: Reading) -> bool:
    """Whether these numbers would have shown a difference as small as the margin."""
    if criterion.margin is None or reading.detectable is None:
        return False
    return reading.detectable <= criterion.margin


def _said(criterion: Criterion, reading: Reading) -> str:
    return f"{reading.words} {criterion.measured_in}".strip()


def _in_order(readings: Iterable[Reading], on: date) -> list[Reading]:
    """The figures known by a day, by the end of their period; a later one for a period corrects."""
    by_period = {(each.start, each.end): each for each in readings if each.end <= on}
    return sorted(by_period.values(), key=lambda each: (each.end, each.start))


def _run(criterion: Criterion, known: Sequence[Reading]) -> list[Reading]:
    """The unbroken run of figures that meet the target, up to the latest; empty if it does not."""
    run: list[Reading] = []
    for each in reversed(known):
        if judge_one(criterion, each)[0] is not Outcome.MET:
            break
        if run and each.end + timedelta(1) < run[-1].start:
            break
        run.append(each)
    return run[::-1]


def _trend(known: Sequence[Reading], months: int) -> Trend:
    """The latest figure against the first whose period ended within the sustain period before."""
    latest = known[-1]
    if latest.value is None:
        return Trend.UNKNOWN
    window = [
        each
        for each in known[:-1]
        if each.value is not None and months_between(each.end, latest.end) <= months
    ]
    if not window:
        return Trend.UNKNOWN
    first = window[0]
    if _low(latest) > _high(first):
        return Trend.RISING
    return Trend.FALLING if _high(latest) < _low(first) else Trend.STEADY


def _low(reading: Reading) -> float:
    return reading.low if reading.low is not None else float(reading.value or 0)


def _high(reading: Reading) -> float:
    return reading.high if reading.high is not None else float(reading.value or 0)


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another; from month end to month end counts as whole.

    >>> months_between(date(2025, 1, 31), date(2025, 2, 28))
    1
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    month_end = (last + timedelta(1)).day == 1
    return months - (last.day < first.day and not month_end)


def _period(reading: Reading) -> str:
    return f"{_day(reading.start)} to {_day(reading.end)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
