"""Everybody who ever applied or worked, as columns of numbers: who they are, where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.datasets.synthetic.chance import Index, draw
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.synthetic.workforce.shape import Group

Flags = NDArray[np.bool_]
ROLES = tuple(figures.ROLES)
ABSENT, NOBODY = -1, np.int64(-1)
DAYS_OF_MONTH = 28
"""Events fall on the 1st to the 28th, which every month has."""
_OLDEST_JOINER, _YOUNGEST_JOINER = 40, 18

_WHO = ("role", "started", "born", *figures.GROUPS)
_WHERE = ("unit", "step", "since", "specialism", "part_time", "acting", "acting_until", "employed")
UNIFORM, DETECTIVE, OTHER, NONE = range(4)


@dataclass(slots=True)
class People:
    """Columns with one entry a person; the position is the person.

    ``started`` and ``born`` are days since 1970; ``since`` is the month in which the present grade
    began; ``step`` is the place on the ladder of the role; ``acting`` is 1 while temporarily
    promoted, until the month ``acting_until`` (-1 when open-ended).
    """

    columns: dict[str, Index]
    count: int = 0

    @classmethod
    def empty(cls, capacity: int) -> People:
        """Room for this many; more is made when needed."""
        names = (*_WHO, *_WHERE)
        return cls({name: np.zeros(capacity, dtype=np.int64) for name in names})

    def __getitem__(self, name: str) -> Index:
        return self.columns[name][: self.count]

    def add(self, count: int, **values: Index | int) -> Index:
        """More people, and their positions; what is not given is zero."""
        start, end = self.count, self.count + count
        capacity = len(self.columns["role"])
        if end > capacity:
            more = max(end - capacity, capacity)
            self.columns = {
                name: np.concatenate([column, np.zeros(more, dtype=np.int64)])
                for name, column in self.columns.items()
            }
        for name, value in values.items():
            self.columns[name][start:end] = value
        self.count = end
        return np.arange(start, end)

    def employed(self) -> Index:
        """Positions of those who are there now."""
        return np.flatnonzero(self["employed"])

    def belongs(self, group: Group, who: Index) -> Flags:
        """Which of these people are of the group."""
        codes = list(figures.GROUPS[group.characteristic])
        wanted = [codes.index(code) for code in group.codes]
        return np.isin(self[group.characteristic][who], wanted)


def draw_people(
    rng: np.random.Generator, people: People, *, started: Index, roles: Mapping[str, float]
) -> Index:
    """People who start on these days: role, age and declared characteristics, drawn alike."""
    count = len(started)
    ages = rng.triangular(_YOUNGEST_JOINER, 23, _OLDEST_JOINER, count) * 365.25
    who = people.add(
        count,
        role=draw(rng, [roles[name] for name in ROLES], count),
        started=started,
        born=started - ages.astype(np.int64),
        unit=rng.integers(len(figures.UNITS), size=count),
        **{
            name: draw(rng, list(shares.values()), count) for name, shares in figures.GROUPS.items()
        },
    )
    role = people["role"][who]
    part_time = np.asarray([figures.PART_TIME[name] for name in ROLES])[role]
    people["part_time"][who] = rng.random(count) < part_time
    people["specialism"][who] = np.where(role == ROLES.index("officer"), UNIFORM, NONE)
    return who


def month_of(days: Index) -> Index:
    """The month, counted from 1970, of days counted from 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def day_in(
    rng: np.random.Generator, month: int | Index, count: int, *, last: int = DAYS_OF_MONTH
) -> Index:
    """A day of the month for each, up to the ``last`` of it, counted from 1970."""
    first = np.asarray(month).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days: Index = first + rng.integers(last, size=count)
    return days
