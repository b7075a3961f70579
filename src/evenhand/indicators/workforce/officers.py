"""All officers together, today and in each year before: what a target for the ladder is held to.

All officers are the sum of the officers' grades, which are cells of the tables of groups. To say
the sum exactly would cost every audience but the cleared half of those cells; so these tables are
kept apart, and released exactly or in rounded shares (:mod:`evenhand.monitoring.coarse`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.catalogue import HEADS
from evenhand.indicators.workforce.characteristics import Characteristic, Group
from evenhand.indicators.workforce.findings import (
    Draft,
    add_groups,
    add_place,
    identity,
    whole_numbers,
)
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.tensors import Tensors
from evenhand.indicators.workforce.years import HEADS_THEN, YEAR
from evenhand.stats import Proportion, proportion

OFFICERS = "All officers"
ROLE = "officer"


def build_officers(
    tensors: Tensors, characteristic: Characteristic, setting: Setting
) -> Iterator[Table]:
    """All officers by group: of the last snapshot, and of the same month of each year before."""
    steps = _steps(tensors)
    years = tuple(y for y in tensors.axis("year", "ladder") if y < str(setting.at.year))
    now = tensors.groups("ladder", "heads", ("step",), of=characteristic, axes={"step": steps})
    yield _build(now.sum(axis=0)[None], characteristic, setting, years=())
    if years:
        axes = {"year": years, "step": steps}
        then = tensors.groups(
            "ladder", "heads_then", ("year", "step"), of=characteristic, axes=axes
        )
        then = then.sum(axis=1)
        there = np.flatnonzero(then.sum(axis=1))
        some = tuple(years[i] for i in there.tolist())
        yield _build(then[there], characteristic, setting, years=some)


def _steps(tensors: Tensors) -> tuple[str, ...]:
    return tuple(s for s in tensors.axis("step", "ladder") if s.split("/")[0] == ROLE)


def _build(
    heads: np.ndarray, characteristic: Characteristic, setting: Setting, *, years: tuple[str, ...]
) -> Table:
    known = heads[:, list(characteristic.known)].sum(axis=1)
    everybody = np.concatenate([heads, heads.sum(axis=1, keepdims=True)], axis=1)
    year, group = (index.ravel() for index in np.indices(everybody.shape))
    members: list[Group | None] = [*characteristic.groups, None]
    draft = Draft()
    add_place(draft, setting, np.full(len(year), WHOLE), [OFFICERS] * len(year))
    if years:
        draft.add(YEAR, [years[i] for i in year.tolist()])
    add_groups(draft, characteristic, [members[i] for i in group.tolist()])
    count = everybody[year, group]
    measure = HEADS_THEN if years else identity(HEADS)
    draft.add(
        Column("count", Role.COUNT, "People", measure=measure, decimals=0), whole_numbers(count)
    )
    of = Column("of", Role.DERIVED, "Of those known", decimals=0)
    draft.add(of, whole_numbers(known[year]))
    shown = np.array([each is not None and each.known for each in members])[group]
    share = proportion(Proportion(np.where(shown, count, 0), np.where(shown, known[year], 0)))
    for name, title in (("value", "Share of those known"), ("low", "Low (95%)"),
                        ("high", "High (95%)")):  # fmt: skip
        cells = as_cells(getattr(share, name) * 100)
        draft.add(Column(name, Role.DERIVED, title, "%", decimals=1), cells)
    kind = "officers-then" if years else "officers"
    return draft.finish(f"{kind}-{characteristic.id}", OFFICERS, characteristic, pooled=False)
