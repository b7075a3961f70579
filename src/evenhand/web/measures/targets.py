"""Targets as pages show them: the goal, where it stands, the years before and ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.disclosure import ReleasedTable, get_policy, review
from evenhand.indicators.workforce.targets import Standing
from evenhand.monitoring.drawn import DrawnKind
from evenhand.publication import TableView, Trend
from evenhand.web.measures.drawing import draw_figure

WORDS = {
    Standing.MET: "Met",
    Standing.ON_COURSE: "On course",
    Standing.UNCERTAIN: "Too close to tell",
    Standing.TOO_SMALL: "Too small to tell",
    Standing.OFF_COURSE: "Behind",
    Standing.MISSED: "Past its date",
    Standing.UNMEASURABLE: "Cannot be measured",
}
HIDDEN = "Hidden"
BAD = (Standing.OFF_COURSE, Standing.MISSED)
RECORDED, IF_ON = "as recorded", "if things go on"
Row = Mapping[str, Cell]
Tables = Mapping[DrawnKind, Mapping[str, ReleasedTable]]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as its reader may see it; a text is empty where its figure may not be shown."""

    owner: str
    by: date
    standing: Standing | None
    sentence: str
    reached: str
    chance: str
    levers: str
    row: Row

    @property
    def words(self) -> str:
        """What a page calls where it stands."""
        return HIDDEN if self.standing is None else WORDS[self.standing]

    @property
    def bad(self) -> bool:
        """Whether it calls for somebody to do something."""
        return self.standing in BAD

    @property
    def whose(self) -> str:
        """Who is to be how many, as a heading."""
        goal, heads = self.row["goal"], self.row["heads"]
        much = f"{goal:.0f}%" if isinstance(goal, float) else f"{heads:,}"
        return f"{self.row['group']}, {str(self.row['step']).lower()}: {much} by {self.by:%B %Y}"


def list_targets(tables: Tables) -> list[TargetRow]:
    """Every target, those behind first, then by date."""
    found = tables[DrawnKind.TARGETS].get("")
    rows = [] if found is None else [_read(row) for row in found.table.rows()]
    order = [*BAD, *(each for each in Standing if each not in BAD), None]
    return sorted(rows, key=lambda row: (order.index(row.standing), row.by, row.whose))


def _read(row: Row) -> TargetRow:
    sentence, year, chance = row["sentence"], row["year"], row["chance"]
    standing = row["standing"]
    met = standing == Standing.MET
    reached = "" if isinstance(year, Marker) or met else _reached(row)
    if year is Marker.UNDEFINED:
        reached = "Not within the years looked ahead, in the middle of the simulated futures."
    query = {"group": f"{row['characteristic']}|{row['code']}"}
    if isinstance(row["goal"], float) and isinstance(row["value"], float):
        query["target"] = f"{row['goal']:g}"
    return TargetRow(
        owner=str(row["owner"]),
        by=date.fromisoformat(str(row["by"])),
        standing=None if isinstance(standing, Marker) else Standing(str(standing)),
        sentence=_told(row) if isinstance(sentence, Marker) else str(sentence),
        reached=reached,
        chance="" if isinstance(chance, Marker) else _chance(float(str(chance))),
        levers=f"{reverse('measures:outlook')}?{urlencode(query)}",
        row=row,
    )


def _told(row: Row) -> str:
    """The goal, and as much of today as may be shown."""
    value = row["value"]
    if isinstance(value, float):
        return f"{row['plain']} Today about {value:.0f}% are."
    if row["standing"] == Standing.UNMEASURABLE:
        return f"{row['plain']} Nobody of that group or grade is in the strength."
    return f"{row['plain']} Where it stands is hidden so that nobody can be identified."


def _chance(share: float) -> str:
    """How many of the simulated futures, without the false exactness of their number."""
    if share < 1:
        return "In hardly any of the simulated futures"
    return (
        "In nearly all of the simulated futures"
        if share > LAST
        else f"In {share:.0f}% of the simulated futures"
    )


LAST = 99  # hundredths: above it, and below 1, a number of simulations would say too much


def _reached(row: Row) -> str:
    low, high = (
        "later than the years looked ahead" if isinstance(row[name], Marker) else str(row[name])
        for name in ("year_low", "year_high")
    )
    return f"{row['year']} in the middle of the simulated futures (95% of them: {low} to {high})."


