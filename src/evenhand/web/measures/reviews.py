"""The reviews that are loaded: who leads whom, and whose last review notes dissatisfaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.accountability.early_warning import Team, list_chain
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


def load_reviews(lake: WorkforceLake) -> Reviews:
    """What is loaded, the last review of each person."""
    managers: dict[str, str] = {}
    last: dict[str, Noted] = {}
    for row in lake.read("reviews").sort_by("period_end").to_pylist():
        last[row["person"]] = Noted(row["period_end"], bool(row["dissatisfied"]))
        managers[row["person"]] = row["manager"] or ""
    return Reviews(managers, last)
