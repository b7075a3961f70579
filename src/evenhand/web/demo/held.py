"""A few items of the demo are held to what is measured here, not to a figure from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from evenhand.accountability.judgement import Comparison, Criterion, Target
from evenhand.web.accounts.models import User
from evenhand.web.demo.life import Stage
from evenhand.web.demo.moments import moment_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement import services
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.judgement.drafts import CriterionDraft
from evenhand.web.judgement.queries import list_criteria
from evenhand.web.measures.names import indicator_title
from evenhand.web.measures.plans import TIMES, FigurePlan, RunPlan

MOST = 3  # items: enough to see one met and one not
EVEN = Criterion(Target.parity(1.25), Comparison.INTERVAL, sustain_months=12, margin=1.25)


def hold_to_measured(
    stages: Sequence[Stage], plan: RunPlan, *, on: date, users: dict[str, User]
) -> None:
    """Criteria agreed by both sides on items about stop and search that have none yet."""
    now = AsOf.now(moment_of(on, users).at)
    free = [
        stage
        for stage in stages
        if stage.team
        and stage.told.subject.ref == "stops"
        and not list_criteria(as_of=now, item=stage.told.ref)
    ]
    for stage, figure in zip(free[:MOST], _list_whole(plan), strict=False):
        _agree(stage, figure, on=on, users=users)


def _list_whole(plan: RunPlan) -> list[FigurePlan]:
    """One ratio over the whole service of each indicator: the one of most concern."""
    whole: dict[str, FigurePlan] = {}
    for figure in plan.figures:
        shown = figure.policy == "public" and figure.numbers.get("estimate") is not None
        if shown and not figure.unit and figure.scale == TIMES:
            whole.setdefault(figure.indicator, figure)
    return list(whole.values())


def _agree(stage: Stage, figure: FigurePlan, *, on: date, users: dict[str, User]) -> None:
    def by(name: str) -> dict[str, Any]:
        return {"by": users[name], "at": moment_of(on, users).at}

    pair = f"{figure.group} compared with {figure.comparator}"
    ref = services.propose_criterion(
        recommendation=stage.told.ref,
        draft=CriterionDraft(
            kind=MeasureKind.INDICATOR,
            title=f"{indicator_title(figure.indicator)}: {pair}",
            criterion=EVEN,
            indicator=f"{figure.indicator}/{figure.step}" if figure.step else figure.indicator,
            characteristic=figure.characteristic,
            group=figure.group,
            comparator=figure.comparator,
        ),
        reason="It is the difference that the inquiry wanted to see, as the service counts it.",
        **by("analyst"),
    )
    services.agree_for_owner(criterion=ref, **by(stage.owner))
    services.agree_for_secretariat(criterion=ref, **by("secretariat"))
