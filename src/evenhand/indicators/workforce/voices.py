"""What drives people's answers, and what has changed since the survey before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from evenhand.core import Column, Role, Signal, Table, UsageProblem
from evenhand.indicators.definition import Direction
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.definition import Count, Kind, Measure, Words
from evenhand.indicators.workforce.estimates import estimate
from evenhand.indicators.workforce.evaluate import Evaluated, conclude
from evenhand.indicators.workforce.findings import Draft
from evenhand.indicators.workforce.pairs import WHOLE, Pairs, Scene
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.sources import Sources
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.indicators.workforce.thresholds import WORKFORCE_THRESHOLDS, WorkforceThresholds
from evenhand.stats import Drivers, Estimates, Proportion, driver_analysis, favourable_share

OUTCOMES = ("recommend", "stay", "proud", "satisfied", "engage")
"""Words of the item that is taken for the outcome, first found first: what the others may drive."""

CHANGE = Measure(
    id="workforce-survey-change",
    version=1,
    title="What has changed since the survey before",
    question="Are more or fewer people favourable than at the survey before?",
    kind=Kind.SHARE,
    worrying=Direction.EITHER,
    words=Words("were favourable", "favourable answers", "answers", "to “{}”"),
    count=Count("survey", "favourable"),
    of=Count("survey", "answered"),
    steps="item",
    pooled=False,
    caution="Two surveys are answered by different people: who answers may change as well.",
    anonymous=True,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """Complete answers of one wave as patterns: a row of scores, and how many gave it."""

    wave: date
    items: tuple[str, ...]
    scores: Floats
    counts: Floats


def read_answers(sources: Sources, wave: date) -> Answers | None:
    """Every respondent who answered all items, as patterns; None where there are under two items.

    The respondents themselves are gone once this returns.
    """
    named = sources.engine.execute(
        "SELECT DISTINCT item FROM survey WHERE wave = ? AND score IS NOT NULL ORDER BY item",
        [wave],
    ).fetchall()
    items = tuple(str(row[0]) for row in named)
    if len(items) < 2:
        return None
    columns = ", ".join(
        f"max(score) FILTER (item = ${i + 2}) AS item_{i}" for i in range(len(items))
    )
    grouped = ", ".join(f"item_{i}" for i in range(len(items)))
    complete = " AND ".join(f"item_{i} IS NOT NULL" for i in range(len(items)))
    rows = sources.engine.execute(
        f"WITH each AS (SELECT respondent, {columns} FROM survey WHERE wave = $1 "  # noqa: S608
        f"GROUP BY respondent) SELECT {grouped}, count(*) FROM each WHERE {complete} "
        f"GROUP BY ALL ORDER BY ALL",
        [wave, *items],
    ).fetchall()
    if not rows:
        return None
    table = np.array(rows, dtype=np.float64)
    return Answers(wave, items, table[:, :-1], table[:, -1])


def find_outcome(items: Sequence[str]) -> str:
    """The item that is about the place as a whole; the last one where none is."""
    for word in OUTCOMES:
        for item in items:
            if word in item.casefold():
                return item
    return items[-1]


def analyse_drivers(answers: Answers, *, outcome: str = "") -> tuple[str, tuple[str, ...], Drivers]:
    """Which items go together with the outcome most strongly, the others held equal?"""
    chosen = outcome or find_outcome(answers.items)
    if chosen not in answers.items:
        raise UsageProblem(
            f"the survey has no item {chosen!r}.",
            remedy=f"Its items are: {'; '.join(answers.items)}.",
            rule="item-in-survey",
        )
    place = answers.items.index(chosen)
    others = [i for i in range(len(answers.items)) if i != place]
    found = driver_analysis(
        answers.scores[:, others], answers.scores[:, place], counts=answers.counts
    )
    return chosen, tuple(answers.items[i] for i in others), found


def build_drivers(answers: Answers, setting: Setting, *, outcome: str = "") -> Table:
    """The items in order of how much of the outcome's variation they account for."""
    chosen, items, found = analyse_drivers(answers, outcome=outcome)
    order = np.argsort(-np.nan_to_num(found.contribution, nan=-1.0), kind="stable")
    draft = Draft()
    draft.add(Column("service", Role.DIMENSION, "Service"), [setting.service] * len(items))
    draft.add(Column("item", Role.DIMENSION, "Item"), [items[i] for i in order.tolist()])
    draft.add(Column("outcome", Role.NOTE, "Goes with"), [chosen] * len(items))
    draft.add(Column("count", Role.COUNT, "Complete answers", measure="survey.complete",
                     decimals=0), [found.respondents] * len(items))  # fmt: skip
    for name, title, values in (
        ("estimate", "Standardised coefficient", found.standardised.value),
        ("low", "Low (95%)", found.standardised.low),
        ("high", "High (95%)", found.standardised.high),
        ("contribution", "Share of the variation", found.contribution),
        ("inflation", "Overlap with the others", found.inflation),
    ):
        draft.add(Column(name, Role.DERIVED, title, decimals=2), as_cells(values[order]))
    return Table(
        "drivers-workforce-survey", "What goes with the outcome", tuple(draft.columns), draft.cells
    )


