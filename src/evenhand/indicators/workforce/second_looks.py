"""How far do second looks at vetting decisions agree with the first?"""

from __future__ import annotations

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.characteristics import Characteristic, Group
from evenhand.indicators.workforce.findings import Draft, add_groups, add_place, whole_numbers
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.tensors import Tensors
from evenhand.stats import agreement

CELLS = (("cleared_twice", "then_refused"), ("then_cleared", "refused_twice"))
"""First decision down, second across: cleared, refused."""


def build_agreement(tensors: Tensors, characteristic: Characteristic, setting: Setting) -> Table:
    """Cohen’s κ of first and second decisions for each group and everybody, with its table."""
    steps = tensors.axis("step", "vetting")
    tables = np.array(
        [
            [
                tensors.groups(
                    "vetting", name, ("step", "stratum"), of=characteristic,
                    axes={"step": steps, "stratum": ("",)},
                ).sum(axis=(0, 1))
                for name in row
            ]
            for row in CELLS
        ]
    )  # fmt: skip
    by_group = np.moveaxis(tables, -1, 0)
    by_group = np.concatenate([by_group, by_group.sum(axis=0, keepdims=True)])
    found = agreement(by_group)
    members: list[Group | None] = [*characteristic.groups, None]
    draft = Draft()
    add_place(draft, setting, np.full(len(members), WHOLE), [""] * len(members))
    add_groups(draft, characteristic, members)
    for i, row in enumerate(CELLS):
        for j, name in enumerate(row):
            title = name.replace("_", " ").capitalize()
            column = Column(name, Role.COUNT, title, measure=f"vetting.{name}", decimals=0)
            draft.add(column, whole_numbers(by_group[:, i, j]))
    for name, title, values in (
        ("observed", "Share that agree", found.observed),
        ("kappa", "κ", found.kappa.value),
        ("low", "Low (95%)", found.kappa.low),
        ("high", "High (95%)", found.kappa.high),
    ):
        draft.add(Column(name, Role.DERIVED, title, decimals=2), as_cells(values))
    return draft.finish(
        f"agreement-workforce-vetting-{characteristic.id}",
        "Second looks at vetting decisions",
        characteristic,
        pooled=False,
    )
