"""One month after another: people leave, rise, move, and others take their places."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenhand.datasets.synthetic.chance import Index, draw
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.synthetic.workforce.events import NO_DAY, Log
from evenhand.datasets.synthetic.workforce.people import (
    DETECTIVE,
    OTHER,
    ROLES,
    UNIFORM,
    People,
    day_in,
    draw_people,
    month_of,
)
from evenhand.datasets.synthetic.workforce.selections import Candidates, Selections
from evenhand.datasets.synthetic.workforce.shape import WorkforceShape

GRADES = tuple(grade for role in ROLES for grade in figures.LADDERS[role].grades)
"""All grades of all ladders; a person's grade is the ladder's place in it plus their step."""
LADDER_STARTS = np.cumsum([0] + [len(figures.LADDERS[role].grades) for role in ROLES[:-1]])
NOWHERE = len(GRADES)
"""The grade of somebody who is not there yet or any more."""
_GRADE_WORDS = (*GRADES, "")
_REASONS = (*figures.REASONS, "retired")
_OPEN_ENDED = -1


@dataclass(slots=True)
class Snapshot:
    """The columns of one month's strength that change over time, and whose they are."""

    month: int
    who: Index
    unit: Index
    step: Index
    specialism: Index


@dataclass(slots=True)
class Life:
    """The service in motion; ``run`` takes it from its first month to its last."""

    rng: np.random.Generator
    shape: WorkforceShape
    people: People = field(init=False)
    movements: Log = field(default_factory=Log)
    stages: Log = field(default_factory=Log)
    vetting: Log = field(default_factory=Log)
    snapshots: list[Snapshot] = field(default_factory=list)
    leavers: list[tuple[Index, Index, Index, Index, Index]] = field(default_factory=list)
    selections: Selections = field(init=False)
    first: int = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.shape.first.index - 1970 * 12
        self.people = People.empty(self.shape.people * 4)
        self.selections = Selections(self.rng, self.shape, self.people, self.stages, self.vetting)

    def run(self) -> None:
        """Live through every month of the span."""
        self._begin()
        for number in range(self.shape.months):
            month = self.first + number
            if number % self.shape.snapshot_every == 0:
                self._take_snapshot(month)
            self._leave(month)
            self._promote(month)
            self._specialise(month)
            self._act_up(month)
            self._transfer(month)
            self._recruit(month)

    def grades(self, who: Index) -> Index:
        """Each one's grade, as a position in ``GRADES``."""
        grades: Index = LADDER_STARTS[self.people["role"][who]] + self.people["step"][who]
        return grades

    def _begin(self) -> None:
        """Those who are there already: they joined and rose by the same chances as later ones."""
        count = self.shape.people
        people, rng = self.people, self.rng
        later = np.zeros(count, dtype=np.int64)
        who = draw_people(rng, people, started=later, roles=figures.ROLES)
        leaving = np.asarray([figures.LEAVING[role] for role in ROLES])[people["role"][who]]
        longest = figures.PENSION_MONTHS
        service = -np.log1p(-rng.random(count) * -np.expm1(-leaving * longest)) / leaving
        joined = self.first - 1 - np.minimum(service.astype(np.int64), longest - 1)
        people["born"][who] += (days := day_in(rng, joined, count))
        people["started"][who] = days
        people["since"][who] = joined
        people["employed"][who] = 1
        self._log_joining(who)
        officers = np.flatnonzero(people["role"][who] == ROLES.index("officer"))
        shares = [1 - figures.DETECTIVES - figures.OTHER_SPECIALISM, figures.DETECTIVES,
                  figures.OTHER_SPECIALISM]  # fmt: skip
        kinds = np.asarray([UNIFORM, DETECTIVE, OTHER])
        people["specialism"][officers] = kinds[draw(rng, shares, len(officers))]
        self._rise_before(who)

    def _rise_before(self, who: Index) -> None:
        """Promotions before the first month, step by step, by the same monthly chances."""
        while len(who):
            wait, chance = self._steps(who)
            can = chance > 0
            who, wait, chance = who[can], wait[can], chance[can]
            month = self.people["since"][who] + wait + self.rng.geometric(chance) - 1
            past = month < self.first
            who, month = who[past], month[past]
            self._raise(who, day_in(self.rng, month, len(who)))

    def _steps(self, who: Index) -> tuple[Index, NDArray[np.float64]]:
        """The wait before each one's next promotion, and its monthly chance after it."""
        wait, applying = self._waits(who)
        passing = np.asarray([_passing(role) for role in ROLES])[self.people["role"][who]]
        return wait, applying * passing

    def _waits(self, who: Index) -> tuple[Index, NDArray[np.float64]]:
        """The wait before each one's next promotion, and the monthly chance of applying after."""
        grades = self.grades(who)
        applying = _APPLYING[grades]
        for planted in self.shape.slower:
            held = self.people.belongs(planted.group, who) & (
                grades == GRADES.index(planted.from_grade)
            )
            applying = np.where(held, applying * planted.ratio, applying)
        return _WAIT[grades], applying

    def _raise(self, who: Index, days: Index) -> None:
        before = self.grades(who)
        self.people["step"][who] += 1
        self.people["since"][who] = month_of(days)
        unit = self.people["unit"][who]
        self.movements.add(
            len(who), person=who, kind="promote", on=days,
            from_grade=(before, _GRADE_WORDS), to_grade=(before + 1, _GRADE_WORDS),
            from_unit=(unit, figures.UNITS), to_unit=(unit, figures.UNITS),
            reason="", planned_end=NO_DAY,
        )  # fmt: skip

    def _take_snapshot(self, month: int) -> None:
        who = self.people.employed()
        picked = [self.people[name][who] for name in ("unit", "step", "specialism")]
        self.snapshots.append(Snapshot(month, who, *picked))

    def _leave(self, month: int) -> None:
        people, rng = self.people, self.rng
        who = people.employed()
        service = month - month_of(people["started"][who])
        chance = np.asarray([figures.LEAVING[role] for role in ROLES])[people["role"][who]]
        chance = np.where(service < figures.NEW_MONTHS, chance * figures.NEW_LEAVING, chance)
        for planted in self.shape.losing:
            there = people["unit"][who] == figures.UNITS.index(planted.unit)
            chance = np.where(there, chance * planted.ratio, chance)
        retiring = np.where(service >= figures.PENSION_MONTHS, figures.RETIRING, 0.0)
        random = rng.random(len(who))
        gone = random < chance + retiring
        retired = (random >= chance)[gone]
        who = who[gone]
        days = day_in(rng, month, len(who))
        reason = draw(rng, list(figures.REASONS.values()), len(who))
        reason = np.where(retired, _REASONS.index("retired"), reason)
        grade, unit = self.grades(who), people["unit"][who]
        nowhere = np.full(len(who), NOWHERE)
        self.movements.add(
            len(who), person=who, kind="leave", on=days,
            from_grade=(grade, _GRADE_WORDS), to_grade=(nowhere, _GRADE_WORDS),
            from_unit=(unit, figures.UNITS), to_unit="",
            reason=(reason, _REASONS), planned_end=NO_DAY,
        )  # fmt: skip
        people["employed"][who] = 0
        people["acting"][who] = 0
        self.leavers.append((who, days, reason, grade, unit))

    def _promote(self, month: int) -> None:
        who = self.people.employed()
        wait, applying = self._waits(who)
        ready = month - self.people["since"][who] >= wait
        who = who[ready & (self.rng.random(len(who)) < applying)]
        for number, role in enumerate(ROLES):
            ladder = figures.LADDERS[role]
            grade = self.grades(who) + 1
            of_role = self.people["role"][who] == number
            left = Candidates(who[of_role], grade[of_role], _GRADE_WORDS, "")
            days = np.empty(0, dtype=np.int64)
            for kind in ladder.kinds:
                named = Candidates(
                    left.who, left.grade, left.grades, f"{role} {kind} {_word(month)}"
                )
                left, days = self.selections.run(kind, named, month=month)
            self._end_acting(left.who, days)
            self._raise(left.who, days)

    def _specialise(self, month: int) -> None:
        people = self.people
        who = people.employed()
        ready = (people["specialism"][who] == UNIFORM) & (people["step"][who] == 0)
        ready &= month - month_of(people["started"][who]) >= figures.SPECIALIST_WAIT
        who = who[ready & (self.rng.random(len(who)) < figures.SPECIALIST_APPLYING)]
        process = f"detective {_word(month)}"
        candidates = Candidates(who, self.grades(who), _GRADE_WORDS, process)
        passed, _ = self.selections.run("specialist", candidates, month=month)
        people["specialism"][passed.who] = DETECTIVE

    def _act_up(self, month: int) -> None:
        """Temporary promotions: those that end or are extended, then new ones."""
        people, rng = self.people, self.rng
        acting = people.employed()
        acting = acting[people["acting"][acting] == 1]
        until = people["acting_until"][acting]
        due = until == month
        longer = due & (rng.random(len(acting)) < figures.TEMPORARY_EXTEND)
        over = (due & ~longer) | (
            (until == _OPEN_ENDED) & (rng.random(len(acting)) < figures.TEMPORARY_END)
        )
        ending, extended = acting[over], acting[longer]
        self._end_acting(ending, day_in(rng, month, len(ending)))
        self._log_acting("temporary_extend", extended, month)
        who = people.employed()
        wait, chance = self._steps(who)
        ready = (chance > 0) & (people["acting"][who] == 0)
        ready &= month - people["since"][who] >= wait
        who = who[ready & (rng.random(len(who)) < figures.TEMPORARY_START)]
        people["acting"][who] = 1
        self._log_acting("temporary_start", who, month)

    def _log_acting(self, kind: str, who: Index, month: int) -> None:
        rng, people = self.rng, self.people
        grade, unit = self.grades(who), people["unit"][who]
        endless = rng.random(len(who)) < figures.TEMPORARY_OPEN
        until = month + figures.TEMPORARY_MONTHS
        people["acting_until"][who] = np.where(endless, _OPEN_ENDED, until)
        self.movements.add(
            len(who), person=who, kind=kind, on=day_in(rng, month, len(who)),
            from_grade=(grade, _GRADE_WORDS), to_grade=(grade + 1, _GRADE_WORDS),
            from_unit=(unit, figures.UNITS), to_unit=(unit, figures.UNITS), reason="",
            planned_end=np.where(endless, NO_DAY, day_in(rng, until, len(who))),
        )  # fmt: skip

    def _end_acting(self, who: Index, days: Index) -> None:
        acting = self.people["acting"][who] == 1
        who, days = who[acting], days[acting]
        grade, unit = self.grades(who), self.people["unit"][who]
        self.people["acting"][who] = 0
        self.movements.add(
            len(who), person=who, kind="temporary_end", on=days,
            from_grade=(grade + 1, _GRADE_WORDS), to_grade=(grade, _GRADE_WORDS),
            from_unit=(unit, figures.UNITS), to_unit=(unit, figures.UNITS), reason="",
            planned_end=NO_DAY,
        )  # fmt: skip

    def _transfer(self, month: int) -> None:
        who = self.people.employed()
        who = who[self.rng.random(len(who)) < figures.TRANSFERRING]
        before = self.people["unit"][who]
        after = (before + self.rng.integers(1, len(figures.UNITS), size=len(who))) % len(
            figures.UNITS
        )
        self.people["unit"][who] = after
        grade = self.grades(who)
        self.movements.add(
            len(who), person=who, kind="transfer", on=day_in(self.rng, month, len(who)),
            from_grade=(grade, _GRADE_WORDS), to_grade=(grade, _GRADE_WORDS),
            from_unit=(before, figures.UNITS), to_unit=(after, figures.UNITS),
            reason="", planned_end=NO_DAY,
        )  # fmt: skip

    def _recruit(self, month: int) -> None:
        """As many applicants as should fill the places of those who left."""
        wanted = max(self.shape.people - len(self.people.employed()), 0)
        passing = float(np.prod([rate for _, rate in figures.STAGES["recruitment"]]))
        count = int(self.rng.poisson(wanted / passing))
        day = day_in(self.rng, month, 1, last=1)[0]
        started = np.full(count, day)
        who = draw_people(self.rng, self.people, started=started, roles=figures.JOINING)
        process = f"recruitment {_word(month)}"
        candidates = Candidates(who, self.grades(who), _GRADE_WORDS, process)
        hired, days = self.selections.run("recruitment", candidates, month=month)
        self.people["started"][hired.who] = days
        self.people["since"][hired.who] = month
        self.people["employed"][hired.who] = 1
        self._log_joining(hired.who)

    def _log_joining(self, who: Index) -> None:
        unit = self.people["unit"][who]
        nowhere = np.full(len(who), NOWHERE)
        self.movements.add(
            len(who), person=who, kind="join", on=self.people["started"][who],
            from_grade=(nowhere, _GRADE_WORDS), to_grade=(self.grades(who), _GRADE_WORDS),
            from_unit="", to_unit=(unit, figures.UNITS), reason="", planned_end=NO_DAY,
        )  # fmt: skip


def _passing(role: str) -> float:
    ladder = figures.LADDERS[role]
    return float(np.prod([rate for kind in ladder.kinds for _, rate in figures.STAGES[kind]]))


def _by_grade(values: dict[str, tuple[float, ...]]) -> NDArray[np.float64]:
    return np.asarray([value for role in ROLES for value in (*values[role], 0.0)])


_WAIT = _by_grade({r: tuple(map(float, figures.LADDERS[r].wait)) for r in ROLES}).astype(np.int64)
_APPLYING = _by_grade({role: figures.LADDERS[role].applying for role in ROLES})


def _word(month: int) -> str:
    return str(np.asarray(month).astype("datetime64[M]"))
