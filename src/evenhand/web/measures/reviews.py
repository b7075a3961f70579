"""The reviews that are loaded: who leads whom, and whose last review notes dissatisfaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.accountability.early_warning import Team, list_chain
from evenhand.datasets.engine import open_engine
from evenhand.datasets.workforce import WorkforceLake


@dataclass(frozen=True, slots=True)
class Noted:
    """A person's last review: when its period ended, and whether it notes dissatisfaction."""

    period_end: date
    dissatisfied: bool


@dataclass(frozen=True, slots=True)
class Reviews:
    """The last review of everybody, by the keys of the files."""

    managers: Mapping[str, str]
    last: Mapping[str, Noted]

    def list_led(self, leader: str) -> list[str]:
        """Everybody with a review who has this person above them in their line, by key."""
        return sorted(
            person for person in self.last if leader in list_chain(person, managers=self.managers)
        )

    def team_of(self, leader: str) -> Team:
        """How many of those were reviewed, and how many reviews note dissatisfaction."""
        led = self.list_led(leader)
        return Team(sum(self.last[person].dissatisfied for person in led), len(led))


@dataclass(frozen=True, slots=True)
class Flag:
    """Somebody who said that they are dissatisfied, by their key in the files, and when."""

    person: str
    period_end: date


LAST = """
    SELECT person, coalesce(manager, '') AS manager, coalesce(dissatisfied, false), period_end
    FROM rows QUALIFY row_number() OVER (PARTITION BY person ORDER BY period_end DESC) = 1
"""


def load_reviews(lake: WorkforceLake) -> Reviews:
    """What is loaded, the last review of each person."""
    parts = lake.list_parts("reviews")
    if not parts:
        return Reviews({}, {})
    with open_engine() as engine:
        rows = engine.read_parquet([str(part) for part in parts]).query("rows", LAST).fetchall()
    managers = {person: manager for person, manager, _, _ in rows}
    return Reviews(managers, {person: Noted(end, said) for person, _, said, end in rows})
