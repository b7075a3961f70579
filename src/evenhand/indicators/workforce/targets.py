"""Targets with their owners: where each stands today, and whether the present pace reaches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from evenhand.indicators.sentences import percent
from evenhand.indicators.workforce.characteristics import TOGETHER
from evenhand.indicators.workforce.facts import Window
from evenhand.indicators.workforce.labels import grade_people
from evenhand.indicators.workforce.outlook import Outlook, Stock, build_stock, look_ahead
from evenhand.indicators.workforce.sources import Sources
from evenhand.indicators.workforce.tensors import Tensors
from evenhand.stats import Estimates, Proportion, proportion

LIKELY, UNLIKELY = 0.8, 0.2
"""From this share of the simulated futures on, a target is called likely; below that, unlikely."""


class Standing(StrEnum):
    """Where a target stands; the value is what tables and files carry."""

    MET = "met"
    ON_COURSE = "on course"
    UNCERTAIN = "uncertain"
    TOO_SMALL = "too small to tell"
    OFF_COURSE = "off course"
    MISSED = "missed"
    UNMEASURABLE = "cannot be measured"


_PLAIN = {
    Standing.MET: "It is met.",
    Standing.ON_COURSE: "At the present pace it is likely to be reached in time.",
    Standing.UNCERTAIN: "At the present pace it may or may not be reached in time.",
    Standing.TOO_SMALL: "So few people are there that each of them would decide it.",
    Standing.OFF_COURSE: "At the present pace it is unlikely to be reached in time.",
    Standing.MISSED: "The date has passed and it is not met.",
    Standing.UNMEASURABLE: "It cannot be measured.",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A share, or a number of people, to be reached by a date, and the post that answers for it."""

    characteristic: str
    group: str
    grade: str
    by: date
    share: float | None
    heads: int | None
    owner: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A target, the figure today, the chance of reaching it in time, and a sentence.

    ``chance`` is the share of simulated futures in which the target is met at its date, nan where
    that is past or too far. ``years`` are those from today to the date, rounded up.
    """

    target: Target
    count: int
    of: int
    share: Estimates | None
    chance: float
    years: int
    standing: Standing
    sentence: str
    outlook: Outlook | None

    @property
    def plain(self) -> str:
        """What may be said to anybody: the target and where it stands, without a count."""
        return f"{self.goal} {_PLAIN[self.standing]}"

    @property
    def goal(self) -> str:
        """What is to be reached, by whom and when, in a sentence."""
        return _goal(self.target, self.people)

    @property
    def rank(self) -> int | None:
        """The position of the target's grade on the ladder; None for the whole of it."""
        return None if self.outlook is None else _rank(self.outlook.stock, self.target.grade)

    @property
    def people(self) -> str:
        """Whom the target is about, as a sentence names them; its code where nobody is known."""
        return self.target.group if self.outlook is None else _people(self.outlook, self.target)


def list_targets(sources: Sources) -> list[Target]:
    """The targets loaded that are about who is there, in the order of their dates."""
    rows = sources.engine.execute(
        """
SELECT characteristic, grp, coalesce(grade, ''), "by", share, heads, coalesce(owner, '')
FROM targets WHERE "by" IS NOT NULL AND (share IS NOT NULL OR heads IS NOT NULL)
ORDER BY "by", characteristic, grp, 3"""
    ).fetchall()
    return [_together(Target(*row)) for row in rows]


def _together(target: Target) -> Target:
    """A target for all ethnic groups but White is one for them taken together."""
    if (target.characteristic, target.group) == ("ethnicity", "bme"):
        return replace(target, characteristic=TOGETHER)
    return target


HORIZON, MOST_YEARS = 10, 30
"""Years looked ahead at least, so as to say when a target that is missed would be reached; and at
most: further ahead no one should draw a line."""

FEWEST = 10
"""People of the group, and others, below which a share of futures says something of each of them.
"""


def follow_targets(
    targets: Sequence[Target],
    tensors: Tensors,
    window: Window,
    *,
    rng: Generator,
    ladder: str = "officer",
) -> list[Progress]:
    """Where does each target stand, and will the present pace reach it in time?

    Shares are of those whose answer is known. Each group's future is simulated once, as far as
    its last date; a target for a grade is looked up in the same future.
    """
    stocks: dict[tuple[str, str], Outlook | None] = {}
    found = []
    for target in targets:
        key = target.characteristic, target.group
        if key not in stocks:
            last = max(t.by for t in targets if (t.characteristic, t.group) == key)
            stocks[key] = _look(tensors, window, target, ladder, _years(window, last), rng)
        found.append(_follow(target, stocks[key], window))
    return found


