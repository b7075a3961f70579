"""The workforce's measures put to loaded tables: findings and figures, none released yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from evenhand.core import Month, NothingToMeasure, Period, Table, UsageProblem
from evenhand.datasets.workforce import CHARACTERISTICS
from evenhand.indicators.workforce.benchmarks import Benchmark, find_benchmark
from evenhand.indicators.workforce.besides import (
    add_figures,
    build_besides,
    put_change,
    put_disclosure,
)
from evenhand.indicators.workforce.catalogue import (
    LADDER_STEP,
    REPRESENTATION,
    TEMPORARY_MIX,
)
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.completion import Completion, forecast_training
from evenhand.indicators.workforce.counting import FACTS, build_cubes, find_wave
from evenhand.indicators.workforce.definition import Measure
from evenhand.indicators.workforce.evaluate import (
    Evaluated,
    adjust_together,
    evaluate_groups,
    evaluate_places,
)
from evenhand.indicators.workforce.facts import Window, find_window
from evenhand.indicators.workforce.findings import build_findings
from evenhand.indicators.workforce.groups import build_group_table
from evenhand.indicators.workforce.pairs import Scene, build_scene
from evenhand.indicators.workforce.put import Put
from evenhand.indicators.workforce.representing import (
    evaluate_ladder,
    evaluate_representation,
    evaluate_temporary_mix,
)
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.sources import open_sources
from evenhand.indicators.workforce.targeted import build_targeted
from evenhand.indicators.workforce.targets import Progress, follow_targets, list_targets
from evenhand.indicators.workforce.tensors import Tensors, build_tensors
from evenhand.indicators.workforce.thresholds import WORKFORCE_THRESHOLDS, WorkforceThresholds
from evenhand.indicators.workforce.treatment import MEASURES, NOT_DISCLOSED
from evenhand.indicators.workforce.voices import build_drivers, read_answers

PAIRS = tuple(combinations(CHARACTERISTICS, 2))
"""Every two of the six characteristics: the intersections that are measured unless others are."""


def put(
    measure: Measure,
    tensors: Tensors,
    setting: Setting,
    *,
    benchmark: Benchmark | None,
    thresholds: WorkforceThresholds,
) -> Put:
    """One measure put to every characteristic, intersection and unit that its facts know."""
    scene = build_scene(measure, tensors)
    evaluated, figures = [], []
    for characteristic in tensors.characteristics.values():
        if not _fits(measure, tensors, characteristic):
            continue
        found = _evaluate(scene, tensors, characteristic, (benchmark, thresholds))
        if found is not None:
            evaluated.append(found)
        table = build_group_table(scene, tensors, characteristic, setting)
        if table is not None and measure is not LADDER_STEP:
            figures.append(table)
    if measure.across_units and len(tensors.units) > 1 and "unit" in _dimensions(measure, tensors):
        places = evaluate_places(scene, tensors, thresholds=thresholds)
        if places is not None:
            evaluated.append(places)
    evaluated = adjust_together(evaluated, thresholds) if evaluated else []
    findings = tuple(build_findings(each, setting) for each in evaluated)
    return Put(measure, tuple(evaluated), findings, tuple(figures))


def _dimensions(measure: Measure, tensors: Tensors) -> tuple[str, ...]:
    return tensors.cubes[measure.count.facts].spec.names


def _fits(measure: Measure, tensors: Tensors, characteristic: Characteristic) -> bool:
    sides = {measure.count.facts, measure.of.facts}
    if characteristic.parts and not (measure.crossed or measure is REPRESENTATION):
        return False
    if set(characteristic.columns) & set(measure.without):
        return False
    return all(tensors.has(facts, characteristic) for facts in sides)


def _evaluate(
    scene: Scene,
    tensors: Tensors,
    characteristic: Characteristic,
    given: tuple[Benchmark | None, WorkforceThresholds],
) -> Evaluated | None:
    benchmark, thresholds = given
    if scene.measure is REPRESENTATION:
        if benchmark is None or characteristic.parts:
            return None
        return evaluate_representation(tensors, characteristic, benchmark, thresholds=thresholds)
    if scene.measure is LADDER_STEP:
        return evaluate_ladder(tensors, characteristic, thresholds=thresholds)
    if scene.measure is TEMPORARY_MIX:
        return evaluate_temporary_mix(tensors, characteristic, thresholds=thresholds)
    return evaluate_groups(scene, tensors, characteristic, thresholds=thresholds)


@dataclass(frozen=True, slots=True)
class MeasuredWorkforce:
    """Everything one run found, none of it released yet.

    ``put`` are the measures in order, each with its comparisons and figures; ``absent`` says of
    each measure that could not be put which tables it lacked. ``besides`` are tables of no one
    measure, ``confidential`` those made of answers given in confidence, ``officers`` those of all
    officers together, which only those cleared may set beside the grades. ``targets`` and
    ``training`` say what becomes of them at the present pace.
    """

    setting: Setting
    window: Window
    tensors: Tensors
    put: tuple[Put, ...]
    absent: Mapping[str, tuple[str, ...]]
    benchmark: Benchmark | None
    thresholds: WorkforceThresholds
    besides: tuple[Table, ...] = ()
    confidential: tuple[Table, ...] = ()
    officers: tuple[Table, ...] = ()
    targets: tuple[Progress, ...] = ()
    training: tuple[Completion, ...] = ()

    @property
    def findings(self) -> tuple[Table, ...]:
        """Every comparison, a table for each measure and characteristic."""
        return tuple(table for each in self.put for table in each.findings)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table there is for review together: those of all officers are kept apart."""
        figures = tuple(table for each in self.put for table in each.figures)
        return self.findings + figures + self.besides + self.confidential

    def of(self, id_: str) -> Put:
        """The measure with this id as it was put; refused where it could not be."""
        for each in self.put:
            if each.measure.id == id_:
                return each
        lacking = self.absent.get(id_)
        raise UsageProblem(
            f"{id_} was not measured.",
            remedy=f"Load {', '.join(lacking)}." if lacking else "Name a measure of the workforce.",
            rule="measure-was-put",
        )


