"""Every comparison of the workforce as a finding, in the columns that all findings have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.findings import PLAIN
from evenhand.indicators.tables import ALL, GROUP, PLACE, WHERE, as_cells
from evenhand.indicators.underlying import PREFIX
from evenhand.indicators.workforce.characteristics import REST, Characteristic, Group
from evenhand.indicators.workforce.definition import Count, Kind, Measure
from evenhand.indicators.workforce.evaluate import Evaluated
from evenhand.indicators.workforce.pairs import WHOLE
from evenhand.indicators.workforce.sentences import build_sentences
from evenhand.indicators.workforce.setting import Setting, step_label

STEP = Column("step", Role.DIMENSION, "Step")
REST_LABEL, REST_OF_SERVICE = "everybody else known", "rest of the service"


@dataclass(slots=True)
class Draft:
    """A table in the making: columns with their cells, and what adds up to what."""

    columns: list[Column] = field(default_factory=list)
    cells: dict[str, Sequence[Cell]] = field(default_factory=dict)

    def add(self, column: Column, cells: Sequence[Cell]) -> str:
        """One more column; its name, for others to refer to."""
        self.columns.append(column)
        self.cells[column.name] = cells
        return column.name

    def finish(self, name: str, title: str, characteristic: Characteristic | None, *,
               pooled: bool) -> Table:  # fmt: skip
        """The table, with its totals: all units, all groups, and all steps where they add up."""
        sums, within = dict(WHERE), {}
        if pooled:
            sums["step"] = ""
        if characteristic is not None and characteristic.parts:
            sums |= {f"group/{part.id}": ALL for part in characteristic.parts}
        else:
            sums["group"], within = ALL, {"group": "characteristic"}
        return Table(name, title, tuple(self.columns), self.cells, sums=sums, within=within)


def identity(count: Count) -> str:
    """What a column of counts counts, the same in every table that shows it."""
    return f"{count.facts}.{count.measure}"


def add_place(draft: Draft, setting: Setting, unit: np.ndarray, step: Sequence[str]) -> None:
    """Service, unit and step of each row."""
    units = [setting.unit_name(i) for i in unit.tolist()]
    draft.add(PLACE[0], [setting.service] * len(units))
    draft.add(PLACE[1], units)
    draft.add(STEP, step)


def add_groups(
    draft: Draft, characteristic: Characteristic | None, groups: Sequence[Group | None]
) -> None:
    """Whom each row is about (None: everybody); an intersection lies on the axes of its parts."""
    labels: list[Cell] = [group.label if group else ALL for group in groups]
    kind = "place" if characteristic is None else characteristic.id
    if characteristic is None or not characteristic.parts:
        draft.add(GROUP[0], [kind] * len(groups))
        draft.add(GROUP[1], labels)
        return
    draft.add(Column("characteristic", Role.NOTE, "Characteristic"), [kind] * len(groups))
    draft.add(Column("group", Role.NOTE, "Group"), labels)
    for place, part in enumerate(characteristic.parts):
        own = [part_label(part, group, place) for group in groups]
        draft.add(Column(f"group/{part.id}", Role.DIMENSION, part.title), own)


def part_label(part: Characteristic, group: Group | None, place: int) -> str:
    """The label of one part of a combination."""
    if group is None:
        return ALL
    code = group.code.split("/")[place]
    return next(each.label for each in part.groups if each.code == code)


def add_place_and_groups(draft: Draft, evaluated: Evaluated, setting: Setting) -> None:
    """Where each comparison is made, and of whom."""
    pairs = evaluated.pairs
    add_place(draft, setting, pairs.unit, [step_name(evaluated, i) for i in pairs.step.tolist()])
    groups = [_group(evaluated.characteristic, i) for i in pairs.group.tolist()]
    add_groups(draft, evaluated.characteristic, groups)
    _comparators(draft, evaluated)


def add_finding_counts(draft: Draft, evaluated: Evaluated) -> tuple[str, ...]:
    """Both sides' counts; the names of those that what is made of them falls with."""
    return _counts(draft, evaluated)[0]


