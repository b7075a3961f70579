"""One row for each stop, in the columns, order and words of data.police.uk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.codelists import get_codelist
from evenhand.core import Month
from evenhand.datasets.synthetic import figures, places
from evenhand.datasets.synthetic.chance import Index, draw, draw_each
from evenhand.datasets.synthetic.clock import draw_stamps, write_stamps
from evenhand.datasets.synthetic.counts import BROAD, KINDS, RECORDED, RECORDED_IN

COLUMNS = (
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude",
    "Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation",
    "Object of search", "Outcome", "Outcome linked to object of search",
    "Removal of more than just outer clothing", "Borough",
)  # fmt: skip
"""The 15 published columns in their order, and the borough, which some extracts add."""

_SEA_NORTH, _SEA_EAST = 54.6, 0.4
"""South-west corner of a grid in the open North Sea: inside any plausible range for this country,
and nowhere anybody could be stopped."""


if TYPE_CHECKING:
    Column: TypeAlias = pa.Array[Any]


@dataclass(frozen=True, slots=True)
class Stops:
    """Rows in the order of their time; ``month`` is the position of each row's file."""

    month: Index
    columns: dict[str, Column]

    def of_month(self, position: int) -> pa.Table:
        """The rows of one file."""
        start, end = np.searchsorted(self.month, [position, position + 1])
        table = pa.table(self.columns)
        return table.slice(int(start), int(end - start))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is true of each row before anybody records it."""

    borough: Index
    month: Index
    group: Index
    broad: Index
    utc: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.borough)


def build_stops(
    rng: np.random.Generator,
    boroughs: tuple[str, ...],
    counts: NDArray[np.int64],
    *,
    first: Month,
) -> Stops:
    """A row for each of the counted stops (boroughs × months × groups), in order of time."""
    facts = _facts(rng, boroughs, counts, first=first)
    subject = draw(rng, list(figures.SUBJECTS.values()), len(facts))
    vehicle = subject == list(figures.SUBJECTS).index("vehicle")
    hidden = vehicle & (rng.random(len(facts)) < figures.VEHICLE_WITHOUT_PERSON)
    ground = draw(rng, [weight for weight, _ in figures.GROUNDS.values()], len(facts))
    outcome, outcomes = _outcomes(rng, boroughs, facts, ground)
    linked = draw_each(rng, [figures.LINKED[each] for each in outcomes], outcome)
    columns = {
        "Type": _words(subject, _labels("subject", figures.SUBJECTS)),
        "Date": pa.array(np.char.add(write_stamps(facts.utc), "+00:00").tolist(), pa.string()),
        "Part of a policing operation": _flags(rng, figures.OPERATION, len(facts)),
        "Policing operation": pa.nulls(len(facts), pa.string()),
        **draw_position(rng, facts.borough),
        **_person(rng, facts, hidden),
        **_ethnicity(rng, boroughs, facts, hidden),
        "Legislation": _words(ground, _labels("legislation", [g for g, _ in figures.GROUNDS])),
        "Object of search": _words(ground, _labels("object", [o for _, o in figures.GROUNDS])),
        "Outcome": _words(outcome, _labels("outcome-2017", outcomes)),
        "Outcome linked to object of search": _words(linked, ["True", "False", None]),
        "Removal of more than just outer clothing": _flags(rng, figures.STRIPPED, len(facts)),
        "Borough": _words(facts.borough, boroughs),
    }
    return Stops(facts.month, {name: columns[name] for name in COLUMNS})


def _facts(
    rng: np.random.Generator,
    boroughs: tuple[str, ...],
    counts: NDArray[np.int64],
    *,
    first: Month,
) -> _Facts:
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    borough, month, group = np.unravel_index(cells, counts.shape)
    timeless = borough == boroughs.index(places.TIMELESS)
    utc = draw_stamps(rng, month, timeless, first=first)
    order = np.lexsort((utc, month))
    broad = np.array([KINDS.index(kind) for kind in BROAD])[group]
    return _Facts(borough[order], month[order], group[order], broad[order], utc[order])


def _outcomes(
    rng: np.random.Generator, boroughs: tuple[str, ...], facts: _Facts, ground: Index
) -> tuple[Index, list[str]]:
    """The outcome of each stop, arrest first, and the codes the positions stand for."""
    arrest = np.array([share for _, share in figures.GROUNDS.values()])[ground]
    # Arrest rates of London's boroughs lie between 11% and 19%: a log standard deviation of 0.12.
    arrest = arrest * np.exp(rng.normal(0, 0.12, len(boroughs)))[facts.borough]
    uneven = np.isin(facts.borough, [boroughs.index(name) for name in places.UNEVEN])
    black = facts.broad == KINDS.index("black")
    arrest = np.where(uneven & black, arrest * places.UNEVEN_ARRESTS, arrest)
    other = 1 + draw(rng, list(figures.OTHER_OUTCOMES.values()), len(facts))
    codes = ["arrest", *figures.OTHER_OUTCOMES]
    return np.where(rng.random(len(facts)) < arrest, 0, other), codes


def _person(
    rng: np.random.Generator, facts: _Facts, hidden: NDArray[np.bool_]
) -> dict[str, Column]:
    kind = draw(rng, list(figures.PEOPLE.values()), len(facts))
    sexes = _labels("sex", [sex for sex, _ in figures.PEOPLE])
    ages = _labels("age-stops", [age for _, age in figures.PEOPLE])
    return {"Gender": _words(kind, sexes, hidden), "Age range": _words(kind, ages, hidden)}


def _ethnicity(
    rng: np.random.Generator, boroughs: tuple[str, ...], facts: _Facts, hidden: NDArray[np.bool_]
) -> dict[str, Column]:
    seldom = facts.borough == boroughs.index(places.UNSTATED)
    chance = rng.random(len(facts))
    blank = np.where(seldom, places.UNSTATED_BLANK, figures.NOT_RECORDED)
    unstated = np.where(seldom, places.UNSTATED_SHARE, figures.NOT_STATED)
    stated = np.where(chance < blank + unstated, len(RECORDED), facts.group)
    officer = draw_each(rng, [figures.PERCEIVED[kind] for kind in KINDS], facts.broad)
    left_blank = rng.random(len(facts)) < figures.OFFICER_BLANK
    return {
        "Self-defined ethnicity": _words(
            stated, _labels(RECORDED_IN, [*RECORDED, "NS"]), hidden | (chance < blank)
        ),
        "Officer-defined ethnicity": _words(
            officer, ["White", "Black", "Asian", "Mixed", "Other"], hidden | left_blank
        ),
    }


def draw_position(rng: np.random.Generator, borough: Index) -> dict[str, Column]:
    """Latitude and Longitude scattered about the borough's place on the grid at sea."""
    north = _SEA_NORTH + 0.1 * (borough // 8) + rng.normal(0, 0.02, len(borough))
    east = _SEA_EAST + 0.15 * (borough % 8) + rng.normal(0, 0.03, len(borough))
    return {
        "Latitude": pa.array(np.round(north, 6)),
        "Longitude": pa.array(np.round(east, 6)),
    }


def _labels(list_id: str, codes: Sequence[str] | dict[str, int]) -> list[str | None]:
    """The words data.police.uk publishes for these codes; none for a blank."""
    shown = get_codelist(list_id)
    published: dict[str, str] = {}
    for raw, code in shown.spellings.items():
        if " - " in raw or list_id == "age-stops":
            published.setdefault(code, raw)
    return [published.get(code, shown.get(code).label) if code else None for code in codes]


def _words(
    index: Index, labels: Sequence[str | None], blank: NDArray[np.bool_] | None = None
) -> Column:
    positions = pa.array(index, pa.int64(), mask=blank)
    return pa.array(labels, pa.string()).take(positions)


def _flags(rng: np.random.Generator, share: float, size: int) -> Column:
    return _words((rng.random(size) < share).astype(np.int64), ["False", "True"])
