"""Monthly snapshots put together into the table of strength."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from evenhand.datasets.arrow import from_index
from evenhand.datasets.synthetic.chance import Index
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.synthetic.workforce.events import (
    as_counts,
    as_days,
    as_flags,
    characteristics_of,
    person_keys,
)
from evenhand.datasets.synthetic.workforce.life import GRADES, LADDER_STARTS, Life, Snapshot
from evenhand.datasets.synthetic.workforce.people import ROLES, People
from evenhand.datasets.workforce.tables import STRENGTH

SPECIALISMS = ("uniform", "detective", "other", "")


@dataclass(frozen=True, slots=True)
class Presence:
    """Every person-month: who was there, where, and in which grade."""

    month: Index
    who: Index
    unit: Index
    step: Index
    specialism: Index

    @classmethod
    def of(cls, snapshots: list[Snapshot]) -> Presence:
        """All snapshots one after another."""
        months = [np.full(len(one.who), one.month) for one in snapshots]
        return cls(
            np.concatenate(months),
            *(
                np.concatenate([getattr(one, name) for one in snapshots])
                for name in ("who", "unit", "step", "specialism")
            ),
        )

    @property
    def days(self) -> Index:
        """The first day of each row's month."""
        days: Index = self.month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        return days

    def only(self, rows: Index) -> Presence:
        """Some of the rows, as often as they are named."""
        return Presence(
            self.month[rows], self.who[rows], self.unit[rows], self.step[rows],
            self.specialism[rows],
        )  # fmt: skip


def build_strength(life: Life, presence: Presence, keys: list[str]) -> pa.Table:
    """The canonical table; its texts are dictionary columns, which take a quarter of the room."""
    people, who, days = life.people, presence.who, presence.days
    columns = {
        "month": as_days(days),
        "person": from_index(who.astype(np.int32), keys),
        "unit": from_index(presence.unit.astype(np.int32), figures.UNITS),
        "role_type": from_index(people["role"][who].astype(np.int32), ROLES),
        "grade": from_index(grades_of(people, presence).astype(np.int32), GRADES),
        "grade_order": as_counts(presence.step + 1),
        "specialism": from_index(presence.specialism.astype(np.int32), SPECIALISMS),
        "part_time": as_flags(people["part_time"][who]),
        "started_on": as_days(people["started"][who]),
        **characteristics_of(people, who, days),
    }
    return pa.table({name: columns[name] for name in STRENGTH.names})


def grades_of(people: People, presence: Presence) -> Index:
    """The grade of each row, as a position in ``GRADES``."""
    grades: Index = LADDER_STARTS[people["role"][presence.who]] + presence.step
    return grades


def list_keys(life: Life) -> list[str]:
    """The pseudonym of everybody who ever applied or worked."""
    return person_keys(life.people.count)
