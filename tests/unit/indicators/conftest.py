"""Small tables of stops with the lake's columns, and small populations, for the indicators."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.datasets import STOPS_CUBE, Cube, Population, build_cube, load_population
from evenhand.datasets.cube import build
from evenhand.datasets.stops.schema import SCHEMA
from evenhand.indicators.characteristics import (
    Characteristic,
    build_age,
    build_officer_perceived,
    build_self_defined,
    build_sex,
)
from evenhand.indicators.panel import Panel, build_panel

Row = Mapping[str, Any]
BROAD = ("White", "Mixed", "Asian", "Black", "Other")

USUAL: dict[str, Any] = {
    "service": "kent",
    "unit": "",
    "month": "2020-01",
    "subject": "person",
    "frame": "ethnicity-2011",
    "self_defined": "W1",
    "officer": "white",
    "sex": "male",
    "age": "18-24",
    "legislation": "mda-s23",
    "object": "drugs",
    "outcome": "no-further-action",
    "linked": False,
    "stripped": False,
    "time_known": True,
    "repeat": 0,
}


def make_cube(*rows: Row) -> Cube:
    """A cube of rows that differ from the usual one as said, each ``times`` over."""
    made = []
    for row in rows:
        own = {**USUAL, **row}
        made += [own] * own.pop("times", 1)
    return build_cube(pa.Table.from_pylist(made, schema=SCHEMA), STOPS_CUBE)


def make_panel(
    *rows: Row,
    population: Population | None = None,
    characteristics: Sequence[Characteristic] = (),
) -> Panel:
    """A panel of the four characteristics that need no edition, or of those given."""
    usual = (build_self_defined(), build_officer_perceived(), build_sex(), build_age())
    return build_panel(make_cube(*rows), population, characteristics or usual)


@pytest.fixture(scope="session", autouse=True)
def _statement_written_once() -> Iterator[None]:
    """The cube's statement takes longer to write than these few rows take to count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_statement", cache(build.build_statement))
        yield


@pytest.fixture
def cube_of() -> Callable[..., Cube]:
    return make_cube


@pytest.fixture
def panel_of() -> Callable[..., Panel]:
    return make_panel


@pytest.fixture
def residents(tmp_path: Path) -> Callable[..., Population]:
    """Residents of fictional areas: ``residents({("kent", "North"): (900, 10, 20, 60, 10)})``."""

    def load(
        areas: Mapping[tuple[str, str], Sequence[int]], labels: Sequence[str] = BROAD
    ) -> Population:
        look_up = tmp_path / "areas.csv"
        codes = {place: f"X{i:02d}" for i, place in enumerate(areas)}
        with look_up.open("w", newline="", encoding="utf-8") as lines:
            writer = csv.writer(lines)
            writer.writerow(("area_code", "area_name", "service"))
            writer.writerows((codes[s, name], name, s) for s, name in areas)
        rows = [
            {"area code": codes[place], "area name": place[1], "ethnic group": g, "residents": n}
            for place, counts in areas.items()
            for g, n in zip(labels, counts, strict=True)
        ]
        return load_population(pa.Table.from_pylist(rows), areas=look_up)

    return load
