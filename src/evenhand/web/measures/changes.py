"""What has changed between two measurements of one comparison, as a finding of its own kind.

Made of figures that were released to an audience, for that audience: what was hidden from it in
either measurement has no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from evenhand.core import Marker, Signal
from evenhand.indicators.workforce.thresholds import WORKFORCE_THRESHOLDS
from evenhand.stats import Apart, Interval, benjamini_hochberg, difference_of_estimates
from evenhand.web.measures.names import CHANGE, find_indicator
from evenhand.web.measures.plans import (
    NAMED,
    NUMBERS,
    TIMES,
    FigurePlan,
    RunPlan,
    name_comparison,
)

Pair = tuple[FigurePlan, FigurePlan]
"""A figure, and the one of an earlier measurement that shares no months with it."""

METHOD = (
    "the later estimate over the earlier (ratios) or less it (months), standard errors from both "
    "intervals (Altman and Bland 2003); Benjamini–Hochberg within the measure; snapshots share "
    "people, so that small changes are missed; docs/methods/0012-workforce"
)


def add_changes(plan: RunPlan, before: Sequence[RunPlan]) -> RunPlan:
    """The run with what is worsening or improving in it, in order of concern.

    ``before`` are earlier runs over the same dataset, the latest last.
    """
    pairs = list(_pair(plan, before))
    changed = list(_judge(pairs))
    if not changed:
        return plan
    ranked = sorted((*plan.figures, *changed), key=lambda f: (f.policy, _rank(f), f.order))
    placed: dict[str, int] = defaultdict(int)
    figures = []
    for figure in ranked:
        figures.append(replace(figure, order=placed[figure.policy]))
        placed[figure.policy] += 1
    return replace(plan, figures=tuple(figures))


def _pair(plan: RunPlan, before: Sequence[RunPlan]) -> Iterator[Pair]:
    earlier: list[Mapping[tuple[str, str], FigurePlan]] = [
        {(figure.policy, figure.key): figure for figure in run.figures} for run in reversed(before)
    ]
    for figure in plan.figures:
        if figure.indicator.endswith(CHANGE) or not _measured(figure):
            continue
        for figures in earlier:
            then = figures.get((figure.policy, figure.key))
            if then is not None and then.ends < figure.starts and _measured(then):
                yield figure, then
                break


def _measured(figure: FigurePlan) -> bool:
    return all(figure.numbers[name] is not None for name in ("estimate", "low", "high"))


def _judge(pairs: Sequence[Pair]) -> Iterator[FigurePlan]:
    """The pairs that moved, each measure of each audience a family of its own."""
    families: dict[tuple[str, str, str], list[Pair]] = defaultdict(list)
    for now, then in pairs:
        families[now.policy, now.indicator, now.scale].append((now, then))
    for (_, _, scale), family in families.items():
        ratios = scale == TIMES
        later, earlier = (_column([pair[side] for pair in family]) for side in (0, 1))
        apart = difference_of_estimates(later, earlier, ratios=ratios)
        adjusted = benjamini_hochberg(apart.p)
        for at, pair in enumerate(family):
            signal = _signal(pair, float(apart.value[at]), float(adjusted[at]), ratios=ratios)
            if signal is not None:
                yield _build(pair, signal, _numbers(apart, at, float(adjusted[at]), len(family)))


def _column(figures: Sequence[FigurePlan]) -> Interval:
    value, low, high = (
        np.array([figure.numbers[name] for figure in figures], np.float64)
        for name in ("estimate", "low", "high")
    )
    return Interval(value, low, high)


def _signal(pair: Pair, moved: float, p: float, *, ratios: bool) -> Signal | None:
    """Worsening where it has gone away from even by a notable step, improving where it came back.

    Nothing is said where it crossed from one side to the other.
    """
    limits = WORKFORCE_THRESHOLDS
    if not (np.isfinite(moved) and p <= limits.ratios.watch_p):
        return None
    now, then = (_from_even(figure, ratios=ratios) for figure in pair)
    step = np.log(limits.ratios.notable_change) if ratios else limits.notable_months
    far = abs(np.log(moved)) if ratios else abs(moved)
    if now * then < 0 or far < step:
        return None
    return Signal.WORSENING if abs(now) > abs(then) else Signal.IMPROVING


def _from_even(figure: FigurePlan, *, ratios: bool) -> float:
    estimate = figure.numbers["estimate"] or 0.0
    if not ratios:
        return estimate
    return float(np.log(estimate)) if estimate > 0 else float("nan")


def _numbers(apart: Apart, at: int, p: float, family: int) -> dict[str, float]:
    return {
        "estimate": float(apart.value[at]),
        "low": float(apart.low[at]),
        "high": float(apart.high[at]),
        "p_adjusted": p,
        "comparisons": float(family),
    }


def _build(pair: Pair, signal: Signal, numbers: Mapping[str, float]) -> FigurePlan:
    now, then = pair
    names = {name: getattr(now, name) for name in NAMED} | {"indicator": now.indicator + CHANGE}
    stated = {
        "value": now.numbers["estimate"], "other_value": then.numbers["estimate"], **numbers,
    }  # fmt: skip
    every = {name: stated.get(name) for name in NUMBERS}
    nothing = Marker.NOT_APPLICABLE.value
    return replace(
        now,
        key=name_comparison(**names),
        indicator=names["indicator"],
        signal=signal.value,
        numbers=every,
        absent={name: nothing for name, value in every.items() if value is None},
        sentence=_say(now, then, signal, numbers),
        method=METHOD,
    )


def _say(now: FigurePlan, then: FigurePlan, signal: Signal, numbers: Mapping[str, float]) -> str:
    found = find_indicator(now.indicator)
    title = found.title if found else now.indicator
    where = now.unit or "the whole service"
    step = f", {now.step}" if now.step else ""
    unit = " times" if now.scale == TIMES else f" {now.scale}"
    further = "further from" if signal is Signal.WORSENING else "nearer to"
    even = "the same" if now.scale == TIMES else "no difference"
    return (
        f"{title} in {where}{step}, {now.group} compared with {now.comparator}: "
        f"{now.numbers['estimate']:.2f}{unit} up to {now.ends:%B %Y}, "
        f"{then.numbers['estimate']:.2f} up to {then.ends:%B %Y}. It has moved {further} {even} "
        f"by {_size(now, numbers)} (adjusted p {numbers['p_adjusted']:.3f} of "
        f"{numbers['comparisons']:.0f} comparisons). It does not show why."
    )


def _size(now: FigurePlan, numbers: Mapping[str, float]) -> str:
    """The change with its interval: a factor, or months."""
    low, high = numbers["low"], numbers["high"]
    if now.scale == TIMES:
        return f"a factor of {numbers['estimate']:.2f} (95% interval {low:.2f} to {high:.2f})"
    size = f"{abs(numbers['estimate']):.1f} {now.scale}"
    return f"{size} (95% interval of the change {low:.1f} to {high:.1f})"


def _rank(figure: FigurePlan) -> int:
    return Signal.read(figure.signal).rank if figure.signal else len(Signal)
