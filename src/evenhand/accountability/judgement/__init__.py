"""Judgement by others: the agreed measure, the claim, the panel, the verdict, and its lapse."""

from evenhand.accountability.judgement.criteria import (
    Comparison,
    Criterion,
    Distance,
    Target,
    TargetKind,
)
from evenhand.accountability.judgement.readings import (
    Judged,
    Outcome,
    Reading,
    Trend,
    judge_reading,
)

__all__ = [
    "Comparison",
    "Criterion",
    "Distance",
    "Judged",
    "Outcome",
    "Reading",
    "Target",
    "TargetKind",
    "Trend",
    "judge_reading",
]
