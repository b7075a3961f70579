"""Selections stage by stage: who applied, who passed what, and on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.datasets.synthetic.chance import Index
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.synthetic.workforce.events import Log
from evenhand.datasets.synthetic.workforce.people import DAYS_OF_MONTH, People, day_in
from evenhand.datasets.synthetic.workforce.shape import WorkforceShape

_DAYS_APART = 2
_LONGEST = max(len(stages) for stages in figures.STAGES.values())
_ASSESSORS = {"sift": 2, "assessment": 4, "interview": 3, "board": 3}
_WITHDRAWING = 0.1
"""Of those who do not pass a stage, the share who withdrew rather than failed."""
_GROUNDS = {"criminal record": 0.35, "associates": 0.25, "finances": 0.2, "untruthfulness": 0.2}
_SAMPLED, _AGREEING = 0.02, 0.94
"""Share of vetting decisions looked at again (the board papers say two per cent), and how often
the second look agrees."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who applies, for which grade (positions in ``grades``), and the process each is in."""

    who: Index
    grade: Index
    grades: Sequence[str]
    process: str

    def only(self, passed: NDArray[np.bool_]) -> Candidates:
        """Those of them who are still in it."""
        return Candidates(self.who[passed], self.grade[passed], self.grades, self.process)


@dataclass(slots=True)
class Selections:
    """Runs processes and keeps their rows."""

    rng: np.random.Generator
    shape: WorkforceShape
    people: People
    stages: Log
    vetting: Log

    def run(self, kind: str, candidates: Candidates, *, month: int) -> tuple[Candidates, Index]:
        """Those who pass every stage, and the day on which the last stage was decided."""
        left = candidates
        # Early enough that the last stage still falls in the month.
        first = day_in(self.rng, month, len(left.who), last=DAYS_OF_MONTH - _DAYS_APART * _LONGEST)
        for order, (stage, _) in enumerate(figures.STAGES[kind], start=1):
            days = first + _DAYS_APART * (order - 1)
            passed = self.rng.random(len(left.who)) < self.pass_rates(kind, stage, left.who)
            withdrew = ~passed & (self.rng.random(len(passed)) < _WITHDRAWING)
            outcome = np.where(passed, 0, np.where(withdrew, 2, 1))
            self._keep(kind, left, stage=stage, order=order, days=days, outcome=outcome)
            if stage == "vetting":
                self._keep_vetting(left.who, days, passed, withdrew)
            left, first = left.only(passed), first[passed]
        return left, first + _DAYS_APART * len(figures.STAGES[kind])

    def pass_rates(self, kind: str, stage: str, who: Index) -> NDArray[np.float64]:
        """Each candidate's chance of passing a stage, with what is planted in it."""
        rates = np.full(len(who), dict(figures.STAGES[kind])[stage])
        for planted in self.shape.filters:
            if (planted.process_kind, planted.stage) == (kind, stage):
                of_group = self.people.belongs(planted.group, who)
                rates = np.where(of_group, rates * planted.ratio, rates)
        return rates

    def _keep(
        self, kind: str, of: Candidates, *, stage: str, order: int, days: Index, outcome: Index
    ) -> None:
        support = "not_needed" if kind in ("recruitment", "exam") else ""
        manager = np.where(outcome == 0, 0, 1)
        self.stages.add(
            len(of.who),
            person=of.who,
            process=of.process,
            process_kind=kind,
            stage=stage,
            stage_order=order,
            outcome=(outcome, ("pass", "fail", "withdrew")),
            on=days,
            grade=(of.grade, of.grades),
            line_manager=(manager, ("yes", "no")) if stage == "support" else support,
            assessors=_ASSESSORS.get(stage, 0),
        )

    def _keep_vetting(
        self, who: Index, days: Index, passed: NDArray[np.bool_], withdrew: NDArray[np.bool_]
    ) -> None:
        decision = np.where(passed, 0, np.where(withdrew, 2, 1))
        weights = np.cumsum(list(_GROUNDS.values()))
        grounds = np.searchsorted(weights / weights[-1], self.rng.random(len(who)), side="right")
        sampled = ~withdrew & (self.rng.random(len(who)) < _SAMPLED)
        agrees = self.rng.random(len(who)) < _AGREEING
        second = np.where(agrees, decision, 1 - np.minimum(decision, 1))
        decisions = ("cleared", "refused", "withdrawn", "")
        self.vetting.add(
            len(who),
            person=who,
            on=days,
            decision=(decision, decisions),
            grounds=(np.where(decision == 1, grounds, len(_GROUNDS)), (*_GROUNDS, "")),
            sampled=sampled.astype(np.int64),
            second_decision=(np.where(sampled, second, 3), decisions),
        )
