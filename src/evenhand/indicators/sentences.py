"""One sentence per comparison, that a member can read aloud and a statistician can defend."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import Signal
from evenhand.indicators.absence import Absence, is_absent_throughout
from evenhand.indicators.evaluate import Evaluated
from evenhand.indicators.names import place_label
from evenhand.indicators.panel import Panel
from evenhand.stats import Reason

WORTH_SAYING = 0.005
"""Below this the share not known is 0% as printed, and moves no ratio a reader could see."""


@dataclass(frozen=True, slots=True)
class Row:
    """The scalars of one comparison, as its sentence needs them."""

    place: str
    group: str
    other: str
    period: str
    count: int
    of: float
    other_of: float
    own: float
    theirs: float
    ratio: float
    low: float
    high: float
    unknown: float
    low_bound: float
    high_bound: float
    detectable: float


def build_sentences(evaluated: Evaluated, panel: Panel) -> tuple[list[str], list[str]]:
    """A sentence for every comparison, in order; and the same without a word of the unknowns.

    The second are for where the number of unknowns is hidden from the reader.
    """
    throughout = is_absent_throughout(evaluated.absence, evaluated.pairs.place)
    full, plain = [], []
    for i in range(len(evaluated)):
        row = _row(evaluated, panel, i)
        absence = Absence(int(evaluated.absence[i]))
        if absence is not Absence.PRESENT:
            compared, unknown, end = _absent(row, absence, throughout=bool(throughout[i])), "", ""
        elif np.isnan(row.ratio):
            reason = Reason(int(evaluated.statistics.ratio.reason[i]))
            compared, unknown, end = _undefined(evaluated, row, reason), "", ""
        else:
            compared, unknown = _compared(evaluated, row), _unknown(evaluated, row)
            end = _qualification(row, evaluated.signal[i])
        full.append(compared + unknown + end)
        plain.append(compared + end)
    return full, plain


def _absent(row: Row, absence: Absence, *, throughout: bool) -> str:
    if throughout:
        return f"In {row.place}, no comparison can be made: {absence.words}."
    return f"In {row.place}, {row.group} cannot be compared with {row.other}: {absence.words}."


def _row(evaluated: Evaluated, panel: Panel, i: int) -> Row:
    pairs, statistics, places = evaluated.pairs, evaluated.statistics, panel.places
    place = place_label(places.all[pairs.place[i]])
    if evaluated.characteristic:
        groups, short = evaluated.characteristic.groups, evaluated.characteristic.short
        group, other = groups[pairs.group[i]].people, groups[pairs.comparator[i]].people
        if evaluated.characteristic.comparator == "white":
            group = f"{group} ({short})"
    else:
        parent = places.all[pairs.comparator[i]]
        group = place
        other = f"the rest of {place_label(parent)}" if parent.service else "the other services"
    return Row(
        place=place,
        group=group,
        other=other,
        period=panel.period_of(int(pairs.place[i])).words,
        count=int(pairs.count[i]),
        of=float(pairs.of[i]),
        other_of=float(pairs.other_of[i]),
        own=float(statistics.own.value[i]),
        theirs=float(statistics.other.value[i]),
        ratio=float(statistics.ratio.value[i]),
        low=float(statistics.ratio.low[i]),
        high=float(statistics.ratio.high[i]),
        unknown=float(evaluated.unknown_share[i]),
        low_bound=float(statistics.low_bound[i]),
        high_bound=float(statistics.high_bound[i]),
        detectable=float(statistics.detectable[i]),
    )


def _compared(evaluated: Evaluated, row: Row) -> str:
    if np.isinf(row.ratio):
        return _unbounded(evaluated, row)
    return _rate(evaluated, row) if evaluated.indicator.is_rate else _share(evaluated, row)


def _rate(evaluated: Evaluated, row: Row) -> str:
    wording = evaluated.indicator.wording
    return (
        f"In {row.place}, {row.group} were {wording.deed} {number(row.ratio)} times as often as "
        f"{row.other} for their number among residents ({_interval(row)}), {row.period}: "
        f"{row.count:,} {_plural(wording.counted, row.count)}."
    )


def _share(evaluated: Evaluated, row: Row) -> str:
    wording = evaluated.indicator.wording
    whose = f" of {row.group}" if evaluated.characteristic else ""
    other = f"searches of {row.other}" if evaluated.characteristic else f"in {row.other}"
    return (
        f"In {row.place}, {percent(row.own)} of searches{whose} {wording.deed}, against "
        f"{percent(row.theirs)} {'of ' if evaluated.characteristic else ''}{other} "
        f"({number(row.ratio)} times; {_interval(row)}), {row.period}: "
        f"{row.count:,} of {row.of:,.0f}."
    )


def _unknown(evaluated: Evaluated, row: Row) -> str:
    if row.unknown < WORTH_SAYING or not evaluated.characteristic:
        return ""
    if not np.isfinite(row.high_bound):
        return ""
    return (
        f" {evaluated.characteristic.title.split(' (')[0]} is not known for "
        f"{percent(row.unknown)} of them all; were those all of the one group or all of the "
        f"other, the ratio would lie between {number(row.low_bound)} and {number(row.high_bound)}."
    )


def _qualification(row: Row, signal: Signal) -> str:
    if signal is Signal.TOO_SMALL:
        return _too_small(row)
    return " It does not show why." if signal in (Signal.CONCERN, Signal.WATCH) else ""


def _too_small(row: Row) -> str:
    if not np.isfinite(row.detectable):
        return " Too small to tell: these numbers could not have shown any difference."
    return (
        " Too small to tell: these numbers would have shown only a ratio of about "
        f"{number(row.detectable)} or more."
    )


def _unbounded(evaluated: Evaluated, row: Row) -> str:
    """The comparator had none: the bound is printed, and no infinity."""
    wording = evaluated.indicator.wording
    if evaluated.indicator.is_rate:
        verb = "was" if row.count == 1 else "were"
        both = (
            f"there {verb} {row.count:,} {_plural(wording.counted, row.count)} of {row.group} and "
            f"none of {row.other}"
        )
    else:
        whose = f" of {row.group}" if evaluated.characteristic else ""
        other = f"of {row.other}" if evaluated.characteristic else f"in {row.other}"
        both = (
            f"{row.count:,} of {row.of:,.0f} searches{whose} {wording.deed}, and none of "
            f"{row.other_of:,.0f} {other}"
        )
    return (
        f"In {row.place}, {both}, {row.period}: the ratio is at least {number(row.low)}, and how "
        "much more cannot be said."
    )


def _undefined(evaluated: Evaluated, row: Row, reason: Reason) -> str:
    where = f"In {row.place}, {row.group}" if evaluated.characteristic else row.place
    return f"{where} cannot be compared with {row.other}: {reason.words}."


def _interval(row: Row) -> str:
    return f"95% interval {number(row.low)} to {number(row.high)}"


def number(value: float) -> str:
    """A ratio as a reader takes it in: two figures, never an invented zero."""
    if not np.isfinite(value):
        return "any number"
    if 0 < value < 0.01:
        return "under 0.01"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def percent(share: float) -> str:
    """A share as a percentage, with a decimal near the ends; only none is 0%, only all is 100%."""
    if 0 < share < 0.0005:
        return "under 0.1%"
    if 0.9995 <= share < 1:
        return "over 99.9%"
    return f"{share * 100:.1f}%" if 0 < share < 0.1 or 0.9 < share < 1 else f"{share * 100:.0f}%"


def _plural(noun: str, count: int) -> str:
    """``searches`` or ``1 search``: the nouns used here lose “es” or “s”."""
    if count != 1:
        return noun
    for ending, single in (("ches", "ch"), ("s", "")):
        if noun.endswith(ending):
            return noun[: -len(ending)] + single
    return noun
