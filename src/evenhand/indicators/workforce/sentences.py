"""One sentence per comparison of the workforce: how many of how many, against whom, how sure."""

from __future__ import annotations

import numpy as np

from evenhand.core import Signal
from evenhand.indicators.sentences import WORTH_SAYING, number, percent
from evenhand.indicators.workforce.characteristics import REST
from evenhand.indicators.workforce.definition import Kind
from evenhand.indicators.workforce.evaluate import Evaluated
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting, step_words
from evenhand.stats import Reason


def build_sentences(evaluated: Evaluated, setting: Setting) -> tuple[list[str], list[str]]:
    """A sentence for every comparison; and the same without a word of those not known."""
    full, plain = [], []
    period = setting.period_of(evaluated.measure).words
    for i in range(len(evaluated)):
        said = _compared(evaluated, setting, i, period)
        end = _qualification(evaluated, i)
        full.append(said + _unknown(evaluated, i) + end)
        plain.append(said + end)
    return full, plain


def names(evaluated: Evaluated, setting: Setting, i: int) -> tuple[str, str]:
    """The people compared and those they are compared with, as a sentence names them."""
    characteristic = evaluated.characteristic
    if characteristic is None:
        return "people", f"people in the rest of {setting.label}"
    groups = characteristic.groups
    group = groups[int(evaluated.pairs.group[i])].people
    if evaluated.before:
        return group, f"{group} in {evaluated.against}"
    if characteristic.reference == REST:
        return group, "others whose answer is known"
    return group, groups[characteristic.reference].people


def _where(evaluated: Evaluated, setting: Setting, i: int) -> str:
    place = setting.place_words(int(evaluated.pairs.unit[i]))
    step = int(evaluated.pairs.step[i])
    if step == WHOLE or not evaluated.measure.words.at:
        return f"In {place}"
    return f"In {place}, {step_words(evaluated.measure, evaluated.scene.steps[step])}"


def _compared(evaluated: Evaluated, setting: Setting, i: int, period: str) -> str:
    where = _where(evaluated, setting, i)
    group, other = names(evaluated, setting, i)
    ratio = evaluated.statistics.ratio
    if evaluated.signal[i] is Signal.UNMEASURABLE:
        return _counted(evaluated, i, where, group) + " No benchmark was supplied for them."
    if np.isnan(ratio.value[i]):
        return _undefined(evaluated, i, where, group, other)
    if evaluated.below is not None:
        return _ladder(evaluated, i, (where, group, period))
    makers = {
        Kind.SHARE: _share,
        Kind.RATE: _rate,
        Kind.BENCHMARK: _benchmark,
        Kind.WAIT: _wait,
    }
    return makers[evaluated.measure.kind](evaluated, i, (where, group, other, period))


def _share(evaluated: Evaluated, i: int, names: tuple[str, str, str, str]) -> str:
    where, group, other, period = names
    pairs, statistics, deed = evaluated.pairs, evaluated.statistics, evaluated.measure.words.deed
    own, theirs = statistics.own.value[i], statistics.other.value[i]
    return (
        f"{where}, {pairs.count[i]:,.0f} of {pairs.of[i]:,.0f} {group} ({percent(own)}) {deed}, "
        f"against {pairs.other_count[i]:,.0f} of {pairs.other_of[i]:,.0f} {other} "
        f"({percent(theirs)}): {_ratio(evaluated, i)}, {period}."
    )


def _ladder(evaluated: Evaluated, i: int, names: tuple[str, str, str]) -> str:
    where, group, period = names
    pairs, statistics, below = evaluated.pairs, evaluated.statistics, evaluated.below
    step = int(below.step[i]) if below is not None else WHOLE
    lower = step_words(evaluated.measure, evaluated.scene.steps[step])
    return (
        f"{where}, {pairs.count[i]:,.0f} of {pairs.of[i]:,.0f} people whose answer is known are "
        f"{group} ({percent(statistics.own.value[i])}), against {pairs.other_count[i]:,.0f} of "
        f"{pairs.other_of[i]:,.0f} ({percent(statistics.other.value[i])}) {lower}, the grade "
        f"below: {_ratio(evaluated, i)}, {period}."
    )


def _rate(evaluated: Evaluated, i: int, names: tuple[str, str, str, str]) -> str:
    where, group, other, period = names
    pairs, statistics, deed = evaluated.pairs, evaluated.statistics, evaluated.measure.words.deed
    years = evaluated.measure.months / 12
    return (
        f"{where}, {pairs.count[i]:,.0f} of {heads(pairs.of[i] / years)} {group} (their average "
        f"number) {deed}, {statistics.own.value[i]:.1f} in 100 a year, against "
        f"{pairs.other_count[i]:,.0f} of {heads(pairs.other_of[i] / years)} {other}, "
        f"{statistics.other.value[i]:.1f} in 100: {_ratio(evaluated, i)}, {period}."
    )


def heads(average: float) -> str:
    """An average number of people; with a decimal where it is small."""
    return f"{average:,.1f}" if average < 10 else f"{average:,.0f}"