def measure_workforce(
    tables: Mapping[str, Any],
    *,
    at: Month,
    rng: np.random.Generator,
    service: str = "",
    label: str = "the whole service",
    area: str | None = None,
    crossed: Sequence[tuple[str, ...]] = PAIRS,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> MeasuredWorkforce:
    """Are the people of the service treated evenly, from joining to leaving?

    Each table is read once into counts; every figure after that is worked out from the counts.

    Parameters
    ----------
    tables
        The canonical tables by name (:data:`evenhand.datasets.workforce.TABLES`): Arrow tables,
        DuckDB relations, or paths of Parquet files. Strength is needed; each other table adds the
        measures that it makes possible.
    at
        The last month looked at.
    rng
        For the simulated futures that targets are held to; the same generator gives the same.
    service, label
        The service's code in the tables, and how sentences name it.
    area
        Whose population is the benchmark; left out, the one with the most rows.
    crossed
        The intersections measured: two or three characteristics each, by column.
    thresholds
        The lines between the signals.

    Raises
    ------
    NothingToMeasure
        There is no snapshot of the strength up to that month.
    """
    with open_sources(tables) as sources:
        window = find_window(sources, at)
        cubes = build_cubes(sources, window, crossed=crossed)
        tensors = build_tensors(cubes, crossed=crossed)
        benchmark = find_benchmark(sources, year=at.year, area=area)
        targets = list_targets(sources)
        training = forecast_training(sources, window) if sources.holds("training") else []
        wave, _ = find_wave(sources, window)
        answers = None if wave is None else read_answers(sources, wave)
    setting = Setting(service, label, at, tensors.units)
    done, absent = _put_all(tensors, setting, benchmark=benchmark, thresholds=thresholds)
    progress = follow_targets(targets, tensors, window, rng=rng)
    targeted = build_targeted(progress, tensors, setting)
    return MeasuredWorkforce(
        setting=setting,
        window=window,
        tensors=tensors,
        put=done,
        absent=absent,
        benchmark=benchmark,
        thresholds=thresholds,
        besides=(*build_besides(tensors, setting), *targeted.grades),
        officers=targeted.officers,
        confidential=() if answers is None else (build_drivers(answers, setting),),
        targets=tuple(progress),
        training=tuple(training),
    )


def _put_all(
    tensors: Tensors,
    setting: Setting,
    *,
    benchmark: Benchmark | None,
    thresholds: WorkforceThresholds,
) -> tuple[tuple[Put, ...], dict[str, tuple[str, ...]]]:
    """Every measure in order; and, of those that cannot be put, the tables they lack."""
    done: list[Put] = []
    absent: dict[str, tuple[str, ...]] = {}
    for measure in MEASURES:
        if measure is NOT_DISCLOSED:
            continue
        missing = _missing(measure, tensors)
        if missing:
            absent[measure.id] = missing
            continue
        each = put(measure, tensors, setting, benchmark=benchmark, thresholds=thresholds)
        done.append(add_figures(each, tensors, setting, longest=thresholds.longest_wait))
    for extra in (put_change, put_disclosure):
        found = extra(tensors, setting, thresholds)
        if found is not None:
            done.append(found)
    return tuple(done), absent


def _missing(measure: Measure, tensors: Tensors) -> tuple[str, ...]:
    """The tables that a measure lacks, empty where it can be put.

    A table that says nothing of the months looked at is lacking too.
    """
    sides = {measure.count.facts, measure.of.facts}
    base = tensors.cubes.get(measure.of.facts)
    nothing = {measure.of.facts} if base is not None and not base.table.num_rows else set()
    return tuple(
        name
        for facts in FACTS
        if facts.id in sides and (facts.id not in tensors.cubes or facts.id in nothing)
        for name in facts.needs
    )


def find_months(tables: Mapping[str, Any]) -> Period:
    """From the first to the last month of which there is a snapshot."""
    with open_sources(tables) as sources:
        found = sources.engine.execute("SELECT min(month), max(month) FROM strength").fetchone()
    if not found or found[0] is None:
        raise NothingToMeasure(
            "there is no snapshot of the strength.",
            rule="strength-loaded",
            remedy="Load a strength file with evenhand load.",
        )
    first, last = found
    return Period(Month(first.year, first.month), Month(last.year, last.month))


def find_last_month(tables: Mapping[str, Any]) -> Month:
    """The month of the last snapshot there is."""
    return find_months(tables).last