def _years(window: Window, by: date) -> int:
    months = (by.year - window.at.year) * 12 + by.month - window.at.number
    return max(0, -(-months // 12))


def _look(
    tensors: Tensors, window: Window, target: Target, ladder: str, years: int, rng: Generator
) -> Outlook | None:
    characteristic = tensors.characteristics.get(target.characteristic)
    if characteristic is None or not tensors.holds("ladder", "flows"):
        return None
    if target.group not in [characteristic.groups[i].code for i in characteristic.known]:
        return None
    stock = build_stock(tensors, window, characteristic, target.group, ladder=ladder)
    return look_ahead(stock, years=min(max(years, HORIZON), MOST_YEARS), rng=rng)


def _follow(target: Target, outlook: Outlook | None, window: Window) -> Progress:
    years = _years(window, target.by)
    rank = None if outlook is None else _rank(outlook.stock, target.grade)
    if outlook is None or (target.grade and rank is None):
        reason = "Nobody of that group or grade is in the strength, so it cannot be followed."
        words = f"{_goal(target, target.group)} {reason}"
        return Progress(
            target, 0, 0, None, float("nan"), years, Standing.UNMEASURABLE, words, outlook
        )
    people = outlook.stock.people if rank is None else outlook.stock.people[:, [rank]]
    count, of = int(people[0].sum()), int(people.sum())
    share = proportion(Proportion([count], [of]))
    chance = _chance(target, outlook, rank, years)
    standing = _standing(target, count, of, chance=chance, past=target.by < window.end)
    words = _sentence(target, outlook, (count, of), share, chance, standing)
    return Progress(target, count, of, share, chance, years, standing, words, outlook)


def _rank(stock: Stock, grade: str) -> int | None:
    names = [step.split("/")[-1] for step in stock.ranks]
    return names.index(grade) if grade in names else None


def _chance(target: Target, outlook: Outlook, rank: int | None, years: int) -> float:
    """Of the simulated futures, how many meet the target in the year of its date."""
    people = outlook.future.simulated
    if not 1 <= years < people.shape[1]:
        return float("nan")
    here = people[:, years]
    counted = here.sum(axis=-1) if rank is None else here[..., rank]
    if target.share is None:
        return float((counted[:, 0] >= (target.heads or 0)).mean())
    total = counted.sum(axis=1)
    shares = np.divide(counted[:, 0], total, out=np.zeros(len(total)), where=total > 0)
    return float((shares >= target.share).mean())


def _standing(target: Target, count: int, of: int, *, chance: float, past: bool) -> Standing:
    reached = count >= (target.heads or 0)
    if target.share is not None:
        reached = of > 0 and count / of >= target.share
    if reached:
        return Standing.MET
    if past:
        return Standing.MISSED
    if not np.isfinite(chance):
        return Standing.UNMEASURABLE
    if min(count, of - count) < FEWEST:
        return Standing.TOO_SMALL
    if chance >= LIKELY:
        return Standing.ON_COURSE
    return Standing.OFF_COURSE if chance < UNLIKELY else Standing.UNCERTAIN


def _people(outlook: Outlook, target: Target) -> str:
    groups = outlook.stock.characteristic.groups
    return next(each.people for each in groups if each.code == target.group)


def _goal(target: Target, people: str) -> str:
    among = grade_people(target.grade) if target.grade else "officers"
    what = f"{target.heads:,}" if target.share is None else percent(target.share)
    owner = f" ({target.owner})" if target.owner else ""
    return f"Target: of the {among}, {what} are to be {people} by {target.by:%B %Y}{owner}."


def _sentence(
    target: Target,
    outlook: Outlook,
    here: tuple[int, int],
    share: Estimates,
    chance: float,
    standing: Standing,
) -> str:
    group = _people(outlook, target)
    among = grade_people(target.grade) if target.grade else "officers"
    count, of = here
    words = f"{_goal(target, group)} Today {count:,} of {of:,} {among} whose answer is known are "
    words += f"{group} ({percent(float(share.value[0]))})." if of else f"{group}."
    if standing in (Standing.MET, Standing.TOO_SMALL):
        return f"{words} {_PLAIN[standing]}"
    if standing is Standing.MISSED:
        return f"{words} The date has passed."
    if not np.isfinite(chance):
        return f"{words} The date is too far off to look ahead to."
    return (
        f"{words} If joining, promotion and leaving go on as in the last three years, it is "
        f"reached in time in {percent(chance)} of simulated futures: {standing.value}."
    )