def _benchmark(evaluated: Evaluated, i: int, names: tuple[str, str, str, str]) -> str:
    where, group, _, period = names
    pairs, statistics = evaluated.pairs, evaluated.statistics
    expected = statistics.other.value[i]
    short = expected * pairs.of[i] - pairs.count[i]
    gap = f"{abs(short):,.0f} {'fewer' if short > 0 else 'more'} than that share would be"
    return (
        f"{where}, {pairs.count[i]:,.0f} of {pairs.of[i]:,.0f} people whose answer is known are "
        f"{group} ({percent(statistics.own.value[i])}), against {percent(expected)} of "
        f"{evaluated.against}: {_ratio(evaluated, i)}, {gap}, {period}."
    )


def _wait(evaluated: Evaluated, i: int, names: tuple[str, str, str, str]) -> str:
    where, group, other, period = names
    pairs, statistics, deed = evaluated.pairs, evaluated.statistics, evaluated.measure.words.deed
    until = int(evaluated.until[i]) if evaluated.until is not None else 0
    months = statistics.ratio
    longer = "longer" if months.value[i] > 0 else "less long"
    return (
        f"{where}, {pairs.count[i]:,.0f} of {pairs.of[i]:,.0f} {group} followed {deed}; within the "
        f"first {until} months they waited {statistics.own.value[i]:.1f} on average, against "
        f"{statistics.other.value[i]:.1f} for {other} ({pairs.other_count[i]:,.0f} of "
        f"{pairs.other_of[i]:,.0f}): {abs(months.value[i]):.1f} months {longer} (95% interval "
        f"{months.low[i]:+.1f} to {months.high[i]:+.1f}{_chance(evaluated, i)}), up to {period}."
    )


def _ratio(evaluated: Evaluated, i: int) -> str:
    ratio = evaluated.statistics.ratio
    like = _like(evaluated, i)
    if np.isinf(ratio.value[i]):
        return f"at least {number(ratio.low[i])} times as often{like}"
    return (
        f"{number(ratio.value[i])} times{like} (95% interval {number(ratio.low[i])} to "
        f"{number(ratio.high[i])}{_chance(evaluated, i)})"
    )


def _like(evaluated: Evaluated, i: int) -> str:
    if evaluated.adjusted is None or not evaluated.adjusted[i]:
        return ""
    return f" within the same {evaluated.measure.adjusted_for}"


def _chance(evaluated: Evaluated, i: int) -> str:
    p, family = evaluated.p_adjusted[i], int(evaluated.family[i])
    if not np.isfinite(p):
        return ""
    said = "under 0.0001" if p < 0.0001 else f"{p:.2g}" if p < 0.1 else f"{p:.2f}"
    noun = "comparison" if family == 1 else "comparisons"
    return f"; p {said} adjusted for {family:,} {noun}"


def _counted(evaluated: Evaluated, i: int, where: str, group: str) -> str:
    pairs, own = evaluated.pairs, evaluated.statistics.own.value[i]
    return (
        f"{where}, {pairs.count[i]:,.0f} of {pairs.of[i]:,.0f} people whose answer is known are "
        f"{group} ({percent(own)})."
    )


def _undefined(evaluated: Evaluated, i: int, where: str, group: str, other: str) -> str:
    pairs = evaluated.pairs
    if evaluated.measure.kind is Kind.WAIT:
        return (
            f"{where}, {pairs.count[i]:,.0f} of {pairs.of[i]:,.0f} {group} followed "
            f"{evaluated.measure.words.deed}: too few were followed from the start to say how "
            f"long they wait beside {other}."
        )
    reason = Reason(int(evaluated.statistics.ratio.reason[i])).words
    return f"{where}, {group} cannot be compared with {other}: {reason}."


def _unknown(evaluated: Evaluated, i: int) -> str:
    characteristic, share = evaluated.characteristic, float(evaluated.unknown_share[i])
    if characteristic is None or characteristic.parts or share < WORTH_SAYING:
        return ""
    what = characteristic.title.split(" (")[0]
    said = f" {what} is not known for {percent(share)} of them all"
    low, high = evaluated.statistics.low_bound[i], evaluated.statistics.high_bound[i]
    if evaluated.below is not None or not (np.isfinite(low) and np.isfinite(high)):
        return f"{said}."
    return (
        f"{said}; were those all of the one group or all of the other, the ratio would lie "
        f"between {number(low)} and {number(high)}."
    )


def _qualification(evaluated: Evaluated, i: int) -> str:
    signal = evaluated.signal[i]
    if signal is Signal.TOO_SMALL:
        return _too_small(evaluated, i)
    return " It does not show why." if signal in (Signal.CONCERN, Signal.WATCH) else ""


def _too_small(evaluated: Evaluated, i: int) -> str:
    least = evaluated.statistics.detectable[i]
    if not np.isfinite(least):
        return " Too small to tell: these numbers could not have shown any difference."
    if evaluated.measure.kind is Kind.WAIT:
        return (
            " Too small to tell: these numbers would have shown only a difference of about "
            f"{least:.0f} months or more."
        )
    return (
        " Too small to tell: these numbers would have shown only a ratio of about "
        f"{number(least)} or more."
    )