def build_findings(evaluated: Evaluated, setting: Setting) -> Table:
    """Every comparison as a finding: what, where, how large, how sure, and the sentence."""
    measure, characteristic = evaluated.measure, evaluated.characteristic
    draft = Draft()
    add_place_and_groups(draft, evaluated, setting)
    counts, leaning = _counts(draft, evaluated)
    whole = leaning if measure.of_known else counts
    add_statistics(draft, evaluated, setting, whole=whole, leaning=leaning)
    name = f"findings-{measure.id}-{_slug(characteristic)}"
    return draft.finish(name, f"{measure.title}: findings", characteristic, pooled=measure.pooled)


def add_statistics(
    draft: Draft,
    evaluated: Evaluated,
    setting: Setting,
    *,
    whole: tuple[str, ...],
    leaning: tuple[str, ...],
) -> None:
    """What was worked out of each comparison, and its sentence.

    It falls with the counts named by ``whole``; what is said of the unknown, with ``leaning``.
    """
    _notes(draft, evaluated, setting)
    statistics, measure = evaluated.statistics, evaluated.measure
    characteristic, size = evaluated.characteristic, len(evaluated)
    sentences, plain = build_sentences(evaluated, setting)
    markers = [Marker.NOT_APPLICABLE] * size
    scale = 100.0 if measure.kind in (Kind.SHARE, Kind.BENCHMARK) else 1.0

    def derived(name: str, title: str, cells: Sequence[Cell], decimals: int | None = 2) -> None:
        draft.add(Column(name, Role.DERIVED, title, decimals=decimals, uses=whole), cells)

    def lean(name: str, title: str, cells: Sequence[Cell], decimals: int | None = 2) -> None:
        draft.add(Column(name, Role.DERIVED, title, decimals=decimals, uses=leaning), cells)

    derived("signal", "Signal", [str(signal) for signal in evaluated.signal], None)
    derived("value", "Group’s value", as_cells(statistics.own.value * scale), 1)
    derived("other_value", "Comparator’s value", as_cells(statistics.other.value * scale), 1)
    derived("estimate", "Ratio, or months longer", as_cells(statistics.ratio.value))
    derived("low", "Low (95%)", as_cells(statistics.ratio.low))
    derived("high", "High (95%)", as_cells(statistics.ratio.high))
    derived("p_adjusted", "Adjusted p", as_cells(evaluated.p_adjusted), 4)
    draft.add(
        Column("comparisons", Role.NOTE, "Comparisons adjusted for"), evaluated.family.tolist()
    )
    single = characteristic is not None and not characteristic.parts
    bounded = single and evaluated.below is None
    lean("unknown_share", "Share not known",
         as_cells(evaluated.unknown_share) if single else markers, 3)  # fmt: skip
    lean("low_bound", "If all unknown were the comparator’s",
         as_cells(statistics.low_bound) if bounded else markers)  # fmt: skip
    lean("high_bound", "If all unknown were the group’s",
         as_cells(statistics.high_bound) if bounded else markers)  # fmt: skip
    derived("without_repeats", "Ratio without exact repeats", markers)
    derived("detectable", "Smallest ratio, or months, these numbers could show",
            as_cells(statistics.detectable))  # fmt: skip
    lean("sentence", "Finding", sentences, None)
    draft.add(Column("method", Role.NOTE, "Method"), [method_of(evaluated)] * size)
    derived(PLAIN, "Finding, the unknowns left out", plain, None)


def _slug(characteristic: Characteristic | None) -> str:
    return "place" if characteristic is None else "-".join(characteristic.columns)


def step_name(evaluated: Evaluated, step: int) -> str:
    """The heading of a step; empty for all of them."""
    return "" if step == WHOLE else step_label(evaluated.measure, evaluated.scene.steps[step])


def _group(characteristic: Characteristic | None, group: int) -> Group | None:
    return None if characteristic is None else characteristic.groups[group]


