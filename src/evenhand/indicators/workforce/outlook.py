"""What follows if joining, rising and leaving go on: stocks, flows, and the levers to move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from evenhand.core import UsageProblem
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.facts import FLOW_MONTHS, Window
from evenhand.indicators.workforce.pairs import Ints
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.stats import (
    Estimates,
    Flows,
    Projection,
    TargetYear,
    project,
    projected_share,
    pull,
    target_year,
)

BORROWED = 10.0
"""Person-years at everybody's rate that are added to a group's own at each rank: where a rank
holds two people of a group, what happened to one of them is no rate."""

GROUP, OTHERS = 0, 1


@dataclass(frozen=True, slots=True)
class Stock:
    """Who stands where today and what moves them in a year: the group, and everybody else known.

    ``people`` has shape ``(2, ranks)``, lowest rank first; ``ranks`` are the ladder's steps.
    """

    characteristic: Characteristic
    group: int
    ranks: tuple[str, ...]
    people: Ints
    flows: Flows

    @property
    def share(self) -> float:
        """The group's share of everybody whose answer is known; nan where there is nobody."""
        total = self.people.sum()
        return float(self.people[GROUP].sum() / total) if total else float("nan")


@dataclass(frozen=True, slots=True)
class Levers:
    """What is moved: the group's flows by a factor, and a recruitment of so many over some years.

    ``recruits`` join at the lowest rank over ``over`` years, in place of the usual joiners there;
    ``of_group`` of them, a share, belong to the group (left out: the share that joins now).
    """

    joiners: float = 1.0
    leaving: float = 1.0
    promotion: float = 1.0
    recruits: int = 0
    over: int = 3
    of_group: float | None = None

    def __post_init__(self) -> None:
        if self.recruits < 0 or self.over < 1:
            raise UsageProblem(
                f"recruits must not be negative and years at least 1, not {self.recruits} and "
                f"{self.over}.",
                rule="recruits-over-years",
            )
        if self.of_group is not None and not 0 <= self.of_group <= 1:
            raise UsageProblem(
                f"the group's share of the recruits must be from 0 to 1, not {self.of_group!r}.",
                remedy="Write 0.4 for 40%.",
                rule="shares-are-proportions",
            )


AS_NOW = Levers()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of the group's share: a simulated median and interval for each year ahead.

    ``share`` is of all ranks, ``by_rank`` of each rank. Not a forecast: see
    :func:`evenhand.stats.project`.
    """

    stock: Stock
    levers: Levers
    future: Projection

    def share(self, rank: int | None = None) -> Estimates:
        """The share in each year from today, of everybody or of one rank."""
        return projected_share(self.future, GROUP, rank=rank)

    def reaches(self, target: float, *, rank: int | None = None) -> TargetYear:
        """In how many years the share first reaches a target, if within the horizon."""
        return target_year(self.future, GROUP, target=target, rank=rank)


def build_stock(
    tensors: Tensors,
    window: Window,
    characteristic: Characteristic,
    code: str,
    *,
    ladder: str = "officer",
) -> Stock:
    """Count one ladder's people and what moved them over the last three years.

    Parameters
    ----------
    tensors, window
        Of the run.
    characteristic, code
        Which group; the other side is everybody else whose answer is known.
    ladder
        The role type whose grades are the ranks.

    Raises
    ------
    UsageProblem
        There is no such group, or nobody on that ladder.
    """
    group = _find(characteristic, code)
    steps = tuple(step for step in tensors.axis("step", "ladder") if step.split("/")[0] == ladder)
    if not steps:
        raise UsageProblem(
            f"there is nobody on the ladder {ladder!r}.",
            remedy="Name a role type of the strength: officer, staff, pcso or special.",
            rule="ladder-has-people",
        )

    def two(facts: str, measure: str) -> Floats:
        counts = tensors.groups(facts, measure, ("step",), of=characteristic, axes={"step": steps})
        known = counts[:, list(characteristic.known)].sum(axis=1)
        return np.stack([counts[:, group], known - counts[:, group]])

    heads = two("ladder", "heads")
    years = two("ladder", "flow_months") / 12
    gone, promoted, joined = (two("flows", name) for name in ("gone", "promoted", "joined"))
    promotion = _chance(promoted, years)
    promotion[:, -1] = 0.0
    recorded = min(FLOW_MONTHS, _months(window)) / 12
    flows = Flows(joined / recorded, _chance(gone, years), promotion=promotion)
    return Stock(characteristic, group, steps, np.rint(heads).astype(np.int64), flows)


def _find(characteristic: Characteristic, code: str) -> int:
    for i in characteristic.known:
        if characteristic.groups[i].code == code:
            return i
    known = ", ".join(characteristic.groups[i].code for i in characteristic.known)
    raise UsageProblem(
        f"{characteristic.id} has no group {code!r}.",
        remedy=f"Its groups are: {known}.",
        rule="group-exists",
    )


def _months(window: Window) -> int:
    first, at = window.first, window.at
    return max(at.index - (first.year * 12 + first.month - 1) + 1, 1)


def _chance(events: Floats, years: Floats) -> Floats:
    """The share to whom it happens in a year, from the rate; drawn towards everybody's rate."""
    both = years.sum(axis=0)
    usual = np.divide(events.sum(axis=0), both, out=np.zeros_like(both), where=both > 0)
    rate = (events + BORROWED * usual) / (years + BORROWED)
    return np.asarray(-np.expm1(-rate))


def look_ahead(
    stock: Stock,
    *,
    years: int = 10,
    rng: Generator,
    levers: Levers = AS_NOW,
    draws: int = 2000,
) -> Outlook:
    """If things go on like this, or if these levers are moved, what becomes of the share?

    Examples
    --------
    See ``tests/unit/indicators/workforce/test_outlook.py``, where 2,000 recruits in three years
    move a service of 30,000 no further than their own share of it can.
    """
    moved = pull(
        stock.flows,
        GROUP,
        joiners=levers.joiners,
        leaving=levers.leaving,
        promotion=levers.promotion,
    )
    yearly = [moved]
    if levers.recruits:
        yearly = [_recruiting(moved, levers)] * levers.over + [moved]
    future = project(stock.people, yearly, years=years, rng=rng, draws=draws)
    return Outlook(stock, levers, future)


def _recruiting(flows: Flows, levers: Levers) -> Flows:
    joiners = flows.joiners.copy()
    usual = joiners[:, 0].sum()
    share = levers.of_group
    if share is None:
        share = float(joiners[GROUP, 0] / usual) if usual else 0.0
    each = levers.recruits / levers.over
    joiners[:, 0] = share * each, (1 - share) * each
    return replace_joiners(flows, joiners)


def replace_joiners(flows: Flows, joiners: Floats) -> Flows:
    """The same leaving and promotion with other joiners."""
    return Flows(joiners, flows.leaving, promotion=flows.promotion)
