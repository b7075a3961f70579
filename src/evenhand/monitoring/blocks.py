"""The sections of a place's page: one indicator each, drawn from its released figures."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.core import Marker
from evenhand.disclosure import ReleasedTable
from evenhand.indicators import STOPS, Indicator
from evenhand.monitoring.comparisons import (
    build_like_for_like_charts,
    build_ratio_charts,
    build_value_charts,
)
from evenhand.monitoring.methods import build_method
from evenhand.monitoring.parts import build_part_charts
from evenhand.monitoring.scene import FIELDS, Scene
from evenhand.monitoring.trends import build_trend_charts
from evenhand.publication import Block, TableView

SUMMARY_SENTENCES = 3

_GROUP_VIEW = ("group", "count", "of", "value", "low", "high", "repeated")


def build_blocks(scene: Scene) -> tuple[Block, ...]:
    """Every indicator's section, in the indicators' order, then what searches were for."""
    blocks = [_build_block(scene, indicator) for indicator in STOPS]
    return (*(block for block in blocks if block), *_breakdowns(scene))


def _build_block(scene: Scene, indicator: Indicator) -> Block | None:
    findings = scene.findings_of(indicator)
    charts = [
        *build_ratio_charts(scene, indicator),
        *build_value_charts(scene, indicator),
        *build_like_for_like_charts(scene, indicator),
        *build_part_charts(scene, indicator),
        *build_trend_charts(scene, indicator),
    ]
    tables = _group_tables(scene, indicator)
    if not charts and not tables:
        return None
    return Block(
        id=indicator.id,
        question=indicator.question,
        summary=(*_summary(findings), *_summary(scene.changes_of(indicator))),
        explanation=indicator.explanation,
        charts=tuple(charts),
        tables=tuple(TableView(table, _GROUP_VIEW) for table in tables),
        method=build_method(scene.release, indicator, findings),
        downloads=tuple(_downloads(scene, indicator)),
    )


def _summary(findings: ReleasedTable | None) -> Iterable[str]:
    """The first sentences that may be shown, most worrying first, each said once."""
    if findings is None:
        return []
    said = [s for s in findings.table.cells["sentence"] if not isinstance(s, Marker)]
    return list(dict.fromkeys(str(s) for s in said))[:SUMMARY_SENTENCES]


def _group_tables(scene: Scene, indicator: Indicator) -> list[ReleasedTable]:
    """Counts that no chart shows whole: a rate's groups, the detailed groups, all at once."""
    names = indicator.characteristics or FIELDS[:1]
    if indicator.characteristics and not indicator.is_rate:
        names = tuple(n for n in names if n == "ethnicity-detailed")
    tables = [scene.figures.find(f"{indicator.id}-by-{name}") for name in names]
    found = [t for t in tables if t is not None]
    return found if indicator.characteristics else [t.where(group="All") for t in found]


def _downloads(scene: Scene, indicator: Indicator) -> list[ReleasedTable]:
    """Whole tables as files: months by group, of which the chart draws only the known groups, the
    two latest years, and every change between them, findings or not."""
    names = (
        f"{indicator.id}-monthly-by-{FIELDS[0]}",
        f"{indicator.id}-by-year",
        f"findings-{indicator.id}-change",
    )
    return [table for name in names if (table := scene.figures.find(name))]


def _breakdowns(scene: Scene) -> tuple[Block, ...]:
    kinds = (
        ("legislation", "Which powers were used, and on whom?"),
        ("object", "What were people searched for?"),
    )
    blocks = []
    for kind, question in kinds:
        table = scene.figures.find(f"searches-by-{kind}")
        if table is None or not len(table.table):
            continue
        blocks.append(
            Block(
                id=f"by-{kind}",
                question=question,
                explanation="Each column is the share of a group’s own searches, in percent. "
                "Groups searched under different powers or for different things cannot be "
                "expected to have the same outcomes.",
                tables=(TableView(table, (kind, "share"), across="group"),),
            )
        )
    return tuple(blocks)
