"""Published stop and search rates and ratios, and an older file beside a newer one.

*Ethnicity facts and figures: stop and search* (Home Office, England and Wales by police force area,
2006/07 to 2018/19, Open Government Licence v3.0): every rate per 1,000 of the file.
*London summarised statistics 2020 to 2022, Mixed included* (MIT): every borough's Black–White risk
ratio with its 95% interval; people stopped are taken as part of the people resident, so that the
interval is Katz's logarithm for two proportions.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import zipfile
from pathlib import Path

import numpy as np
import pytest

from evenhand.datasets import STOPS_CUBE, Lake, build_cube, load_stops
from evenhand.indicators.characteristics import build_detailed, build_self_defined
from evenhand.indicators.panel import build_panel
from evenhand.stats import Proportion, Rate, rate, rate_ratio, risk_ratio

SHARED = Path(__file__).parents[3] / "shared" / "data"
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="needs the real files in ../shared/data beside the repository"
    ),
]


def read(name: str) -> list[dict[str, str]]:
    with gzip.open(SHARED / "oracles" / name, "rt", encoding="utf-8-sig", newline="") as lines:
        return [{key.strip(): cell.strip() for key, cell in row.items()}
                for row in csv.DictReader(lines)]  # fmt: skip


def number(cell: str) -> float:
    """nan where the file has a sign in place of a number."""
    return float("nan") if cell in ("-", "N/A") else float(cell.replace(",", ""))


def test_every_published_rate_per_thousand_comes_back_to_the_printed_digits() -> None:
    rows = read("eff-stop-and-search.csv.gz")
    stops, people, printed = (
        np.array([number(row[name]) for row in rows])
        for name in (
            "Number of stop and searches",
            "Population by ethnicity",
            "Rate per 1,000 population by ethnicity",
        )
    )
    computable = np.isfinite(stops) & (people > 0)
    assert (len(rows), int(computable.sum())) == (13_104, 11_424)
    assert (np.isfinite(printed) == computable).all()
    found = rate(Rate(stops[computable], people[computable]), per=1000)
    # printed to two decimals, trailing zeros cut; the last bit of a half may fall either way
    assert np.abs(found.value - printed[computable]).max() <= 0.005 + 1e-9
    assert (found.low <= found.value).all()
    assert (found.value <= found.high).all()


def test_every_london_ratio_and_its_interval_come_back_to_four_decimals() -> None:
    rows = read("london_summarised_stats_by_year_la_2020-2022_mixed_incl.csv.gz")
    assert len(rows) == 99
    columns = {
        name: np.array([float(row[name]) for row in rows])
        for name in (
            "Black_stopped", "Black_population", "White_stopped", "White_population",
            "rr", "rr_ci_low", "rr_ci_upp",
        )
    }  # fmt: skip
    black = columns["Black_stopped"], columns["Black_population"]
    white = columns["White_stopped"], columns["White_population"]
    found = risk_ratio(Proportion(*black), Proportion(*white), method="log")
    for mine, name in ((found.value, "rr"), (found.low, "rr_ci_low"), (found.high, "rr_ci_upp")):
        np.testing.assert_array_equal(mine.round(4), columns[name].round(4), err_msg=name)
    # The ratio of rates is the same number; its interval is not, and must not be passed off as it.
    rates = rate_ratio(Rate(*black), Rate(*white), method="log")
    np.testing.assert_array_equal(rates.value.round(4), columns["rr"].round(4))
    assert (rates.low <= found.low).all()
    assert (rates.low.round(4) < columns["rr_ci_low"].round(4)).any()


def test_an_older_file_is_read_in_its_own_edition_and_compares_with_a_newer_one(
    tmp_path: Path,
) -> None:
    stops = SHARED / "stops"
    older = stops / "2016-06-metropolitan-stop-and-search.csv.gz"
    newer = "2019-06/2019-06-kent-stop-and-search.csv"
    with zipfile.ZipFile(stops / "police-uk-archive-2018-2020.zip") as archive:
        (tmp_path / Path(newer).name).write_bytes(archive.read(newer))
    lake = Lake(tmp_path / "lake")
    load = load_stops([older, tmp_path / Path(newer).name], lake=lake, at=AT)
    assert load.rows_quarantined == 0
    cube = build_cube(lake, STOPS_CUBE)
    by_frame = {
        (cell["service"], cell["frame"])
        for cell in cube.cells(
            "service", "unit", "repeat", "frame", "self_defined", "sex"
        ).to_pylist()
        if cell["self_defined"] not in ("NS", "NR")
    }
    assert by_frame == {("metropolitan", "ethnicity-2001"), ("kent", "ethnicity-2011")}
    made = build_detailed(["ethnicity-2001", "ethnicity-2011"])
    panel = build_panel(cube, None, [made, build_self_defined()])
    searches = panel.measure("searches")
    for place in panel.places.services:
        counts = panel.counts[made.id][place][..., searches].sum(axis=(0, 2))
        known = {made.groups[i].label: int(counts[i]) for i in made.known}
        # both services' people stand in the same groups, and nobody is lost on the way there
        assert known["White British"] > 100
        assert known["Any other White background"] > 10
        assert counts.sum() == panel.counts["ethnicity-self-defined"][place][..., searches].sum()


def test_the_older_files_groups_add_up_to_those_counted_in_its_lines(tmp_path: Path) -> None:
    older = SHARED / "stops" / "2016-06-metropolitan-stop-and-search.csv.gz"
    lake = Lake(tmp_path / "lake")
    load_stops([older], lake=lake, at=AT)
    panel = build_panel(build_cube(lake, STOPS_CUBE), None, [build_self_defined()])
    counts = panel.counts["ethnicity-self-defined"][0, ..., panel.measure("searches")].sum((0, 2))
    broad = {"W": "white", "M": "mixed", "A": "asian", "B": "black"}
    expected = dict.fromkeys(
        ("white", "mixed", "asian", "black", "other", "not-stated", "not-recorded"), 0
    )
    with gzip.open(older, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Type"] == "Vehicle search":
                continue
            cell = row["Self-defined ethnicity"]
            code = cell.rpartition("(")[2].rstrip(")")
            if not cell:
                expected["not-recorded"] += 1
            elif code == "NS":
                expected["not-stated"] += 1
            elif code == "O1":  # Chinese: Other in 2001, Asian from 2011 on
                expected["asian"] += 1
            else:
                expected[broad.get(code[0], "other")] += 1
    assert dict(zip(expected, counts.tolist(), strict=True)) == expected
