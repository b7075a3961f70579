"""A loader and a cube written row by row in plain Python agree with the fast ones."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import zoneinfo
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.codelists import get_codelist
from evenhand.datasets import STOPS_CUBE, Lake, build_cube, load_stops

AT = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
LONDON = zoneinfo.ZoneInfo("Europe/London")
HEADER = [
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude",
    "Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation",
    "Object of search", "Outcome", "Outcome linked to object of search",
    "Removal of more than just outer clothing",
]  # fmt: skip

DATES = [
    "2020-06-30T22:59:59+00:00", "2020-06-30T23:00:00+00:00", "2020-07-04T23:00:00+00:00",
    "2020-07-05T12:34:56.123456+00:00", "2020-01-05T12:00:00+00:00", "2020-07-06T00:00:00",
    "2099-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00", "01/07/2020", "", "2020-02-30",
]  # fmt: skip
CELLS = {
    "Type": ["Person search", "Person and Vehicle search", "Vehicle search", "Boat search"],
    "Date": DATES,
    "Part of a policing operation": ["True", "False", "", "perhaps"],
    "Policing operation": ["", "Operation Example"],
    "Latitude": ["51.5", "51.500000", "", "99", "north"],
    "Longitude": ["-0.1", ""],
    "Gender": ["Male", "Female", "Other", "", "Robot"],
    "Age range": ["10-17", "18-24", "over 34", ""],
    "Self-defined ethnicity": [
        "White - English/Welsh/Scottish/Northern Irish/British", "White - White British (W1)",
        "Chinese or other ethnic group - Chinese (O1)", "Other ethnic group - Not stated",
        "Asian/Asian British - Chinese", "", "Martian",
    ],
    "Officer-defined ethnicity": ["White", "Black", ""],
    "Legislation": ["Misuse of Drugs Act 1971 (section 23)", "", "Some Act 2031"],
    "Object of search": ["Controlled drugs", "", "Moon dust"],
    "Outcome": ["Arrest", "Suspect arrested", "A no further action disposal", "", "Sent home"],
    "Outcome linked to object of search": ["True", "False", ""],
    "Removal of more than just outer clothing": ["1.0", "0.0", "True", ""],
}  # fmt: skip

# Mostly the first choice, so that rows repeat and most are good.
row = st.fixed_dictionaries(
    {name: st.sampled_from([choices[0]] * 6 + choices) for name, choices in CELLS.items()}
)
files = st.lists(
    st.tuples(st.sampled_from(["kent", "essex"]), st.lists(row, max_size=12)), max_size=4
)

CODED = {
    "subject": ("Type", "subject", ""),
    "sex": ("Gender", "sex", ""),
    "age": ("Age range", "age-stops", ""),
    "officer": ("Officer-defined ethnicity", "ethnicity-officer", ""),
    "legislation": ("Legislation", "legislation", "other"),
    "object": ("Object of search", "object", "other"),
    "outcome": ("Outcome", "outcome", ""),
}
FLAGS = {
    "linked": "Outcome linked to object of search",
    "stripped": "Removal of more than just outer clothing",
    "operation": "Part of a policing operation",
}
EDITIONS = ("ethnicity-2011", "ethnicity-2001", "ethnicity-2021")


def naive_time(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(LONDON).replace(tzinfo=None)
    early, late = dt.datetime(1986, 1, 1), dt.datetime(2021, 1, 1)  # noqa: DTZ001 - local clock
    return moment if early <= moment <= late else None


def naive_edition(rows: list[dict[str, str]]) -> str:
    cells = [cell["Self-defined ethnicity"] for cell in rows if cell["Self-defined ethnicity"]]

    def score(edition: str) -> tuple[int, int]:
        codelist = get_codelist(edition)
        known = sum(codelist.find(cell) is not None for cell in cells)
        return known, sum(cell in codelist.labels() for cell in cells)

    return max(EDITIONS, key=score)  # the first of equals


def naive_ethnicity(cell: str, edition: str) -> tuple[str, str] | None:
    for one in (edition, *EDITIONS):
        code = get_codelist(one).find(cell)
        if code is not None:
            return one, code.code
    return None


def naive_row(cells: dict[str, str], edition: str) -> dict[str, object] | None:
    at = naive_time(cells["Date"])
    ethnicity = naive_ethnicity(cells["Self-defined ethnicity"], edition)
    if at is None or ethnicity is None:
        return None
    found: dict[str, object] = {"at": at, "month": f"{at:%Y-%m}"}
    found["frame"], found["self_defined"] = ethnicity
    for name, (title, codelist, other) in CODED.items():
        code = get_codelist(codelist).find(cells[title])
        if code is None and not other:
            return None
        found[name] = other if code is None else code.code
    for name, title in FLAGS.items():
        words = {"True": True, "1.0": True, "False": False, "0.0": False, "": None}
        if cells[title] not in words:
            return None
        found[name] = words[cells[title]]
    for name in ("latitude", "longitude"):
        try:
            found[name] = float(cells[name.title()]) if cells[name.title()] else None
        except ValueError:
            return None
    return found


@dataclass
class Naive:
    """What the plain loader found."""

    rows: list[dict[str, object]]
    counts: list[tuple[int, int]]


def naive_load(archive: list[tuple[str, list[dict[str, str]]]]) -> Naive:
    loaded: list[dict[str, object]] = []
    counts: list[tuple[int, int]] = []
    contents: set[tuple[object, ...]] = set()
    met: Counter[tuple[object, ...]] = Counter()
    for service, cells in archive:
        edition = naive_edition(cells)
        good = [row for row in (naive_row(one, edition) for one in cells) if row is not None]
        content = (service, *sorted(repr(sorted(row.items())) for row in good))
        if good and content in contents:
            counts.append((len(cells), 0))
            continue
        contents.add(content)
        counts.append((len(cells), len(good)))
        at_midnight = sum(row["at"].time() == dt.time(0) for row in good)  # type: ignore[attr-defined]
        meant = at_midnight == len(good) or (at_midnight >= 5 and at_midnight >= len(good) / 10)
        for row in good:
            key = (service, repr(sorted(row.items())))
            midnight = row["at"].time() == dt.time(0)  # type: ignore[attr-defined]
            extra = {"service": service, "repeat": met[key], "time_known": not (midnight and meant)}
            met[key] += 1
            loaded.append(row | extra)
    return Naive(loaded, counts)


def write(folder: Path, archive: list[tuple[str, list[dict[str, str]]]]) -> list[Path]:
    paths = []
    for number, (service, rows) in enumerate(archive):
        path = folder / str(number) / f"2020-07-{service}-stop-and-search.csv"
        path.parent.mkdir()
        text = io.StringIO()
        writer = csv.DictWriter(text, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(text.getvalue())
        paths.append(path)
    return paths


COLUMNS = (
    "service", "month", "at", "time_known", "frame", "self_defined", *CODED, *FLAGS,
    "latitude", "longitude", "repeat",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(files.filter(bool))
def test_the_fast_loader_agrees_with_the_plain_one(
    archive: list[tuple[str, list[dict[str, str]]]],
) -> None:
    expected = naive_load(archive)
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "lake")
        load = load_stops(write(Path(folder), archive), lake=lake, at=AT)
        found = [(file.rows_read, file.rows_loaded) for file in load.report.files]
        assert found == expected.counts
        assert all(f.rows_read == f.rows_loaded + f.rows_quarantined for f in load.report.files)
        assert load.rows_repeated == sum(row["repeat"] > 0 for row in expected.rows)  # type: ignore[operator]
        rows: list[tuple[object, ...]] = []
        if load.rows_loaded:
            with duckdb.connect() as engine:
                quoted = ", ".join(f'"{name}"' for name in COLUMNS)
                rows = lake.relation(engine).project(quoted).fetchall()
                check_cube(lake, expected.rows)
    wanted = [tuple(row[name] for name in COLUMNS) for row in expected.rows]
    assert sorted(rows, key=repr) == sorted(wanted, key=repr)


def check_cube(lake: Lake, rows: list[dict[str, object]]) -> None:
    cube = build_cube(lake, STOPS_CUBE)
    for group in STOPS_CUBE.sets:
        expected = naive_cells(rows, group)
        found = {
            tuple(cell[name] for name in group): {m: cell[m] for m in STOPS_CUBE.columns}
            for cell in cube.cells(*group).to_pylist()
        }
        assert found == expected


def naive_cells(
    rows: list[dict[str, object]], group: tuple[str, ...]
) -> dict[tuple[object, ...], dict[str, int]]:
    cells: dict[tuple[object, ...], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(STOPS_CUBE.columns, 0)
    )
    for row in rows:
        row = row | {"unit": "", "repeat": 1 if row["repeat"] else 0}
        cell = cells[tuple(row[name] for name in group)]
        for name, holds in naive_measures(row).items():
            cell[name] += bool(holds)
    return dict(cells)


def naive_measures(row: dict[str, object]) -> dict[str, object]:
    vehicle = row["subject"] == "vehicle"
    of_people = {
        "searches": True,
        "arrests": row["outcome"] == "arrest",
        "outcome_known": row["outcome"] != "not-recorded",
        "linked_known": row["linked"] is not None,
        "linked": row["linked"],
        "strip_known": row["stripped"] is not None,
        "stripped": row["stripped"],
        "timed": row["time_known"],
        "stated": row["self_defined"] not in ("NS", "NR"),
        "officer_known": row["officer"] != "not-recorded",
    }
    found = {name: holds and not vehicle for name, holds in of_people.items()}
    return found | {"vehicle_only": vehicle}
