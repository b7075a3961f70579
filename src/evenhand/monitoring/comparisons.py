"""Charts that set groups side by side at one place."""

from __future__ import annotations

from evenhand.disclosure import ReleasedTable, stack
from evenhand.indicators import Indicator, name_like_for_like
from evenhand.monitoring.alternatives import say_like_for_like, say_ratios, say_values
from evenhand.monitoring.scene import FIELDS, Scene
from evenhand.publication import Chart, Intervals, Limits, Scale, TableView

UNKNOWN_BOUNDS = Limits("if every unknown were in either group", "low_bound", "high_bound")

FINDING_VIEW = (
    "group",
    "comparator",
    "field",
    "count",
    "value",
    "other_value",
    "estimate",
    "low",
    "high",
    "low_bound",
    "high_bound",
    "without_repeats",
    "p_adjusted",
    "comparisons",
    "detectable",
    "signal",
)


def build_ratio_charts(scene: Scene, indicator: Indicator) -> list[Chart]:
    """A rate's ratios: both ethnicity fields on one chart, then every group of the form."""
    findings = scene.findings_of(indicator)
    if findings is None or not indicator.is_rate:
        return []
    broad = [c for c in findings.table.cells["characteristic"] if c in FIELDS]
    charts: list[Chart] = []
    if broad:
        rows = [i for i, c in enumerate(findings.table.cells["characteristic"]) if c in FIELDS]
        table = findings.order(rows).named(
            f"{indicator.id}-ratios", f"{indicator.title}: ratios to White people, {scene.label}"
        )
        charts.append(_ratios(table, scene, series="field"))
    detail = findings.where(characteristic="ethnicity-detailed")
    if len(detail.table):
        table = detail.named(
            f"{indicator.id}-ratios-in-detail",
            f"{indicator.title}: ratios to White British people, {scene.label}",
        )
        charts.append(_ratios(table, scene))
    return charts


def _ratios(table: ReleasedTable, scene: Scene, *, series: str = "") -> Chart:
    which = "both ethnicity fields" if series else "every group of the form, self-defined"
    return Intervals(
        title=f"How many times as often as White people: {which}",
        alt=say_ratios(table, scene),
        table=table,
        value="estimate",
        low="low",
        high="high",
        series=series,
        outer=UNKNOWN_BOUNDS,
        signal="signal",
        scale=Scale.LOG,
        reference=1.0,
        reference_label="the same rate",
        view=TableView(table, FINDING_VIEW),
        note="Grey bars: where the ratio could lie if everyone whose ethnicity is not known "
        "belonged to the one group or the other.",
    )


def build_value_charts(scene: Scene, indicator: Indicator) -> list[Chart]:
    """A share's own values by group: both ethnicity fields on one chart, then sex, then age."""
    if indicator.is_rate or not indicator.characteristics:
        return []
    charts: list[Chart] = []
    for names, title in ((FIELDS, "ethnicity"), (("sex",), "sex"), (("age",), "age")):
        tables = [
            t
            for name in names
            if name in indicator.characteristics
            and (t := scene.figures.find(f"{indicator.id}-by-{name}"))
        ]
        if not tables:
            continue
        table = _known_groups(
            tables,
            name=f"{indicator.id}-compared-by-{title}",
            title=f"{indicator.title}, by {title}, {scene.label}",
        )
        if not any(isinstance(v, float) for v in table.table.cells["value"]):
            continue
        charts.append(
            Intervals(
                title=f"{indicator.unit.capitalize()}, by {title}",
                alt=say_values(table, scene, indicator),
                table=table,
                value="value",
                low="low",
                high="high",
                series="field" if len(tables) > 1 else "",
            )
        )
    return charts


def _known_groups(tables: list[ReleasedTable], *, name: str, title: str) -> ReleasedTable:
    """The rows of groups, not of totals; those not known have a share too, and stay."""
    columns = tuple(c for c in tables[0].table.columns if c.name != "repeated")
    stacked = stack(tables, name=name, title=title, columns=columns)
    rows = [i for i, group in enumerate(stacked.table.cells["group"]) if group != "All"]
    return stacked.order(rows)


def build_like_for_like_charts(scene: Scene, indicator: Indicator) -> list[Chart]:
    """The crude ratio beside the one within strata."""
    table = scene.figures.find(name_like_for_like(indicator))
    chart = draw_like_for_like(table, indicator, scene.label) if table else None
    return [] if chart is None else [chart]


def draw_like_for_like(table: ReleasedTable, indicator: Indicator, where: str) -> Chart | None:
    """The ratios of one place, crude and within strata; None where none may be shown."""
    if not any(isinstance(value, float) for value in table.table.cells["value"]):
        return None
    within = "parts of it" if indicator.is_rate else "what the search was for"
    return Intervals(
        title=f"Like for like: compared within {within}, then put together",
        alt=say_like_for_like(table, where),
        table=table,
        value="value",
        low="low",
        high="high",
        series="compared",
        scale=Scale.LOG,
        reference=1.0,
        reference_label="the same",
        view=TableView(table, ("group", "compared", "value", "low", "high")),
        note="Where the two differ, part of the difference is a matter of where people live "
        "and are searched, not of how any one place treats them."
        if indicator.is_rate
        else "Where the two differ, part of the difference is a matter of what each group is "
        "searched for.",
    )
