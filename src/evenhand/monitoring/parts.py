"""Charts of who is above and below: a service's units, or the services, side by side."""

from __future__ import annotations

from evenhand.core import Cell, Column, Role
from evenhand.disclosure import ReleasedTable, stack
from evenhand.indicators import Indicator, Place, place_label
from evenhand.monitoring.alternatives import say_parts, say_standing
from evenhand.monitoring.comparisons import FINDING_VIEW
from evenhand.monitoring.release import Figures
from evenhand.monitoring.scene import FIELDS, Scene
from evenhand.publication import Chart, Funnel, Intervals, Limits, Scale, TableView

A_COMPARISON = 2
"""Places it takes to compare any."""


def build_part_charts(scene: Scene, indicator: Indicator) -> list[Chart]:
    """Who is above and below: every unit of the service, or every service, side by side."""
    parts = scene.parts
    if len(parts) < A_COMPARISON:
        return []
    own = [scene.release.by_place[part] for part in parts]
    return [
        *(_parts_by_ratio(scene, indicator, own) if indicator.is_rate else []),
        *_parts_by_value(scene, indicator, own),
    ]


def _parts_by_ratio(scene: Scene, indicator: Indicator, own: list[Figures]) -> list[Chart]:
    tables = [
        f.findings.where(indicator=indicator.id, characteristic=FIELDS[0])
        for f in own
        if f.findings is not None
    ]
    group = _most_affected(scene, indicator)
    tables = [t.where(group=group) for t in tables]
    tables = [t for t in tables if len(t.table)]
    if len(tables) < A_COMPARISON:
        return []
    stacked = stack(
        tables,
        name=f"{indicator.id}-ratios-by-unit",
        title=f"{indicator.title}: {group} compared with White people, across {scene.label}",
        columns=tables[0].table.columns,
    )
    table = _by_value(_with_names(stacked), "estimate")
    return [
        Intervals(
            title=f"Who is above and below: {group} people compared with White people",
            alt=say_parts(table, scene, "estimate"),
            table=table,
            label="name",
            value="estimate",
            low="low",
            high="high",
            signal="signal",
            scale=Scale.LOG,
            reference=1.0,
            reference_label="the same rate",
            view=TableView(table, ("name", *FINDING_VIEW)),
        )
    ]


def _most_affected(scene: Scene, indicator: Indicator) -> str:
    """The group with the highest ratio at the place itself; Black where none can be told."""
    findings = scene.findings_of(indicator)
    rows = findings.where(characteristic=FIELDS[0]).table.rows() if findings else []
    rated = [r for r in rows if isinstance(r["estimate"], float)]
    if not rated:
        return "Black"
    return str(max(rated, key=lambda r: float(str(r["low"])))["group"])


def _parts_by_value(scene: Scene, indicator: Indicator, own: list[Figures]) -> list[Chart]:
    """A funnel of the parts by size, and a league table drawn towards the others by size."""
    level = "unit" if scene.place.service else "service"
    named = f"{indicator.id}-standing-of-{level}s"
    tables = [t for f in own if (t := f.find(named)) and len(t.table)]
    if len(tables) < A_COMPARISON:
        return []
    stacked = stack(
        tables,
        name=f"{indicator.id}-standing",
        title=f"{indicator.title}: how places stand across {scene.label}",
        columns=tables[0].table.columns,
    )
    table = _by_value(_with_names(stacked), "shrunken")
    if not any(isinstance(v, float) for v in table.table.cells["value"]):
        return []
    return [_funnel(table, scene, indicator), _league(table, scene, indicator)]


def _funnel(table: ReleasedTable, scene: Scene, indicator: Indicator) -> Chart:
    return Funnel(
        title=f"Does any place stand out for its size? {indicator.unit.capitalize()}",
        alt=say_standing(table, scene),
        table=table,
        label="name",
        x="of",
        y="value",
        centre="target",
        limits=(
            Limits("19 in 20 lie here by chance", "inner_low", "inner_high"),
            Limits("998 in 1,000", "outer_low", "outer_high"),
        ),
        note="Small places swing further by chance, so each has limits for its own size, widened "
        "for the ordinary spread between places. A place outside calls for a look, not a verdict.",
        view=TableView(table, _STANDING_VIEW),
    )


def _league(table: ReleasedTable, scene: Scene, indicator: Indicator) -> Chart:
    return Intervals(
        title=f"Across {scene.label}, in order: {indicator.unit}",
        alt=say_parts(table, scene, "shrunken"),
        table=table,
        label="name",
        value="shrunken",
        low="shrunken_low",
        high="shrunken_high",
        note="Each value is drawn towards the others by as much as its own small numbers leave "
        "open, so that luck alone does not top the table. “Place at best” and “at worst” in the "
        "table say how far the order itself can be trusted.",
        view=TableView(table, _LEAGUE_VIEW),
    )


_STANDING_VIEW = (
    "name",
    "count",
    "of",
    "value",
    "target",
    "inner_low",
    "inner_high",
    "outer_low",
    "outer_high",
    "standing",
)
_LEAGUE_VIEW = (
    "name",
    "value",
    "shrunken",
    "shrunken_low",
    "shrunken_high",
    "rank_low",
    "rank_high",
)


def _with_names(table: ReleasedTable) -> ReleasedTable:
    cells = table.table.cells
    names: list[Cell] = [
        str(unit) or place_label(Place(str(service)))
        for service, unit in zip(cells["service"], cells["unit"], strict=True)
    ]
    return table.annotate(Column("name", Role.NOTE, "Place"), names)


def _by_value(table: ReleasedTable, column: str) -> ReleasedTable:
    """Highest first; those without a number last, by name."""
    values = table.table.cells[column]
    names = table.table.cells["name"]

    def key(i: int) -> tuple[float, str]:
        value = values[i]
        return (-value if isinstance(value, float) else float("inf"), str(names[i]))

    return table.order(sorted(range(len(values)), key=key))
