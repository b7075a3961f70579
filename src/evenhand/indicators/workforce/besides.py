"""What a run holds besides its findings: curves, years, conventions, drivers, agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evenhand.core import Table
from evenhand.indicators.workforce.catalogue import EXAM_PASS, MANAGER_SUPPORT, PROCESS_STAGE
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.curves import build_curves
from evenhand.indicators.workforce.definition import Kind
from evenhand.indicators.workforce.disclosing import (
    build_disclosure,
    build_disclosure_findings,
    count_asked,
    evaluate_disclosure,
)
from evenhand.indicators.workforce.evaluate import Evaluated, adjust_together
from evenhand.indicators.workforce.explained import WITHIN, build_explained
from evenhand.indicators.workforce.findings import build_findings
from evenhand.indicators.workforce.monthly import build_monthly
from evenhand.indicators.workforce.put import Put
from evenhand.indicators.workforce.second_looks import build_agreement
from evenhand.indicators.workforce.selecting import build_selection
from evenhand.indicators.workforce.setting import Setting
from evenhand.indicators.workforce.tensors import Tensors
from evenhand.indicators.workforce.thresholds import WorkforceThresholds
from evenhand.indicators.workforce.treatment import NOT_DISCLOSED
from evenhand.indicators.workforce.voices import CHANGE, change_signals, evaluate_change
from evenhand.indicators.workforce.waits import build_waiting
from evenhand.indicators.workforce.years import build_years

SELECTED = (PROCESS_STAGE, EXAM_PASS, MANAGER_SUPPORT)
"""The measures that are selections, for the conventions of law."""


def add_figures(put: Put, tensors: Tensors, setting: Setting, *, longest: int) -> Put:
    """A measure with what is drawn besides its findings: curves of a wait, impact ratios."""
    more: list[Table] = []
    if put.measure.kind is Kind.WAIT:
        for characteristic in single(tensors):
            if tensors.has(put.measure.count.facts, characteristic):
                waiting = build_waiting(tensors, put.measure.count.facts, characteristic)
                more.append(build_curves(put.measure, waiting, setting, longest=longest))
    if put.measure in SELECTED:
        more += [build_selection(each, setting) for each in put.evaluated if each.characteristic]
    return replace(put, figures=(*put.figures, *more)) if more else put


def single(tensors: Tensors) -> Iterable[Characteristic]:
    """The characteristics alone, without their intersections."""
    return [each for each in tensors.characteristics.values() if not each.parts]


def build_besides(tensors: Tensors, setting: Setting) -> tuple[Table, ...]:
    """Tables of the whole run: years, explained and unexplained, second looks."""
    made: list[Table | None] = []
    for characteristic in single(tensors):
        if tensors.holds("ladder"):
            made.append(build_years(tensors, characteristic, setting))
        if tensors.holds("months", "leaving"):
            made.append(build_monthly(tensors, characteristic, setting))
        if tensors.holds("risen", "careers", "ladder"):
            made += [
                build_explained(tensors, characteristic, setting, within=within)
                for within in WITHIN
            ]
        if tensors.holds("vetting") and tensors.has("vetting", characteristic):
            made.append(build_agreement(tensors, characteristic, setting))
    return tuple(table for table in made if table is not None and len(table))


def put_disclosure(
    tensors: Tensors, setting: Setting, thresholds: WorkforceThresholds
) -> Put | None:
    """Who would rather not say, unit by unit; None without anybody to ask."""
    asked = count_asked(tensors)
    if asked is None:
        return None
    found = evaluate_disclosure(asked, thresholds=thresholds) if len(tensors.units) > 1 else None
    findings = () if found is None else (build_disclosure_findings(found, asked, setting),)
    evaluated = () if found is None else (found,)
    return Put(NOT_DISCLOSED, evaluated, findings, (build_disclosure(asked, tensors, setting),))


def put_change(tensors: Tensors, setting: Setting, thresholds: WorkforceThresholds) -> Put | None:
    """What has changed since the survey before; None where there was none."""
    found: list[Evaluated] = []
    for characteristic in single(tensors):
        if tensors.holds("survey", "survey_before") and tensors.has("survey", characteristic):
            each = evaluate_change(tensors, characteristic, thresholds=thresholds)
            found += [] if each is None else [each]
    if not found:
        return None
    together = [change_signals(each) for each in adjust_together(found, thresholds)]
    findings = tuple(build_findings(each, setting) for each in together)
    return Put(CHANGE, tuple(together), findings, ())
