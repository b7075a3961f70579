"""The archive of 2018 to 2020 as downloaded, with Census 2021, from files to findings and pages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from evenhand.core import Marker
from evenhand.datasets import Lake
from evenhand.indicators import Place
from evenhand.monitoring import Labels, Monitoring, measure, publish

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
ARCHIVE = SHARED / "stops" / "police-uk-archive-2018-2020.zip"
CENSUS = SHARED / "denominators" / "census_2021_ts021_ltla.parquet"
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OWN = "ethnicity-self-defined"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(
        not ARCHIVE.exists(), reason="needs the real files in ../shared/data beside the repository"
    ),
]


@dataclass(frozen=True)
class Real:
    """The one run that all of these tests read."""

    run: Monitoring
    lake: Lake
    site: Path

    def findings(self, **equals: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.run.findings.where(**equals).table.rows()
        return found

    def table(self, name: str, **equals: Any) -> list[dict[str, Any]]:
        return self.run.release.tables[name].table.where(**equals).rows()

    def page(self, path: str) -> str:
        return (self.site / path / "index.html").read_text(encoding="utf-8")

    def count(self, where: str) -> int:
        with duckdb.connect() as engine:
            sql = f"SELECT count(*) FROM stops WHERE {where}"
            row = self.lake.relation(engine).query("stops", sql).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Real:
    folder = tmp_path_factory.mktemp("real")
    run = measure(ARCHIVE, population=CENSUS, lake=folder / "lake", at=AT)
    publish(run, folder / "site", Labels("Real", "Real", "data.police.uk"))
    return Real(run, Lake(folder / "lake"), folder / "site")


def test_every_row_read_is_loaded_or_set_aside_file_by_file(real: Real) -> None:
    report = real.run.report
    assert len(report.files) == 1024
    assert report.rows_read == report.rows_loaded + report.rows_quarantined == 796_477
    for file in report.files:
        assert file.rows_read == file.rows_loaded + file.rows_quarantined
    said = real.run.as_dict()
    assert sum(file["rows_read"] for file in said["files"]) == said["rows_read"] == 796_477


def test_every_search_of_a_person_is_in_the_figures_and_no_vehicle_is(real: Real) -> None:
    vehicles = real.count("subject = 'vehicle'")
    assert vehicles == 22_818
    panel = real.run.release.measured.panel
    services = panel.places.services
    assert int(panel.vehicle_only[services].sum()) == vehicles
    assert panel.places.apart == {"btp", "city-of-london"}
    for characteristic in panel.characteristics:
        searches = panel.counts[characteristic.id][services][..., panel.measure("searches")]
        assert int(searches.sum()) == 796_477 - vehicles


@pytest.mark.parametrize("service", ["kent", "metropolitan", "west-midlands", "btp"])
def test_the_counts_of_a_service_are_those_of_its_rows(real: Real, service: str) -> None:
    panel = real.run.release.measured.panel
    place = panel.places.all.index(Place(service))
    for id_, dimension in (
        ("sex", "sex"),
        ("age", "age"),
        ("ethnicity-officer-perceived", "officer"),
    ):
        made = panel.characteristic(id_)
        counts = panel.counts[id_][place]
        for position, group in enumerate(made.groups):
            where = (
                f"service = '{service}' AND subject <> 'vehicle' AND {dimension} = '{group.code}'"
            )
            searches = counts[:, position, :, panel.measure("searches")].sum()
            arrests = counts[:, position, :, panel.measure("arrests")].sum()
            assert int(searches) == real.count(where)
            assert int(arrests) == real.count(f"{where} AND outcome = 'arrest'")


def test_the_city_of_londons_residents_are_not_presented_as_the_people_searched(
    real: Real,
) -> None:
    rates = real.findings(service="city-of-london", indicator="stop-rate")
    assert rates
    for row in rates:
        assert row["estimate"] is row["low"] is row["high"] is Marker.UNDEFINED
        assert row["signal"] == "cannot be measured"
        assert "does not describe who is there" in row["sentence"]
    for row in real.table(f"stop-rate-by-{OWN}", service="city-of-london"):
        assert not isinstance(row["value"], float)
    page = real.page("services/city-of-london")
    assert not re.search(r"City of London[^.<]{0,80}times as often", page)
    assert "Services that search more people than live there" in real.page(".")
    arrests = real.findings(service="city-of-london", indicator="arrest-rate")
    assert any(isinstance(row["estimate"], float) for row in arrests)


def test_the_british_transport_police_have_no_residents_and_no_rates(real: Real) -> None:
    rates = real.findings(service="btp", indicator="stop-rate")
    assert {row["estimate"] for row in rates} == {Marker.NOT_APPLICABLE}
    assert {row["signal"] for row in rates} == {"cannot be measured"}
    assert all("no resident population is known" in row["sentence"] for row in rates)
    assert "Services without residents" in real.page(".")


def test_sex_cannot_be_measured_in_the_west_midlands_which_never_recorded_it(real: Real) -> None:
    for indicator in ("arrest-rate", "find-rate", "more-than-outer-clothing"):
        (row,) = real.findings(service="west-midlands", indicator=indicator, characteristic="sex")
        assert row["signal"] == "cannot be measured"
        assert row["estimate"] is Marker.NOT_COLLECTED
        assert "the records supplied do not hold what this needs" in row["sentence"]
    sexes = real.findings(service="kent", indicator="arrest-rate", characteristic="sex")
    assert any(isinstance(row["estimate"], float) for row in sexes)


def test_greater_manchester_stops_in_june_2019_and_is_not_zero_after(real: Real) -> None:
    rows = real.table(f"stop-rate-monthly-by-{OWN}", service="greater-manchester", group="All")
    counted = [row["month"] for row in rows if isinstance(row["count"], int)]
    assert max(counted) == "2019-06"
    after = [row for row in rows if row["month"] > "2019-06"]
    assert after
    assert (
        {row["count"] for row in after} == {row["value"] for row in after} == {Marker.NOT_COLLECTED}
    )
    periods = {row["period"] for row in real.findings(service="greater-manchester")}
    assert max(period.rpartition("/")[2] for period in periods) == "2019-06"


def test_a_rate_ratio_is_what_the_rows_and_the_census_give(real: Real) -> None:
    (row,) = [
        row for row in real.findings(service="kent", indicator="stop-rate", group="Black")
        if (row["characteristic"], row["comparator"]) == (OWN, "White")
    ]  # fmt: skip
    person = "service = 'kent' AND subject <> 'vehicle'"
    black, white = (
        real.count(f"{person} AND self_defined IN {codes}")
        for codes in ("('B1','B2','B9')", "('W1','W2','W3','W9')")
    )
    months = 24
    population = real.run.population
    assert population is not None
    people = dict.fromkeys(("B", "W"), 0)
    for cell in population.by_service().to_pylist():
        if cell["service"] == "kent" and cell["group"][0] in people:
            people[cell["group"][0]] += cell["residents"]
    assert (row["count"], row["other_count"]) == (black, white)
    assert row["of"] == people["B"] * months / 12
    expected = (black / people["B"]) / (white / people["W"])
    assert row["estimate"] == pytest.approx(expected, rel=1e-9)


def test_months_published_twice_are_named_and_both_readings_given(real: Real) -> None:
    twice = {gap.service for gap in real.run.report.gaps if gap.rule == "published-twice"}
    assert {"merseyside", "city-of-london", "suffolk", "north-wales", "cambridgeshire"} <= twice
    assert "Months that may have been published twice" in real.page(".")
    rows = real.findings(service="suffolk", indicator="arrest-rate", characteristic=OWN)
    shown = [row for row in rows if isinstance(row["without_repeats"], float)]
    assert any(row["without_repeats"] != pytest.approx(row["estimate"]) for row in shown)


def test_no_page_holds_a_number_that_is_none_or_a_ratio_of_thousands(real: Real) -> None:
    for row in real.findings(signal="concern"):
        assert row["estimate"] is Marker.UNDEFINED or row["estimate"] < 1000, row["sentence"]
    for path in real.site.rglob("*.html"):
        text = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", path.read_text("utf-8"), flags=re.S)
        assert not re.search(r"(?<![\w-])(nan|NaN|inf|Infinity)(?![\w-])", text), path