def _comparators(draft: Draft, evaluated: Evaluated) -> None:
    """Who each is compared with; of an intersection, part by part too."""
    characteristic, size = evaluated.characteristic, len(evaluated)
    if evaluated.against:
        other = evaluated.against
    elif evaluated.below is not None:
        other = "the grade below"
        steps = [step_name(evaluated, i) for i in evaluated.below.step.tolist()]
        draft.add(Column("comparator_step", Role.NOTE, "Grade below"), steps)
    elif characteristic is None:
        other = REST_OF_SERVICE
    elif characteristic.reference == REST:
        other = REST_LABEL
    else:
        other = characteristic.groups[characteristic.reference].label
        for place, part in enumerate(characteristic.parts):
            label = part_label(part, characteristic.groups[characteristic.reference], place)
            draft.add(
                Column(f"comparator/{part.id}", Role.NOTE, f"{part.title} compared with"),
                [label] * size,
            )
    draft.add(Column("comparator", Role.NOTE, "Compared with"), [other] * size)


def _notes(draft: Draft, evaluated: Evaluated, setting: Setting) -> None:
    measure, size = evaluated.measure, len(evaluated)
    for name, title, value in (
        ("field", "As recorded by", "self-declared" if evaluated.characteristic else ""),
        ("indicator", "Indicator", measure.id),
        ("period", "Period", str(setting.period_of(measure))),
        ("scale", "Estimate is in", "months" if measure.kind is Kind.WAIT else "times"),
    ):
        draft.add(Column(name, Role.NOTE, title), [value] * size)


