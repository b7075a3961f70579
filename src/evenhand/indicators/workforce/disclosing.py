"""Who tells the service about themselves, and in which units more people would rather not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import Cell, Column, Role, Table
from evenhand.datasets.workforce import BLANK, CHARACTERISTICS, NOT_ASKED, PREFER_NOT_TO_SAY
from evenhand.indicators.sentences import percent
from evenhand.indicators.tables import ALL, GROUP, PLACE, WHERE, as_cells
from evenhand.indicators.underlying import PREFIX
from evenhand.indicators.workforce.catalogue import HEADS
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.estimates import estimate
from evenhand.indicators.workforce.evaluate import Evaluated, conclude
from evenhand.indicators.workforce.findings import (
    REST_OF_SERVICE,
    Draft,
    add_statistics,
    identity,
    whole_numbers,
)
from evenhand.indicators.workforce.pairs import WHOLE, Scene, pair_places
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.indicators.workforce.thresholds import WORKFORCE_THRESHOLDS, WorkforceThresholds
from evenhand.indicators.workforce.treatment import NOT_DISCLOSED
from evenhand.stats import disclosure_rate


@dataclass(frozen=True, slots=True)
class Asked:
    """Counts by unit and characteristic: told, would not say, left blank; whole service last."""

    names: tuple[str, ...]
    told: Floats
    withheld: Floats
    blank: Floats
    not_asked: Floats
    smallest: tuple[float, ...]

    @property
    def everybody(self) -> Floats:
        """All people, those who were not asked included."""
        return self.told + self.withheld + self.blank + self.not_asked


def count_asked(tensors: Tensors) -> Asked | None:
    """Everybody in the last snapshot who was asked, characteristic by characteristic."""
    names = tuple(name for name in CHARACTERISTICS if name in tensors.characteristics)
    if not names or not tensors.holds("ladder"):
        return None
    told, smallest = [], []
    unknown: dict[str, list[Floats]] = {PREFER_NOT_TO_SAY: [], BLANK: [], NOT_ASKED: []}
    for name in names:
        characteristic = tensors.characteristics[name]
        heads = _heads(tensors, characteristic)
        codes = [group.code for group in characteristic.groups]
        known = heads[:, list(characteristic.known)]
        told.append(known.sum(axis=1))
        for code, counts in unknown.items():
            counts.append(heads[:, codes.index(code)])
        # Everybody known outside the largest group: the people a disclosure rate has to beat.
        smallest.append(float(known[-1].sum() - known[-1].max(initial=0)))
    withheld, blank, not_asked = (np.array(counts).T for counts in unknown.values())
    return Asked(names, np.array(told).T, withheld, blank, not_asked, tuple(smallest))


def _heads(tensors: Tensors, characteristic: Characteristic) -> Floats:
    axes = {"unit": tensors.units, "stratum": tensors.axis("stratum", "ladder")}
    heads = tensors.groups("ladder", "heads", ("unit", "stratum"), of=characteristic, axes=axes)
    units = heads.sum(axis=1)
    return np.concatenate([units, units.sum(axis=0, keepdims=True)])


def build_disclosure(asked: Asked, tensors: Tensors, setting: Setting) -> Table:
    """The three shares of everybody asked, by unit and characteristic, with a sentence each.

    The counts are those of the unknown groups in the table of groups, and fall with them there.
    """
    rows, names = asked.told.shape
    unit = np.repeat([*range(len(tensors.units)), WHOLE], names)
    found = disclosure_rate(asked.told.ravel(), asked.withheld.ravel(), blank=asked.blank.ravel())
    draft = Draft()
    _place(draft, setting, unit, list(asked.names) * rows)
    uses = _heads_columns(draft, asked, np.arange(rows * names))
    told = Column("told", Role.DERIVED, "Told", decimals=0, uses=uses)
    draft.add(told, whole_numbers(asked.told.ravel()))
    for name, title, share in (
        ("told", "Told", found.told),
        ("withheld", "Prefer not to say", found.withheld),
    ):
        for suffix, values in (("share", share.value), ("low", share.low), ("high", share.high)):
            column = Column(f"{name}_{suffix}", Role.DERIVED, f"{title}: {suffix}", "%",
                            decimals=1, uses=uses)  # fmt: skip
            draft.add(column, as_cells(values * 100))
    said = _sentences(asked, tensors, setting)
    draft.add(Column("sentence", Role.DERIVED, "In words", uses=uses), said)
    return _finish(draft, "disclosure-workforce", "Who tells, and who would rather not")


def build_disclosure_findings(evaluated: Evaluated, asked: Asked, setting: Setting) -> Table:
    """Each unit against the rest of the service, characteristic by characteristic, as findings."""
    pairs = evaluated.pairs
    draft = Draft()
    _place(draft, setting, pairs.unit, [asked.names[i] for i in pairs.step.tolist()])
    draft.add(Column("step", Role.NOTE, "Step"), [""] * len(pairs))
    draft.add(Column("comparator", Role.NOTE, "Compared with"), [REST_OF_SERVICE] * len(pairs))
    uses = _heads_columns(draft, asked, pairs.unit * len(asked.names) + pairs.step)
    for name, title, values in (
        ("of", "People asked", pairs.of),
        ("other_count", "People who would not say in the rest", pairs.other_count),
        ("other_of", "People asked in the rest", pairs.other_of),
    ):
        draft.add(Column(name, Role.DERIVED, title, decimals=0, uses=uses), whole_numbers(values))
    add_statistics(draft, evaluated, setting, whole=uses, leaning=uses)
    title = f"{NOT_DISCLOSED.title}: findings"
    return _finish(draft, f"findings-{NOT_DISCLOSED.id}-place", title)


def _place(draft: Draft, setting: Setting, unit: np.ndarray, names: list[str]) -> None:
    draft.add(PLACE[0], [setting.service] * len(unit))
    draft.add(PLACE[1], [setting.unit_name(i) for i in unit.tolist()])
    draft.add(GROUP[0], list(names))
    draft.add(GROUP[1], ["Prefer not to say"] * len(unit))


def _finish(draft: Draft, name: str, title: str) -> Table:
    return Table(
        name,
        title,
        tuple(draft.columns),
        draft.cells,
        sums={**WHERE, "group": ALL},
        within={"group": "characteristic"},
    )


def _heads_columns(draft: Draft, asked: Asked, at: np.ndarray) -> tuple[str, ...]:
    """Who would not say, who left it blank, who was not asked, and everybody: as counted there.

    The rest of the service leans on the whole of it as well.
    """
    whole = (len(asked.told) - 1) * len(asked.names) + at % len(asked.names)
    everywhere = draft.add(Column(f"{PREFIX}unit", Role.NOTE, "unit"), [""] * len(at))
    made: list[str] = []
    for name, label, values in (
        ("count", "Prefer not to say", asked.withheld),
        ("blank", "Blank", asked.blank),
        ("not_asked", "Not asked", asked.not_asked),
        ("everybody", ALL, asked.everybody),
    ):
        place = draft.add(Column(f"{PREFIX}{name}_group", Role.NOTE, name), [label] * len(at))
        for where, rows, instead in (
            ("", at, {"group": place}),
            ("_whole", whole, {"group": place, "unit": everywhere}),
        ):
            called = name if name == "count" and not where else f"{PREFIX}{name}{where}"
            column = Column(called, Role.COUNT, "People who would not say" if called == "count"
                            else label, measure=identity(HEADS), instead=instead,
                            decimals=0)  # fmt: skip
            made.append(draft.add(column, whole_numbers(values.ravel()[rows])))
    return tuple(made)


def _sentences(asked: Asked, tensors: Tensors, setting: Setting) -> list[Cell]:
    said: list[Cell] = []
    rows, names = asked.told.shape
    for row in range(rows):
        place = setting.place_words(row if row < rows - 1 else WHOLE)
        for i in range(names):
            said.append(_sentence(asked, tensors, place, (row, i), whole=row == rows - 1))
    return said


def _sentence(
    asked: Asked, tensors: Tensors, place: str, at: tuple[int, int], *, whole: bool
) -> str:
    what = tensors.characteristics[asked.names[at[1]]].title.split(" (")[0].lower()
    told, withheld, blank = asked.told[at], asked.withheld[at], asked.blank[at]
    of = told + withheld + blank
    if not of:
        return f"In {place} nobody was asked about {what}."
    words = (
        f"In {place}, {withheld:,.0f} of {of:,.0f} people asked about {what} "
        f"({percent(withheld / of)}) prefer not to say, and {told:,.0f} told."
    )
    if whole and withheld > asked.smallest[at[1]] > 0:
        words += (
            f" More people would rather not say than belong to all groups but the largest "
            f"together ({asked.smallest[at[1]]:,.0f})."
        )
    return words


def evaluate_disclosure(
    asked: Asked, *, thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS
) -> Evaluated | None:
    """In which units do more people keep a characteristic to themselves than elsewhere?"""
    withheld = asked.withheld[:-1, :, None]
    of = (asked.told + asked.withheld + asked.blank)[:-1, :, None]
    pairs = pair_places(withheld, of, pooled=False)
    if not len(pairs):
        return None
    scene = Scene(NOT_DISCLOSED, asked.names, ())
    return conclude(scene, None, pairs, estimate(NOT_DISCLOSED.kind, pairs), thresholds)
