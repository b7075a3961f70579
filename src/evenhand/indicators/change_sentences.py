"""One sentence per change: both years, both figures, how sure, and what it does not show."""

from __future__ import annotations

import numpy as np

from evenhand.core import Signal
from evenhand.indicators.absence import Absence
from evenhand.indicators.change import Change
from evenhand.indicators.names import place_label
from evenhand.indicators.places import Places
from evenhand.indicators.sentences import number, percent

_VERDICTS = {
    Signal.WORSENING: "the {gap} has {grown}",
    Signal.IMPROVING: "the {gap} has {shrunk}",
    Signal.NONE: "no change that calls for attention was shown",
    Signal.TOO_SMALL: "too small to tell whether that is a change",
}

_LIMITS = {
    Signal.WORSENING: " It does not show why; a change in who is asked how they describe their "
    "ethnicity can look like one.",
    Signal.IMPROVING: " It does not show why, nor that what remains is fair; a change in who is "
    "asked how they describe their ethnicity can look like one.",
}

_LIMITS_OF_SHARES = {
    Signal.WORSENING: " It does not show why.",
    Signal.IMPROVING: " It does not show why, nor that the records are true.",
}


def build_change_sentences(change: Change, places: Places) -> list[str]:
    """A sentence for every change, in order."""
    return [_sentence(change, places, i) for i in range(len(change))]


def _sentence(change: Change, places: Places, i: int) -> str:
    place = place_label(places.all[int(change.place[i])])
    absence = Absence(int(change.absence[i]))
    if absence is not Absence.PRESENT:
        return f"In {place}, no change can be told: {absence.words}."
    earlier, later = change.level[i].tolist()
    if not np.isfinite([earlier, later]).all() or np.isnan(change.ratio.value[i]):
        return (
            f"In {place}, {_subject(change, i)} cannot be followed from one year to the next: too "
            "few were counted in one of them."
        )
    return f"In {place}, {_compared(change, i, earlier, later)}: {_verdict(change, i)}." + _limits(
        change, i
    )


def _subject(change: Change, i: int) -> str:
    if change.characteristic is None:
        return "the share"
    return f"{change.characteristic.groups[int(change.group[i])].people} against the others"


def _compared(change: Change, i: int, earlier: float, later: float) -> str:
    """Both years' figures in words."""
    wording, spans = change.indicator.wording, change.spans
    now = f"the 12 months to {spans.later.last.words}"
    then = f"the 12 months to {spans.earlier.last.words}"
    if change.characteristic is None:
        return (
            f"{percent(later)} of searches {wording.deed} in {now}, against {percent(earlier)} "
            f"in {then}"
        )
    groups, short = change.characteristic.groups, change.characteristic.short
    people = f"{groups[int(change.group[i])].people} ({short})"
    others = groups[change.characteristic.index(change.characteristic.comparator)].people
    if change.indicator.is_rate:
        return (
            f"{people} were {wording.deed} {number(later)} times as often as {others} for their "
            f"number among residents in {now}, and {number(earlier)} times in {then}"
        )
    return (
        f"searches of {people} {wording.deed} {number(later)} times as often as those of {others} "
        f"in {now}, and {number(earlier)} times in {then}"
    )


def _verdict(change: Change, i: int) -> str:
    ratio, signal = change.ratio, change.signal[i]
    shares = change.characteristic is None
    verdict = _VERDICTS[signal].format(
        gap="share" if shares else "gap",
        grown="fallen" if shares else "widened",
        shrunk="risen" if shares else "narrowed",
    )
    what = "share" if shares else "ratio"
    if not np.isfinite(ratio.value[i]):
        return f"{verdict}; the {what} is at least {number(float(ratio.low[i]))} times what it was"
    interval = f"95% interval {number(float(ratio.low[i]))} to {number(float(ratio.high[i]))}"
    size = number(float(ratio.value[i]))
    return f"{verdict}; the {what} is {size} times what it was ({interval})"


def _limits(change: Change, i: int) -> str:
    signal = change.signal[i]
    if signal is Signal.TOO_SMALL and np.isfinite(change.detectable[i]):
        return (
            " These numbers would have shown only a change by a factor of about "
            f"{number(float(change.detectable[i]))} or more."
        )
    return (_LIMITS if change.characteristic else _LIMITS_OF_SHARES).get(signal, "")
