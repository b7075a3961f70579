"""Month by month: how many left, of how many there on the first of the month."""

from __future__ import annotations

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.catalogue import LEAVING
from evenhand.indicators.workforce.characteristics import Characteristic, Group
from evenhand.indicators.workforce.findings import (
    Draft,
    add_groups,
    add_place,
    identity,
    whole_numbers,
)
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting, step_label
from evenhand.indicators.workforce.tensors import Tensors
from evenhand.stats import Rate, rate

MONTH = Column("month", Role.DIMENSION, "Month")


def build_monthly(
    tensors: Tensors, characteristic: Characteristic, setting: Setting
) -> Table | None:
    """Leavers and their rate in each month of the year measured, by grade and group.

    A month without a snapshot has no rate; it is a gap and no zero. None where nobody left.
    """
    months = tensors.axis("month", "months", "leaving")
    steps = tensors.axis("step", "months", "leaving")
    axes = {"month": months, "step": steps}
    left, there = (
        tensors.groups(facts, name, ("month", "step"), of=characteristic, axes=axes)
        for facts, name in (("leaving", "left"), ("months", "there"))
    )
    if not left.any():
        return None
    left, there = (_with_totals(counts) for counts in (left, there))
    month, step, group = (index.ravel() for index in np.indices(left.shape))
    kept = (there[..., -1].sum(axis=0) > 0)[step]
    month, step, group = month[kept], step[kept], group[kept]
    count, of = left[month, step, group], there[month, step, group]
    members: list[Group | None] = [*characteristic.groups, None]
    labels = ["", *(step_label(LEAVING, each) for each in steps)]
    draft = Draft()
    add_place(draft, setting, np.full(len(month), WHOLE), [labels[i] for i in step.tolist()])
    draft.add(MONTH, [months[i] for i in month.tolist()])
    add_groups(draft, characteristic, [members[i] for i in group.tolist()])
    draft.add(Column("count", Role.COUNT, "People who left", measure=identity(LEAVING.count),
                     decimals=0), whole_numbers(count))  # fmt: skip
    draft.add(Column("of", Role.POPULATION, "People on the first of the month", decimals=0),
              as_cells(of))  # fmt: skip
    found = rate(Rate(np.where(of > 0, count, 0), of), per=100.0)
    for name, title in (("value", "Left"), ("low", "Low (95%)"), ("high", "High (95%)")):
        column = Column(name, Role.DERIVED, title, "in 100 a month", decimals=2)
        draft.add(column, as_cells(getattr(found, name)))
    made = draft.finish(
        f"monthly-{LEAVING.id}-{characteristic.id}", "Leaving by month", characteristic,
        pooled=True,
    )  # fmt: skip
    return Table(
        made.name, made.title, made.columns, made.cells,
        sums={**made.sums, "month": ""}, within=made.within,
    )  # fmt: skip


def _with_totals(counts: np.ndarray) -> np.ndarray:
    """All grades before the grades, everybody after the groups."""
    counts = np.concatenate([counts.sum(axis=1, keepdims=True), counts], axis=1)
    return np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
