"""Targets as tables: the goal, where it stands today, and the years ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.tables import GROUP as GROUP_COLUMNS
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.catalogue import HEADS, REPRESENTATION
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.findings import Draft, add_place, identity, whole_numbers
from evenhand.indicators.workforce.officers import OFFICERS, build_officers
from evenhand.indicators.workforce.outlook import GROUP, Outlook
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.setting import Setting, step_label
from evenhand.indicators.workforce.targets import Progress, Target
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.stats import Estimates, TargetYear, number_year, projected_share

TARGETS, AHEAD = "targets", "ahead"
MEASURED = "measured"
"""The column of the years ahead that says what they are in: ``%`` or ``people``."""

PARTS = ("grades", "officers", "nobody")
"""Targets for a grade, for all officers, and for people of whom there are none, in tables apart: a
grade is a cell of other tables too, and is reviewed with them; all officers are a sum of cells."""


@dataclass(frozen=True, slots=True)
class _Followed:
    """A target that somebody can be counted for."""

    progress: Progress
    outlook: Outlook
    share: Estimates

    @property
    def target(self) -> Target:
        return self.progress.target

    @property
    def rank(self) -> int | None:
        return self.progress.rank

    @property
    def step(self) -> str:
        rank = self.rank
        return (
            OFFICERS if rank is None else step_label(REPRESENTATION, self.outlook.stock.ranks[rank])
        )

    @property
    def label(self) -> str:
        groups = self.outlook.stock.characteristic.groups
        return next(each.label for each in groups if each.code == self.target.group)

    def path(self) -> Floats:
        """Middle, low and high of the futures by year: a share in hundredths, or people."""
        future = self.outlook.future
        if self.target.share is not None:
            share = projected_share(future, GROUP, rank=self.rank)
            return np.stack([share.value, share.low, share.high]) * 100
        people = future.simulated[:, :, GROUP]
        counted = people.sum(axis=-1) if self.rank is None else people[..., self.rank]
        return np.asarray(np.quantile(counted, [0.5, 0.025, 0.975], axis=0))

    def reached(self) -> TargetYear:
        """In how many years the futures first reach it."""
        if self.target.share is not None:
            return self.outlook.reaches(self.target.share, rank=self.rank)
        number = self.target.heads or 0
        return number_year(self.outlook.future, GROUP, number=number, rank=self.rank)


@dataclass(frozen=True, slots=True)
class Targeted:
    """The tables of targets: ``grades`` to be reviewed with all others, ``officers`` apart."""

    grades: tuple[Table, ...] = ()
    officers: tuple[Table, ...] = ()


def _list_characteristics(followed: Sequence[_Followed]) -> list[Characteristic]:
    """The characteristics that targets are about, once each."""
    found = [each.outlook.stock.characteristic for each in followed]
    return list({each.id: each for each in found}.values())


def build_targeted(progress: Sequence[Progress], tensors: Tensors, setting: Setting) -> Targeted:
    """The targets and their futures, and all officers of the characteristics they are about."""
    followed = [
        _Followed(each, each.outlook, each.share)
        for each in progress
        if each.outlook is not None and each.share is not None
    ]
    nobody = [each for each in progress if each.outlook is None or each.share is None]
    grades = [each for each in followed if each.rank is not None]
    whole = [each for each in followed if each.rank is None]
    one = [_targets(grades, setting, PARTS[0]), _ahead(grades, setting, PARTS[0])]
    all_ = [_targets(whole, setting, PARTS[1]), _ahead(whole, setting, PARTS[1])]
    for characteristic in _list_characteristics(whole):
        all_ += build_officers(tensors, characteristic, setting)
    return Targeted(_there([*one, _nobody(nobody, setting)]), _there(all_))


def _there(tables: Sequence[Table]) -> tuple[Table, ...]:
    return tuple(table for table in tables if len(table))


def _start(setting: Setting, steps: Sequence[str]) -> Draft:
    draft = Draft()
    add_place(draft, setting, np.full(len(steps), WHOLE), list(steps))
    return draft


def _end(draft: Draft, name: str, title: str) -> Table:
    return draft.finish(name, title, None, pooled=False)


def _targets(followed: Sequence[_Followed], setting: Setting, part: str) -> Table:
    """A row for each target: the goal for everybody, the figures for who may see its cell."""
    draft = _start(setting, [each.step for each in followed])
    _add_whom(draft, followed)
    _add_goals(draft, [each.progress for each in followed])
    _add_today(draft, followed)
    chance = [each.progress.chance * 100 for each in followed]
    when = [each.reached() for each in followed]
    for name, title, values in (
        ("value", "Share today", [float(each.share.value[0]) * 100 for each in followed]),
        ("low", "Low (95%)", [float(each.share.low[0]) * 100 for each in followed]),
        ("high", "High (95%)", [float(each.share.high[0]) * 100 for each in followed]),
        ("chance", "Futures that reach it in time", chance),
    ):
        draft.add(Column(name, Role.DERIVED, title, "%", decimals=1), as_cells(np.array(values)))
    for name, title, values in (
        ("year", "Reached in", [each.year for each in when]),
        ("year_low", "At the earliest", [each.low for each in when]),
        ("year_high", "At the latest", [each.high for each in when]),
    ):
        ahead = as_cells(np.array(values) + setting.at.year)
        cells = [
            each if isinstance(each, Marker) else str(round(float(each or 0))) for each in ahead
        ]
        draft.add(Column(name, Role.DERIVED, title), cells)
    standing = [each.progress.standing.value for each in followed]
    draft.add(Column("standing", Role.DERIVED, "Standing"), standing)
    said = [each.progress.sentence for each in followed]
    draft.add(Column("sentence", Role.DERIVED, "In words"), said)
    return _end(draft, f"{TARGETS}-{part}", "Targets")


def _ahead(followed: Sequence[_Followed], setting: Setting, part: str) -> Table:
    """What becomes of the share, or the number, in each year ahead; it falls with today's count."""
    paths = [each.path() for each in followed]
    rows = [(i, year) for i, path in enumerate(paths) for year in range(path.shape[1])]
    ours = [followed[i] for i, _ in rows]
    draft = _start(setting, [each.step for each in ours])
    _add_whom(draft, ours)
    draft.add(Column("by", Role.NOTE, "By"), [each.target.by.isoformat() for each in ours])
    years = [str(setting.at.year + year) for _, year in rows]
    draft.add(Column("year", Role.NOTE, "Year"), years)
    measured: list[Cell] = ["people" if each.target.share is None else "%" for each in ours]
    draft.add(Column(MEASURED, Role.NOTE, "In"), measured)
    _add_today(draft, ours)
    values = np.concatenate(paths, axis=1) if paths else np.zeros((3, 0))
    titles = ("If things go on", "Low (95%)", "High (95%)")
    for row, name, title in zip(values, ("value", "low", "high"), titles, strict=True):
        draft.add(Column(name, Role.DERIVED, title, decimals=1), as_cells(row))
    return _end(draft, f"{AHEAD}-{part}", "The years ahead")


