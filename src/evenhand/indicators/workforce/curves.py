"""The share still waiting, year by year: curves that count fairly those not followed to the end."""

from __future__ import annotations

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.definition import Measure
from evenhand.indicators.workforce.findings import Draft, add_groups, add_place, whole_numbers
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting, step_label
from evenhand.indicators.workforce.waits import Waiting
from evenhand.stats import Curve, kaplan_meier

YEARLY = 12
"""A curve that is drawn month by month gives away each person's promotion; by the year, none."""


def build_curves(measure: Measure, waiting: Waiting, setting: Setting, *, longest: int) -> Table:
    """Of each known group at each step, the share still waiting after each year.

    ``still`` is the Kaplan–Meier estimate; the row falls with the people followed.
    """
    characteristic = waiting.characteristic
    known = np.array(characteristic.known, np.int64)
    grid = np.arange(0, min(longest, waiting.months - 1) + 1, YEARLY)
    shape = (len(waiting.steps), len(known), len(grid))
    columns = {name: np.full(shape, np.nan) for name in ("value", "low", "high")}
    people = np.zeros(shape)
    for i, step in enumerate(waiting.steps):
        curve: Curve = kaplan_meier(waiting.pooled(step))
        people[i] = waiting.entries[i].sum(axis=(0, 2))[known][:, None]
        for name, values in columns.items():
            values[i] = getattr(curve.estimates, name)[known][:, grid]
    step, group, month = (index.ravel() for index in np.indices(shape))
    kept = (people.ravel() > 0) & np.isfinite(columns["value"].ravel())
    step, group, month = step[kept], group[kept], month[kept]
    draft = Draft()
    labels = [step_label(measure, waiting.steps[i]) for i in step.tolist()]
    add_place(draft, setting, np.full(len(step), WHOLE), labels)
    add_groups(draft, characteristic, [characteristic.groups[known[i]] for i in group.tolist()])
    followed = Column("count", Role.COUNT, "People followed",
                      measure=f"{measure.of.facts}.{measure.of.measure}")  # fmt: skip
    draft.add(
        Column("months", Role.NOTE, "Months waited", "months", decimals=0), grid[month].tolist()
    )
    draft.add(followed, whole_numbers(people.ravel()[kept]))
    for name, title in (("value", "Still waiting"), ("low", "Low (95%)"), ("high", "High (95%)")):
        cells = as_cells(columns[name].ravel()[kept] * 100)
        draft.add(Column(name, Role.DERIVED, title, "%", decimals=1), cells)
    slug = "-".join(characteristic.columns)
    title = f"{measure.title}: share still waiting"
    return draft.finish(f"curve-{measure.id}-{slug}", title, characteristic, pooled=False)