def evaluate_change(
    tensors: Tensors,
    characteristic: Characteristic,
    *,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated | None:
    """Of each group and item, the favourable share now against the survey before.

    None where there was no survey before; see :func:`change_signals`.
    """
    if not tensors.holds("survey", "survey_before"):
        return None
    items = tensors.axis("step", "survey", "survey_before")
    now, before = (
        [
            tensors.groups(
                facts, name, ("step", "stratum"), of=characteristic,
                axes={"step": items, "stratum": ("",)},
            ).sum(axis=1)
            for name in ("favourable", "answered")
        ]
        for facts in ("survey", "survey_before")
    )  # fmt: skip
    pairs = _change_pairs((now[0], now[1]), (before[0], before[1]), characteristic)
    if not len(pairs):
        return None
    found = conclude(
        Scene(CHANGE, items, ("",)), characteristic, pairs, estimate(CHANGE.kind, pairs), thresholds
    )
    return replace(found, against="the survey before", before="survey_before")


def change_signals(found: Evaluated) -> Evaluated:
    """Concern and watch as what they are between two surveys: improving, or worsening."""
    up = found.statistics.ratio.value > 1
    signal = [_moved(each, up=bool(rose)) for each, rose in zip(found.signal, up, strict=True)]
    return replace(found, signal=signal)


def _moved(signal: Signal, *, up: bool) -> Signal:
    if signal not in (Signal.CONCERN, Signal.WATCH):
        return signal
    return Signal.IMPROVING if up else Signal.WORSENING


def _change_pairs(
    now: tuple[Floats, Floats], before: tuple[Floats, Floats], characteristic: Characteristic
) -> Pairs:
    known = np.array(characteristic.known, np.int64)
    items = len(now[0])
    row, chosen = np.divmod(np.arange(items * len(known)), max(len(known), 1))
    group = known[chosen]
    kept = (now[1][row, group] > 0) & (before[1][row, group] > 0)
    row, group = row[kept], group[kept]
    nothing = np.zeros((len(row), 0))
    return Pairs(
        unit=np.full(len(row), WHOLE),
        step=row,
        group=group,
        count=now[0][row, group],
        of=now[1][row, group],
        other_count=before[0][row, group],
        other_of=before[1][row, group],
        kinds=nothing,
        kinds_of=nothing,
        total=now[0].sum(axis=1)[row],
        total_of=now[1].sum(axis=1)[row],
    )


def published_shares(
    shares: Sequence[float], bases: Sequence[int], *, population: Sequence[int] | None = None
) -> Estimates:
    """The intervals of published shares with their bases, for a survey of which only these exist.

    The number favourable is the share times the base, to the nearest person; with ``population``
    the interval allows for how many there are.
    """
    base = np.asarray(bases, dtype=np.int64)
    count = np.rint(np.asarray(shares, dtype=np.float64) * base).astype(np.int64)
    return favourable_share(Proportion(count, base), population=population)