def _nobody(progress: Sequence[Progress], setting: Setting) -> Table:
    targets = [each.target for each in progress]
    draft = _start(setting, [each.grade or OFFICERS for each in targets])
    draft.add(
        Column("characteristic", Role.NOTE, "Characteristic"), [e.characteristic for e in targets]
    )
    draft.add(Column("group", Role.NOTE, "Group"), [each.group for each in targets])
    _add_goals(draft, progress)
    standing = [each.standing.value for each in progress]
    draft.add(Column("standing", Role.NOTE, "Standing"), standing)
    return _end(draft, f"{TARGETS}-{PARTS[2]}", "Targets that cannot be measured")


def _add_whom(draft: Draft, followed: Sequence[_Followed]) -> None:
    draft.add(GROUP_COLUMNS[0], [each.target.characteristic for each in followed])
    draft.add(GROUP_COLUMNS[1], [each.label for each in followed])


def _add_goals(draft: Draft, progress: Sequence[Progress]) -> None:
    """What a target asks of whom by when: words that hold no count."""
    nothing = Marker.NOT_APPLICABLE
    goals: tuple[tuple[str, str, list[Cell]], ...] = (
        ("by", "By", [each.target.by.isoformat() for each in progress]),
        ("owner", "Owner", [each.target.owner for each in progress]),
        ("goal", "Target share", [
            nothing if each.target.share is None else each.target.share * 100 for each in progress
        ]),
        ("heads", "Target number", [
            nothing if each.target.heads is None else each.target.heads for each in progress
        ]),
        ("code", "Code of the group", [each.target.group for each in progress]),
        ("plain", "What is to be reached", [each.goal for each in progress]),
    )  # fmt: skip
    for name, title, cells in goals:
        draft.add(Column(name, Role.NOTE, title, decimals=1), cells)


def _add_today(draft: Draft, followed: Sequence[_Followed]) -> None:
    count = np.array([each.progress.count for each in followed], np.float64)
    draft.add(
        Column("count", Role.COUNT, "People today", measure=identity(HEADS), decimals=0),
        whole_numbers(count),
    )
    known = np.array([each.progress.of for each in followed], np.float64)
    draft.add(Column("of", Role.DERIVED, "Of those known", decimals=0), whole_numbers(known))