def _counts(draft: Draft, evaluated: Evaluated) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides’ counts; what a finding’s figures fall with, and what those of the unknown do."""
    measure, pairs = evaluated.measure, evaluated.pairs
    shown = [draft.add(*count_column(measure, "count", pairs.count))]
    of = of_column(measure, pairs.of)
    draft.add(*of)
    under = _underlying(draft, evaluated)
    others = _others(evaluated)
    for column, cells in others:
        draft.add(column, cells)
    shown += [column.name for column, _ in (of, *others) if column.role is Role.COUNT]
    if _is_rest(evaluated):
        return tuple(shown + under), tuple(shown + under)
    return tuple(shown), tuple(shown + under)


def _is_rest(evaluated: Evaluated) -> bool:
    """Whether the comparator is what is left of a total, and so leans on the total."""
    characteristic = evaluated.characteristic
    if evaluated.before:
        return False
    return characteristic is None or characteristic.reference == REST


def count_column(measure: Measure, name: str, values: np.ndarray) -> tuple[Column, Sequence[Cell]]:
    """What a measure counts, as a column to be protected."""
    title = measure.words.counted.capitalize()
    of = "of" if measure.kind in (Kind.SHARE, Kind.WAIT) and not measure.of_known else ""
    column = Column(name, Role.COUNT, title, measure=_counted(measure), of=of, decimals=0)
    return column, whole_numbers(values)


def _counted(measure: Measure) -> str:
    return (
        f"{identity(measure.count)}.events"
        if measure.kind is Kind.WAIT
        else identity(measure.count)
    )


def of_column(measure: Measure, values: np.ndarray) -> tuple[Column, Sequence[Cell]]:
    """What a measure is counted over: people, person-years, or those whose answer is known."""
    title = measure.words.base.capitalize()
    if measure.kind is Kind.RATE:
        cells = as_cells(values)
        return Column("of", Role.POPULATION, title, "person-years", decimals=0), cells
    if measure.of_known:
        # Those whose answer is known are a total less the unknown: it falls with either.
        return Column("of", Role.DERIVED, title, decimals=0), whole_numbers(values)
    column = Column("of", Role.COUNT, title, measure=identity(measure.of), decimals=0)
    return column, whole_numbers(values)


def _others(evaluated: Evaluated) -> list[tuple[Column, Sequence[Cell]]]:
    measure, pairs, characteristic = evaluated.measure, evaluated.pairs, evaluated.characteristic
    if measure.kind is Kind.BENCHMARK:
        nothing: list[Cell] = [Marker.NOT_APPLICABLE] * len(evaluated)
        return [
            (Column("other_count", Role.NOTE, "Comparator’s count"), nothing),
            (Column("other_of", Role.NOTE, "Comparator’s out of"), nothing),
        ]
    count, counted = count_column(measure, "other_count", pairs.other_count)
    of, whole = of_column(measure, pairs.other_of)
    if evaluated.before:
        # The same group at an earlier time, counted from facts of its own.
        sides = (
            (
                replace(
                    count, measure=f"{evaluated.before}.{measure.count.measure}", of="other_of"
                ),
                counted,
            ),
            (
                replace(of, name="other_of", measure=f"{evaluated.before}.{measure.of.measure}"),
                whole,
            ),
        )
        return list(sides)
    if evaluated.below is not None:
        column = replace(count, of="", instead={"step": "comparator_step"})
        return [(column, counted), (replace(of, name="other_of"), whole)]
    titles = f"Comparator’s {count.title.lower()}", f"Comparator’s {of.title.lower()}"
    if characteristic is None or characteristic.reference == REST:
        role = Role.POPULATION if of.role is Role.POPULATION else Role.DERIVED
        return [
            (Column("other_count", Role.DERIVED, titles[0], decimals=0), counted),
            (Column("other_of", role, titles[1], of.unit, decimals=0), whole),
        ]
    instead = {f"group/{part.id}": f"comparator/{part.id}" for part in characteristic.parts}
    instead = instead or {"group": "comparator"}
    return [
        (Column("other_count", Role.COUNT, titles[0], measure=count.measure, decimals=0,
                of="other_of" if of.role is Role.COUNT else "", instead=instead), counted),
        (Column("other_of", of.role, titles[1], of.unit, measure=of.measure, decimals=0,
                instead=instead), whole),
    ]  # fmt: skip


def _underlying(draft: Draft, evaluated: Evaluated) -> list[str]:
    """Counts that the figures lean on without showing them: the unknown, and everybody."""
    measure, pairs, characteristic = evaluated.measure, evaluated.pairs, evaluated.characteristic
    size, made = len(evaluated), []
    if evaluated.before:
        return []
    sides = [("count", _counted(measure), pairs.kinds, pairs.total)]
    if measure.kind in (Kind.SHARE, Kind.WAIT) and not measure.of_known:
        sides.append(("of", identity(measure.of), pairs.kinds_of, pairs.total_of))
    if characteristic is None:
        place = draft.add(Column(f"{PREFIX}unit", Role.NOTE, "unit"), [""] * size)
        for name, counted, _, total in sides:
            column = Column(f"{PREFIX}{name}", Role.COUNT, name, measure=counted,
                            instead={"unit": place})  # fmt: skip
            made.append(draft.add(column, whole_numbers(total)))
        return made
    if characteristic.parts:
        return made
    labels = {f"kind{k}": characteristic.groups[i].label
              for k, i in enumerate(characteristic.unknown)} | {"all": ALL}  # fmt: skip
    for kind, label in labels.items():
        place = draft.add(Column(f"{PREFIX}{kind}", Role.NOTE, kind), [label] * size)
        for name, counted, kinds, total in sides:
            values = total if kind == "all" else kinds[:, int(kind[4:])]
            column = Column(f"{PREFIX}{name}_{kind}", Role.COUNT, kind, measure=counted,
                            instead={"group": place})  # fmt: skip
            made.append(draft.add(column, whole_numbers(values)))
        if evaluated.below is not None:
            lower = evaluated.below
            values = lower.total if kind == "all" else lower.kinds[:, int(kind[4:])]
            column = Column(f"{PREFIX}below_{kind}", Role.COUNT, kind, measure=sides[0][1],
                            instead={"group": place, "step": "comparator_step"})  # fmt: skip
            made.append(draft.add(column, whole_numbers(values)))
    return made


def whole_numbers(values: np.ndarray) -> list[Cell]:
    """Counts as whole numbers."""
    cells: list[Cell] = np.rint(values).astype(np.int64).tolist()
    return cells


def method_of(evaluated: Evaluated) -> str:
    """The method of a finding's figures and the family of its p, by name."""
    measure = evaluated.measure
    test = {
        Kind.SHARE: "mid-p Fisher test",
        Kind.RATE: "conditional exact test",
        Kind.BENCHMARK: "exact binomial test",
        Kind.WAIT: "log-rank test stratified by cohort",
    }[measure.kind]
    if evaluated.pairs.strata is not None:
        test = f"Cochran–Mantel–Haenszel test within {measure.adjusted_for}"
    return (
        f"{evaluated.statistics.ratio.method}, 95%; {test}; Benjamini–Hochberg within "
        f"{measure.id} and level; docs/methods/{measure.note}"
    )
