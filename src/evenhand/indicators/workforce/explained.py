"""How much of a gap in promotion goes with rank, length of service and unit, and how much not?"""

from __future__ import annotations

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.characteristics import REST, Characteristic
from evenhand.indicators.workforce.findings import (
    REST_LABEL,
    Draft,
    add_groups,
    add_place,
    whole_numbers,
)
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.stats import Rate, kitagawa

WITHIN = {
    "rank and length of service": ("step", "stratum"),
    "rank, length of service and unit": ("unit", "step", "stratum"),
}
"""What may explain a gap, and the dimensions that hold it."""


def build_explained(
    tensors: Tensors, characteristic: Characteristic, setting: Setting, *, within: str
) -> Table | None:
    """Promotions in 100 a year: each group less the comparator, in two parts (Kitagawa).

    *Explained* is what the different mix over ranks, service and units makes; *unexplained*, what
    is left between people alike in those. Neither says why: a mix may itself come of unequal
    treatment. None where nobody was promoted.
    """
    promoted, years = _counts(tensors, characteristic, WITHIN[within])
    groups = list(characteristic.compared)
    groups = [i for i in groups if years[:, i].sum() > 0]
    if not groups or not promoted.any():
        return None
    events = _sides(promoted, groups, characteristic)
    sizes = _sides(years, groups, characteristic)
    parts = kitagawa(Rate(events[0], sizes[0]), Rate(events[1], sizes[1]))
    draft = Draft()
    add_place(draft, setting, np.full(len(groups), WHOLE), [""] * len(groups))
    add_groups(draft, characteristic, [characteristic.groups[i] for i in groups])
    other = (
        REST_LABEL
        if characteristic.reference == REST
        else characteristic.groups[characteristic.reference].label
    )
    draft.add(Column("comparator", Role.NOTE, "Compared with"), [other] * len(groups))
    draft.add(Column("within", Role.NOTE, "Explained by"), [within] * len(groups))
    draft.add(Column("count", Role.COUNT, "Promotions", measure="risen.promotions", decimals=0),
              whole_numbers(events[0].sum(axis=1)))  # fmt: skip
    draft.add(Column("of", Role.POPULATION, "Years at those ranks", "person-years", decimals=0),
              as_cells(sizes[0].sum(axis=1)))  # fmt: skip
    for name, title, found in (
        ("difference", "Difference in 100 a year", parts.difference),
        ("explained", "Explained", parts.composition),
        ("unexplained", "Unexplained", parts.rates),
    ):
        for suffix, words in (("", title), ("_low", f"{title}: low"), ("_high", f"{title}: high")):
            values = getattr(found, suffix[1:] or "value") * 100
            draft.add(Column(f"{name}{suffix}", Role.DERIVED, words, decimals=2), as_cells(values))
    slug = f"{characteristic.id}-{'unit' if 'unit' in WITHIN[within] else 'rank'}"
    return draft.finish(
        f"explained-workforce-promotion-{slug}",
        f"Promotion: explained and unexplained by {within}",
        characteristic,
        pooled=False,
    )


def _counts(
    tensors: Tensors, characteristic: Characteristic, dimensions: tuple[str, ...]
) -> tuple[Floats, Floats]:
    """Promotions and years at the grades with a grade above, by stratum and group."""
    axes = {
        "unit": tensors.units,
        "step": tensors.axis("step", "careers"),
        "stratum": tensors.axis("stratum", "ladder", "risen"),
    }
    both = [
        tensors.groups(facts, measure, dimensions, of=characteristic, axes=axes).reshape(
            -1, len(characteristic.groups)
        )
        for facts, measure in (("risen", "promotions"), ("ladder", "all_months"))
    ]
    years = both[1] / 12
    # Somebody promoted from a cell in which no first of a month found them is at risk nowhere.
    return np.where(years > 0, both[0], 0.0), years


def _sides(
    values: Floats, groups: list[int], characteristic: Characteristic
) -> tuple[Floats, Floats]:
    own = values[:, groups].T
    if characteristic.reference == REST:
        known = values[:, list(characteristic.known)].sum(axis=1)
        return own, known[None, :] - own
    return own, np.broadcast_to(values[:, characteristic.reference], own.shape)
