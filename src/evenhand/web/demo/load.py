"""Load the demo: five reports and seven years, played through the commands in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from evenhand.core import Refused
from evenhand.web.accounts.models import User
from evenhand.web.demo.acts import play
from evenhand.web.demo.cast import assemble
from evenhand.web.demo.crossing import close_team, cover_with_policies, link_items, run_actions
from evenhand.web.demo.detail import SHARES, add_details, erase_one
from evenhand.web.demo.held import hold_to_measured
from evenhand.web.demo.judging import form_panels
from evenhand.web.demo.life import Stage, Window, build_life
from evenhand.web.demo.machines import plan_machines
from evenhand.web.demo.measured import Measured, record_measured
from evenhand.web.demo.meetings import Year, plan_year
from evenhand.web.demo.models import DemoMark
from evenhand.web.demo.moments import moment_of
from evenhand.web.demo.outside import plan_outside
from evenhand.web.demo.panel import plan_judgement
from evenhand.web.demo.releases import plan_releases
from evenhand.web.demo.reports import REPORTS, Report, build_plan
from evenhand.web.demo.wording import theme_kinds
from evenhand.web.foundation.as_of import day_of
from evenhand.web.judgement.writing.lapses import lapse_verdicts
from evenhand.web.ledger.batch import batched
from evenhand.web.ledger.queries import get_head
from evenhand.web.register import services as register
from evenhand.web.register.plans import PublicationPlan

YEARS = 7
SEED = 1999  # any number: the same register every time


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    items: int
    steps: int
    refused: int
    users: dict[str, User]


def load_demo(
    *,
    password: str,
    at: datetime,
    reports: tuple[Report, ...] = REPORTS,
    measured: Sequence[Measured] = (),
    seed: int = SEED,
) -> Loaded:
    """Fill an empty register with the demo; all of it or nothing.

    Synthetic, and marked so: every page then says that the record is made up. The history is played
    in the order of its days through the ordinary commands, so every rule was asked and every event
    is in the ledger. ``measured`` are runs to be recorded on their days.

    Raises
    ------
    Refused
        When the register is not empty: a made-up history must never be mixed with a real one.
    """
    if get_head().size:
        raise Refused("The register is not empty, so the demo cannot be loaded into it.")
    with transaction.atomic():
        with batched():
            DemoMark.objects.create(loaded_at=at)  # first: what is released says it is made up
            loaded = _Loading(password, at, random.Random(seed)).run(reports, measured)  # noqa: S311
        erase_one(at=moment_of(day_of(at) - timedelta(1), loaded.users))  # it reads the ledger
    return loaded


class _Loading:
    """One passage through the years."""

    def __init__(self, password: str, at: datetime, draw: random.Random) -> None:
        self.draw, self.today = draw, day_of(at)
        self.first = self.today - timedelta(round(YEARS * 365.25))
        self.users = assemble(password=password, at=moment_of(self.first, {}).at)
        self.stages: list[Stage] = []
        self.plans: list[PublicationPlan] = []
        self.steps: list[tuple[date, int, Callable[[], bool]]] = []
        self.played = self.refused = 0

    def run(self, reports: tuple[Report, ...], measured: Sequence[Measured]) -> Loaded:
        self._themes()
        form_panels(on=self.first, users=self.users)
        for each in measured:
            self._add(each.on, partial(record_measured, each, self.users))
        self._plan_held(measured)
        for report in reports:
            self._plan(report)
        self._plan_clock()
        self._plan_crossings()
        self._plan_meetings()
        self._plan_outward()
        for _, _, step in sorted(self.steps, key=lambda each: each[:2]):
            self.played += 1
            self.refused += not step()
        return Loaded(len(self.stages), self.played, self.refused, self.users)

    def _plan_held(self, measured: Sequence[Measured]) -> None:
        """Soon after the first stops were measured, some items are held to them."""
        for each in [each for each in measured if each.plan.dataset == "stops"][:1]:
            on = each.on + timedelta(5)
            self._add(
                on, partial(hold_to_measured, self.stages, each.plan, on=on, users=self.users)
            )

    def _themes(self) -> None:
        now = moment_of(self.first, self.users)
        for ref, title, kind in theme_kinds():
            register.add_theme(
                ref=ref, title=title, kind=kind, by=self.users["secretariat"], at=now.at
            )

    def _add(self, on: date, step: Callable[[], object]) -> None:
        """Put a step on the calendar; on one day, in the order of adding."""

        def run() -> bool:
            return step() is not False

        self.steps.append((on, len(self.steps), run))

    def _plan(self, report: Report) -> None:
        plan, told = build_plan(report, today=self.today, draw=self.draw)
        accepted = plan.published_on + timedelta(15)
        self.plans.append(plan)
        self._add(accepted, lambda: self._accept(report, plan, accepted))
        closing = next(level.code for level in plan.scale.levels if level.closes)
        window = Window(accepted, self.today - timedelta(1))
        for each in told:
            stage = Stage(each, closing)
            stage.draw = random.Random(self.draw.random())  # noqa: S311
            self.stages.append(stage)
            life = build_life(each, window=window, draw=stage.draw)
            for step in [*life, *plan_judgement(life, ref=each.ref, window=window)]:
                self._add(step.on, partial(play, step, stage, self.users))

    def _accept(self, report: Report, plan: PublicationPlan, on: date) -> None:
        now, keeper = moment_of(on, self.users), self.users["secretariat"]
        register.open_inquiry(
            ref=report.inquiry,
            title=report.inquiry_title,
            opened_on=plan.published_on - timedelta(400),
            description="Made up for this demonstration.",
            by=keeper,
            at=now.at,
        )
        register.accept_publication(plan=plan, by=keeper, at=now.at)

    def _plan_clock(self) -> None:
        """Verdicts lapse by the clock: looked at every quarter, and yesterday."""
        on = self.today - timedelta(1)
        while on > self.first:
            at = moment_of(on, self.users).at + timedelta(hours=8)
            self._add(on, partial(lapse_verdicts, at=at))
            on -= timedelta(91)

    def _plan_crossings(self) -> None:
        last = max(plan.published_on for plan in self.plans)
        span = self.today - last
        refs = [stage.told.ref for stage in self.stages]

        def on(share: float) -> date:
            return last + span * share

        def frame() -> dict[str, Any]:
            return {"users": self.users, "draw": self.draw}

        apart = random.Random(len(self.stages))  # noqa: S311
        for share in SHARES:
            at, more = on(share), random.Random(apart.random())  # noqa: S311
            self._add(at, partial(add_details, self.stages, on=at, users=self.users, draw=more))
        self._add(on(0.2), lambda: run_actions(self.stages, on=on(0.2), **frame()))
        self._add(on(0.3), lambda: close_team(self.stages, on=on(0.3), **frame()))
        self._add(on(0.5), lambda: cover_with_policies(refs, on=on(0.5), **frame()))
        self._add(on(0.6), lambda: link_items(self.plans, on=on(0.6), **frame()))

    def _plan_meetings(self) -> None:
        plan_year(Year(self.users, self.today, self.plans[-1].ref), self._add)

    def _plan_outward(self) -> None:
        plan_releases(self._add, self.plans, today=self.today, users=self.users)
        plan_machines(self._add, today=self.today, users=self.users)
        plan_outside(self._add, self.plans, today=self.today, users=self.users)
