"""Tiny archives of stops, tiny populations, and one run from files to a site."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evenhand.datasets.cube import build
from evenhand.disclosure import PUBLIC, Policy
from evenhand.monitoring import Labels, Monitoring, measure, publish

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LABELS = Labels(title="Searches watched", service="Searches watched", source="a made-up archive")

SELF_DEFINED = {
    "white": "White - English/Welsh/Scottish/Northern Irish/British",
    "mixed": "Mixed/Multiple ethnic groups - White and Asian",
    "asian": "Asian/Asian British - Indian",
    "black": "Black/African/Caribbean/Black British - African",
    "other": "Other ethnic group - Not stated",
    "": "",
}
USUAL = {
    "Type": "Person search",
    "Date": "",
    "Part of a policing operation": "False",
    "Latitude": "51.1",
    "Longitude": "0.5",
    "Gender": "Male",
    "Age range": "18-24",
    "Self-defined ethnicity": SELF_DEFINED["white"],
    "Officer-defined ethnicity": "White",
    "Legislation": "Misuse of Drugs Act 1971 (section 23)",
    "Object of search": "Controlled drugs",
    "Outcome": "A no further action disposal",
    "Outcome linked to object of search": "False",
    "Removal of more than just outer clothing": "False",
    "Borough": "",
}

Row = Mapping[str, Any]


def stops(group: str = "white", times: int = 1, **cells: str) -> dict[str, Any]:
    """Rows of one group; ``Borough="North"`` and the like change other cells."""
    officer = "" if not group else group.capitalize() if group != "mixed" else "Mixed"
    own = {"Self-defined ethnicity": SELF_DEFINED[group], "Officer-defined ethnicity": officer}
    return {**own, **{name.replace("_", " "): cell for name, cell in cells.items()}, "times": times}


def write_month(
    folder: Path, month: str, rows: Sequence[Row], *, service: str = "kent", end: str = "\n"
) -> Path:
    """A file as published; every row has a minute of its own, so that none repeats another."""
    path = folder / month / f"{month}-{service}-stop-and-search.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    start = dt.datetime.fromisoformat(f"{month}-02T00:01:00+00:00")
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, list(USUAL), lineterminator=end)
        writer.writeheader()
        minute = 0
        for row in rows:
            for _ in range(row.get("times", 1)):
                stamp = (start + dt.timedelta(minutes=minute)).isoformat()
                minute += 1
                cells = {name: cell for name, cell in row.items() if name != "times"}
                writer.writerow({**USUAL, "Date": stamp, **cells})
    return path


def write_residents(
    folder: Path, areas: Mapping[tuple[str, str], Sequence[int]]
) -> dict[str, Path]:
    """A population of five broad groups and the look-up that says whose areas they are."""
    groups = ("White", "Mixed", "Asian", "Black", "Other")
    population, look_up = folder / "residents.csv", folder / "areas.csv"
    codes = {place: f"X{i:02d}" for i, place in enumerate(areas)}
    with population.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(("area code", "area name", "ethnic group", "residents"))
        for place, counts in areas.items():
            for group, n in zip(groups, counts, strict=True):
                writer.writerow((codes[place], place[1], group, n))
    with look_up.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(("area_code", "area_name", "service"))
        writer.writerows((codes[s, name], name, s) for s, name in areas if s)
    return {"population": population, "areas": look_up}


@dataclass(frozen=True)
class Run:
    """One run and the folder of its site."""

    found: Monitoring
    folder: Path

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every file of the site that holds words, with its text."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.folder).as_posix(), path.read_text(encoding="utf-8")

    def page(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")


def run(sources: Path | list[Path], out: Path, policy: Policy = PUBLIC, **options: Any) -> Run:
    """Measure and publish."""
    found = measure(sources, policy=policy, at=AT, **options)
    publish(found, out, LABELS)
    return Run(found, out)


@pytest.fixture(scope="session", autouse=True)
def _statement_written_once() -> Iterator[None]:
    """The cube's statement takes longer to write than these few rows take to count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_statement", cache(build.build_statement))
        yield


@pytest.fixture(scope="session")
def make() -> Any:
    """The makers of this file, as one thing that tests in other files can be given."""

    class Makers:
        stops = staticmethod(stops)
        month = staticmethod(write_month)
        residents = staticmethod(write_residents)
        run: Callable[..., Run] = staticmethod(run)

    return Makers