def draw_target(target: TargetRow, tables: Tables, *, ident: str) -> Markup:
    """The years recorded and the years ahead with the target; nothing where neither may be seen."""
    points = [*_before(target, tables), *_ahead(target, tables)]
    seen = [each for each in points if isinstance(each[2], float | int)]
    if not seen:
        return Markup("")
    now = min(each[0] for each in points if each[1] == IF_ON)
    share = isinstance(target.row["goal"], float)
    table = _build(
        points, target.row["goal"] if share else target.row["heads"], share=share, now=now
    )
    unit = "%" if share else " people"
    said = f"{seen[0][2]:.0f}{unit} in {seen[0][0]}, {seen[-1][2]:.0f}{unit} in {seen[-1][0]}"
    chart = Trend(
        title="The years recorded and the years ahead",
        alt=f"A line of the years recorded, and one of what follows with its 95% band: {said}. "
        f"The target is a dashed line.",
        table=table,
        when="ahead",
        value="value",
        low="low",
        high="high",
        group="series",
        target="target",
        from_zero=False,
        note=f"Years from now, {now}. Ahead: simulated, not foretold, from how people joined, rose "
        "and left in the last three years.",
        view=TableView(table, ("year", "series", "value", "low", "high", "target")),
    )
    return draw_figure(chart, ident=ident, fold=True)


Point = tuple[int, str, Cell, Cell, Cell]
"""A year, which line it is on, and the value with both ends of its interval."""


def _before(target: TargetRow, tables: Tables) -> list[Point]:
    row = target.row
    then = tables[DrawnKind.YEARS].get(str(row["characteristic"]))
    if then is None:
        return []
    rows = [r for r in then.table.rows() if (r["step"], r["group"]) == (row["step"], row["group"])]
    share = isinstance(row["goal"], float)
    found = [_point(each, share=share) for each in rows]
    for today in _rows_ahead(target, tables)[:1]:
        found.append(_point({**row, **_now(today, row, share=share)}, share=share))
    return found


def _now(today: Row, row: Row, *, share: bool) -> Row:
    """Today’s figure stands at the beginning of the years ahead; its interval with the target."""
    return {"year": today["year"], "count": row["count"] if share else today["value"]}


def _point(row: Row, *, share: bool) -> Point:
    figures = (row["value"], row["low"], row["high"]) if share else (row["count"],) * 3
    return (int(str(row["year"])), RECORDED, *figures)


def _ahead(target: TargetRow, tables: Tables) -> list[Point]:
    rows = _rows_ahead(target, tables)
    return [(int(str(r["year"])), IF_ON, r["value"], r["low"], r["high"]) for r in rows]


def _rows_ahead(target: TargetRow, tables: Tables) -> list[dict[str, Cell]]:
    found = tables[DrawnKind.AHEAD].get("")
    names = ("step", "characteristic", "group", "by")
    rows = [] if found is None else found.table.rows()
    return [row for row in rows if all(row[name] == target.row[name] for name in names)]


def _build(points: Sequence[Point], goal: Cell, *, share: bool, now: int) -> ReleasedTable:
    """Values of reviewed tables as one table to draw; what was hidden there is hidden here."""
    unit, decimals = ("%", 1) if share else ("", 0)
    columns = (
        Column("ahead", Role.NOTE, "Years from now", decimals=0),
        Column("year", Role.DIMENSION, "Year"),
        Column("series", Role.DIMENSION, "Line"),
        *(
            Column(name, Role.DERIVED, title, unit, decimals=decimals)
            for name, title in (
                ("value", "Value"), ("low", "Low (95%)"), ("high", "High (95%)"),
                ("target", "Target"),
            )
        ),
    )  # fmt: skip
    cells: dict[str, list[Cell]] = {
        "ahead": [year - now for year, *_ in points],
        "year": [str(year) for year, *_ in points],
        "series": [series for _, series, *_ in points],
    }
    for at, name in enumerate(("value", "low", "high"), 2):
        cells[name] = [point[at] for point in points]
    cells["target"] = [goal] * len(points)
    made = Table("target", "The years recorded and ahead", columns, cells)
    return review(made, get_policy("public"))
