"""A whole workforce, simulated: every canonical table and the truths planted in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from evenhand.codelists import get_codelist
from evenhand.core import Month
from evenhand.datasets.synthetic.workforce import records
from evenhand.datasets.synthetic.workforce.compared import build_benchmarks, build_targets
from evenhand.datasets.synthetic.workforce.life import Life
from evenhand.datasets.synthetic.workforce.shape import Group, PlantedTruth, WorkforceShape
from evenhand.datasets.synthetic.workforce.strength import Presence, build_strength, list_keys
from evenhand.datasets.workforce.tables import TABLES


@dataclass(frozen=True, slots=True)
class SyntheticWorkforce:
    """The tables by the id of their schema, and what was planted.

    The texts of ``strength`` are dictionary columns; the other tables are exactly as their schema
    says. ``TABLES["strength"].require`` makes them plain.
    """

    shape: WorkforceShape
    tables: dict[str, pa.Table]
    truths: tuple[PlantedTruth, ...]


def simulate_workforce(shape: WorkforceShape, *, rng: np.random.Generator) -> SyntheticWorkforce:
    """Would the measures find what we know to be there, and nothing else?

    Every month of the span each person may leave, be promoted stage by stage, become a detective,
    be promoted temporarily, or move; recruits selected stage by stage fill the places. Role, age,
    unit and declared characteristics are drawn alike for everybody, and every chance is the same
    for every group, save for what ``shape`` plants. People who are there at the start joined and
    rose by the same chances; their record begins when they joined, so those who left before the
    first month are missing, as in a real file (left truncation: measure from the first month on).

    Parameters
    ----------
    shape
        How many people, how many months, and which differences.
    rng
        Where all chance comes from: the same state gives the same tables.

    Returns
    -------
    SyntheticWorkforce
        All person-level tables, a benchmark and targets, and the planted truths.

    Notes
    -----
    A snapshot shows the first day of its month; events of the month come after it. The hazard of
    promotion, once the wait in the grade is over, is constant, and independent of leaving. Not
    evidence of anything about real policing: the rates are round and invented (``figures``).

    Examples
    --------
    >>> import numpy as np
    >>> shape = WorkforceShape(people=600, months=12)
    >>> made = simulate_workforce(shape, rng=np.random.default_rng(7))
    >>> made.tables["strength"]["month"].unique()[0].as_py().isoformat()
    '2016-01-01'
    >>> [truth.kind for truth in made.truths]
    ['slower step', 'filtering stage', 'losing unit']

    The workforce of 600 over a year holds all three planted differences.
    """
    life = Life(rng, shape)
    life.run()
    keys = list_keys(life)
    presence = Presence.of(life.snapshots)
    last = Month.at(shape.first.index + shape.months - 1)
    tables = {
        "strength": build_strength(life, presence, keys),
        "movements": records.build_movements(life, keys),
        "processes": records.build_selections(life, keys),
        "vetting": records.build_vetting(life, keys),
        "conduct": records.build_conduct(life, presence, keys),
        "reviews": records.build_reviews(life, presence, keys),
        "training": records.build_training(life, presence, keys),
        "survey": records.build_survey(life, presence),
        "exits": records.build_exits(life, keys),
        "benchmarks": build_benchmarks(shape.first),
        "targets": build_targets(last),
    }
    return SyntheticWorkforce(shape, tables, list_truths(shape))


def list_truths(shape: WorkforceShape) -> tuple[PlantedTruth, ...]:
    """What is planted, in numbers and in words."""
    truths = [
        PlantedTruth(
            "slower step", step.group, step.from_grade, step.ratio,
            f"{_named(step.group)} are promoted from {step.from_grade} at {step.ratio:g} "
            "times the monthly chance of everybody else.",
        )
        for step in shape.slower
    ]  # fmt: skip
    truths += [
        PlantedTruth(
            "filtering stage", one.group, f"{one.process_kind}: {one.stage}", one.ratio,
            f"{_named(one.group)} pass the {one.stage} of {one.process_kind} processes at "
            f"{one.ratio:g} times the rate of everybody else.",
        )
        for one in shape.filters
    ]  # fmt: skip
    truths += [
        PlantedTruth(
            "losing unit", None, one.unit, one.ratio,
            f"People in {one.unit} leave at {one.ratio:g} times the rate of other units.",
        )
        for one in shape.losing
    ]  # fmt: skip
    return tuple(truths)


def _named(group: Group) -> str:
    """The group in the words of its codelist."""
    (codelist, *_) = TABLES["strength"].column(group.characteristic).codelists
    labels = [get_codelist(codelist).get(code).label for code in group.codes]
    words = " or ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    return f"People whose {group.characteristic.replace('_', ' ')} is {words}"
