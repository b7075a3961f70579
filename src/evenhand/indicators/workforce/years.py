"""Who was there at the same month of each year: representation over years."""

from __future__ import annotations

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.catalogue import REPRESENTATION
from evenhand.indicators.workforce.characteristics import Characteristic, Group
from evenhand.indicators.workforce.findings import Draft, add_groups, add_place, whole_numbers
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting, step_label
from evenhand.indicators.workforce.tensors import Tensors
from evenhand.stats import Proportion, proportion

YEAR = Column("year", Role.DIMENSION, "Year")
HEADS_THEN = "ladder.heads_then"
"""What is counted of the years before: another count than today's."""


def build_years(tensors: Tensors, characteristic: Characteristic, setting: Setting) -> Table | None:
    """Heads and share of those known, by grade, in every year before the one measured.

    The last year is the table of groups itself: the same count under two names could be set
    against itself. None where there is no year before.
    """
    years = tuple(y for y in tensors.axis("year", "ladder") if y < str(setting.at.year))
    steps = tensors.axis("step", "ladder")
    if not years:
        return None
    heads = tensors.groups(
        "ladder", "heads_then", ("year", "step"), of=characteristic,
        axes={"year": years, "step": steps},
    )  # fmt: skip
    heads = np.concatenate([heads.sum(axis=1, keepdims=True), heads], axis=1)
    heads = np.concatenate([heads, heads.sum(axis=2, keepdims=True)], axis=2)
    known = heads[..., list(characteristic.known)].sum(axis=2)
    year, step, group = (index.ravel() for index in np.indices(heads.shape))
    kept = heads[..., -1][year, step] > 0
    year, step, group = year[kept], step[kept], group[kept]
    members: list[Group | None] = [*characteristic.groups, None]
    draft = Draft()
    labels = ["", *(step_label(REPRESENTATION, each) for each in steps)]
    add_place(draft, setting, np.full(len(year), WHOLE), [labels[i] for i in step.tolist()])
    draft.add(YEAR, [years[i] for i in year.tolist()])
    add_groups(draft, characteristic, [members[i] for i in group.tolist()])
    count = heads[year, step, group]
    draft.add(Column("count", Role.COUNT, "People", measure=HEADS_THEN, decimals=0),
              whole_numbers(count))  # fmt: skip
    shown = np.array([each is not None and each.known for each in members])[group]
    share = proportion(Proportion(np.where(shown, count, 0), np.where(shown, known[year, step], 0)))
    for name, title in (("value", "Share of those known"), ("low", "Low (95%)"),
                        ("high", "High (95%)")):  # fmt: skip
        cells = as_cells(getattr(share, name) * 100)
        draft.add(Column(name, Role.DERIVED, title, "%", decimals=1), cells)
    return draft.finish(
        f"years-{REPRESENTATION.id}-{characteristic.id}",
        "Representation over years",
        characteristic,
        pooled=True,
    )
