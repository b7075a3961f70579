"""A place against its own past, on its page: what was planted is found and said, once and plainly.

The invented service of ten boroughs over two years: seven with something planted, three ordinary.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from evenhand.datasets.synthetic import write_synthetic
from evenhand.indicators import STOPS, Place
from evenhand.monitoring import Monitoring, measure, pack
from evenhand.monitoring.blocks import build_blocks
from evenhand.monitoring.scene import Scene
from evenhand.publication import Block, Trend

SERVICE, IMPROVING = "eldermarch", "Rowan Steps"
MOVED = ("worsening", "improving")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Monitoring:
    folder: Path = tmp_path_factory.mktemp("invented")
    made = write_synthetic(folder, seed=7, boroughs=10)
    return measure(
        made.archive,
        population=made.population,
        areas=made.areas,
        at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC),
    )


@pytest.fixture(scope="module")
def scene(found: Monitoring) -> Scene:
    return Scene(found.release, found.release.by_place[Place(SERVICE, IMPROVING)])


@pytest.fixture(scope="module")
def blocks(scene: Scene) -> dict[str, Block]:
    return {block.id: block for block in build_blocks(scene)}


def moved(found: Monitoring, **equals: Any) -> list[dict[str, Any]]:
    rows = found.findings.table.where(**equals).rows()
    return [row for row in rows if row["signal"] in MOVED]


def test_the_borough_planted_as_improving_is_found_to_be_and_links_to_its_section(
    found: Monitoring,
) -> None:
    (row,) = moved(found, unit=IMPROVING, indicator="stop-rate")
    assert (row["signal"], row["group"]) == ("improving", "Black")
    assert row["other_value"] > row["value"] > 1
    assert (row["page"], row["block"]) == (f"services/{SERVICE}/rowan-steps", "stop-rate")
    assert "the gap has narrowed" in row["sentence"]


def test_nowhere_else_is_a_change_in_being_stopped_found(found: Monitoring) -> None:
    assert {row["unit"] for row in moved(found, indicator="stop-rate")} <= {IMPROVING, ""}


def test_every_change_looked_at_can_be_downloaded_and_only_findings_are_listed(
    found: Monitoring, scene: Scene, blocks: dict[str, Block]
) -> None:
    (own,) = [t.table for t in blocks["stop-rate"].downloads if t.table.name.endswith("-change")]
    assert own.cells["group"] == ["Mixed", "Asian", "Black", "Other"]
    assert scene.figures.listed is not None
    rows = scene.figures.listed.table.where(comparator=own.cells["comparator"][0]).rows()
    assert {row["signal"] for row in rows} == {"improving"}


def test_a_change_is_in_the_summary_and_never_drawn_among_ratios(
    scene: Scene, blocks: dict[str, Block]
) -> None:
    block = blocks["stop-rate"]
    assert "the gap has narrowed" in block.summary[-1]
    for chart in block.charts:
        names = [column.name for column in chart.table.table.columns]
        if "signal" in names:
            assert not set(chart.table.table.cells["signal"]) & set(MOVED)


@pytest.mark.parametrize("indicator", STOPS, ids=lambda i: i.id)
def test_every_indicator_shows_its_months_and_limits_where_it_has_them(
    indicator: Any, blocks: dict[str, Block]
) -> None:
    charts = [c for c in blocks[indicator.id].charts if isinstance(c, Trend)]
    own = [c for c in charts if c.table.table.name == f"{indicator.id}-control"]
    assert len(own) == 1
    assert len(charts) == 1 + indicator.is_rate
    limited = any(isinstance(v, float) for v in own[0].table.table.cells["high"])
    assert bool(own[0].limits) == bool(own[0].mark) == bool(own[0].centre) == limited
    assert ("ringed" in own[0].note) == limited
    parts = dict(blocks[indicator.id].method.more)
    assert "Laney 2002" in parts["Month by month"]
    assert "24 months" in parts["Improving and worsening"]


def test_the_words_for_the_chart_name_the_months_it_rings(blocks: dict[str, Block]) -> None:
    chart = next(c for c in blocks["stop-rate"].charts if isinstance(c, Trend))
    rows = chart.table.table.rows()
    ringed = [str(r["month"]) for r in rows if r["unusual"] is True]
    assert f"{len(ringed)} of 24 months are out of the ordinary" in chart.alt
    assert all(month in chart.alt for month in ringed)


def test_the_pack_tells_a_worsening_gap_by_both_years_and_not_as_a_level(
    found: Monitoring, scene: Scene
) -> None:
    (row,) = moved(found, unit=IMPROVING, indicator="stop-rate")
    worse = {**row, "signal": "worsening", "value": 7.4, "other_value": 4.7}
    assert pack._sentences(scene, [worse]) == [
        "Black people had 7.4 times the rate of being searched that White people had in the latest "
        "12 months; in the 12 months before it was 4.7 times."
    ]
    assert list(pack._ask([worse])) == [
        "The gap between Black people and White people has grown (being searched). What has "
        "changed in a year?"
    ]


def test_a_level_and_a_change_of_one_group_both_have_room_in_the_pack(
    found: Monitoring, scene: Scene
) -> None:
    (row,) = moved(found, unit=IMPROVING, indicator="stop-rate")
    level = {**row, "signal": "concern"}
    assert len(pack._once([level, {**row, "signal": "worsening"}])) == 2
