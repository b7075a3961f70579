"""Selection by the conventions lawyers know: impact ratio, four fifths, standard deviations."""

from __future__ import annotations

import numpy as np

from evenhand.core import Cell, Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.evaluate import Evaluated
from evenhand.indicators.workforce.findings import Draft, add_finding_counts, add_place_and_groups
from evenhand.indicators.workforce.setting import Setting
from evenhand.stats import Proportion, selection


def build_selection(evaluated: Evaluated, setting: Setting) -> Table:
    """Each group at each stage, of those who reached it, against the comparator.

    ``shortfall`` is how many more of the group would have got through at the comparator's rate:
    the stage at which it is largest is where the process is narrowest for the group. Crude: the
    findings compare within each process.
    """
    pairs, measure = evaluated.pairs, evaluated.measure
    own, other = Proportion(pairs.count, pairs.of), Proportion(pairs.other_count, pairs.other_of)
    found = selection(own, other)
    usual = np.divide(
        pairs.other_count, pairs.other_of, out=np.full(len(pairs), np.nan), where=pairs.other_of > 0
    )
    draft = Draft()
    add_place_and_groups(draft, evaluated, setting)
    uses = add_finding_counts(draft, evaluated)

    def derived(name: str, title: str, cells: list[Cell], decimals: int | None = 2) -> None:
        draft.add(Column(name, Role.DERIVED, title, decimals=decimals, uses=uses), cells)

    derived("impact_ratio", "Impact ratio", as_cells(found.impact_ratio.value))
    derived("low", "Low (95%)", as_cells(found.impact_ratio.low))
    derived("high", "High (95%)", as_cells(found.impact_ratio.high))
    derived("below_four_fifths", "Below four fifths", _words(found.below_four_fifths), None)
    derived("turns_on_one", "Turns on one person", _words(found.turns_on_one), None)
    derived(
        "standard_deviations", "Standard deviations apart", as_cells(found.standard_deviations), 1
    )
    derived("p", "p (exact, one comparison)", as_cells(found.chance.p), 4)
    derived("shortfall", "Fewer than at the comparator’s rate", as_cells(usual * pairs.of
            - pairs.count), 1)  # fmt: skip
    slug = "-".join(evaluated.characteristic.columns) if evaluated.characteristic else "place"
    return draft.finish(
        f"selection-{measure.id}-{slug}",
        f"{measure.title}: impact ratios",
        evaluated.characteristic,
        pooled=measure.pooled,
    )


def _words(mask: np.ndarray) -> list[Cell]:
    return ["yes" if each else "no" for each in mask.tolist()]
