"""After a verdict: when it is looked at again, and when it lapses by itself."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.accountability.judgement.criteria import Criterion
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.readings import Judged, Outcome, Reading, judge_reading

FIRST_RECHECK = 6
"""Months after a verdict that saw an effect; a year after one that found it sustained. Ours: the
boards of the source papers reviewed twice a year what they had called done."""

LATER_RECHECK = 12
EVIDENCE_MONTHS = 24
"""How long after the last day its newest evidence speaks for a verdict can rest on it: a year for
the work to go on and a year to show it again."""


class LapseCause(StrEnum):
    """Why a verdict no longer stands."""

    MEASURE_WORSE = "measure_worse"
    EVIDENCE_STALE = "evidence_stale"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return {
            LapseCause.MEASURE_WORSE: "The measure worsened beyond its interval",
            LapseCause.EVIDENCE_STALE: "Its evidence is out of date",
        }[self]


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a verdict lapses, by which rule, and in which words."""

    cause: LapseCause
    why: str


def recheck_on(decided_on: date, embedding: Embedding, *, rechecks: int = 0) -> date:
    """When is a verdict to be looked at again?

    Six months after a verdict, a year after one that found the effect sustained, and every year
    after the first re-check.

    >>> recheck_on(date(2025, 8, 31), Embedding.EFFECT_SEEN)
    datetime.date(2026, 2, 28)
    """
    first = LATER_RECHECK if embedding is Embedding.SUSTAINED else FIRST_RECHECK
    return add_months(decided_on, LATER_RECHECK if rechecks else first)


def find_lapse(
    criterion: Criterion,
    *,
    judged: Reading | None,
    readings: Iterable[Reading],
    evidence_to: date | None,
    on: date,
) -> Lapse | None:
    """Does a verdict lapse on this day, and why?

    Parameters
    ----------
    judged
        The figure that the panel saw; None where there was none.
    readings
        The figures known now.
    evidence_to
        The last day that the newest evidence for the item speaks for; None where none is left.

    Returns
    -------
    The lapse, or None while the verdict stands.

    Notes
    -----
    A measure that is worse than its interval at the verdict and still meets its target is no
    ground: the panel said that the target is met, and it is. Figures too small to tell are no
    ground either: absence of evidence is what the second rule is for.
    """
    now = judge_reading(criterion, readings, on)
    if _worse_now(criterion, judged, now):
        return Lapse(LapseCause.MEASURE_WORSE, _worse_words(judged, now.sentence))
    if evidence_to is None:
        return Lapse(LapseCause.EVIDENCE_STALE, "None of its evidence is relied on any more.")
    if on > add_months(evidence_to, EVIDENCE_MONTHS):
        day = f"{evidence_to.day} {evidence_to:%B %Y}"
        return Lapse(
            LapseCause.EVIDENCE_STALE,
            f"Its newest evidence speaks for a time that ended on {day}, more than "
            f"{EVIDENCE_MONTHS} months ago.",
        )
    return None


def _worse_now(criterion: Criterion, judged: Reading | None, now: Judged) -> bool:
    if now.outcome is not Outcome.NOT_MET or now.latest is None:
        return False
    return _worse(criterion, judged, now.latest)


def _worse(criterion: Criterion, judged: Reading | None, latest: Reading) -> bool:
    if latest.value is None:
        return False
    if judged is None or judged.value is None:
        return True
    if latest.end <= judged.end:
        return False
    low = judged.value if judged.low is None else judged.low
    high = judged.value if judged.high is None else judged.high
    return criterion.target.exceeds(latest.value, low=low, high=high)


def _worse_words(judged: Reading | None, sentence: str) -> str:
    if judged is None or judged.value is None:
        return sentence
    return f"{sentence} It was {judged.words} when it was judged."


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
