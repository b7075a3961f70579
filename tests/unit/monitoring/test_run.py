"""One run from files to a site: what it says, what it leaves out, and that it stays the same."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evenhand.core import Marker, NothingToMeasure
from evenhand.indicators import STOPS, Place
from evenhand.monitoring.paths import WHOLE_PATH, build_paths

Rows = list[dict[str, Any]]
BIG = (900_000, 20_000, 40_000, 60_000, 10_000)
AREAS = {("kent", "North"): BIG, ("kent", "South"): BIG, ("essex", "Essex"): BIG}

NUMBERLESS = re.compile(r"(?<![\w-])(nan|NaN|inf|Infinity|None(?!:))(?![\w-])")


class _Page(HTMLParser):
    """The links and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def usual(make: Any, unit: str = "North") -> Rows:
    """Enough of everybody that something is shown and something worries."""
    return [
        make.stops("white", 300, Borough=unit),
        {**make.stops("white", 100, Borough=unit), "Outcome": "Arrest"},
        make.stops("black", 90, Borough=unit),
        {**make.stops("black", 60, Borough=unit), "Outcome": "Arrest"},
        make.stops("asian", 40, Borough=unit),
        make.stops("", 60, Borough=unit),
    ]


@pytest.fixture(scope="module")
def monitored(make: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two services, one of two units with a month missing; an area of nobody's."""
    folder = tmp_path_factory.mktemp("monitored")
    archive = folder / "archive"
    for month in ("2020-01", "2020-03"):
        make.month(archive, month, [*usual(make), *usual(make, "South")])
    for month in ("2020-01", "2020-02", "2020-03"):
        make.month(archive, month, usual(make, ""), service="essex")
    residents = make.residents(folder, {**AREAS, ("", "Atlantis"): BIG})
    return make.run(archive, folder / "site", **residents)


def rows_of(run: Any, table: str, **equals: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run.found.release.tables[table].table.where(**equals).rows()
    return found


def test_every_place_has_a_page_and_the_services_and_units_a_pack(monitored: Any) -> None:
    files = {name for name, _ in monitored.texts()}
    for path in (WHOLE_PATH, "services/kent", "services/essex", "services/kent/north",
                 "services/kent/south", "quality", "method"):  # fmt: skip
        assert f"{path}/index.html" in files
    assert {name for name in files if name.endswith("pack.html")} == {
        f"services/{path}/pack.html" for path in ("essex", "kent", "kent/north", "kent/south")
    }


def test_every_link_of_every_page_leads_to_something_in_the_site(monitored: Any) -> None:
    pages = {name: _Page(text) for name, text in monitored.texts() if name.endswith(".html")}
    root = monitored.folder.resolve()
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(("https://", "data:", "mailto:")):
                continue
            path, _, anchor = link.partition("#")
            target = ((root / name).parent / path).resolve() if path else (root / name)
            if target.is_dir():
                target /= "index.html"
            assert target.is_file(), (name, link)
            if anchor:
                assert anchor in pages[target.relative_to(root).as_posix()].ids, (name, link)


def test_every_finding_leads_to_a_page_and_a_section_that_are_there(monitored: Any) -> None:
    pages: dict[str, _Page] = {}
    for row in monitored.found.findings.table.rows():
        path = f"{row['page']}/index.html"
        if path not in pages:
            pages[path] = _Page(monitored.page(path))
        assert row["block"] in pages[path].ids, (row["page"], row["block"])


def test_findings_come_in_order_of_concern(monitored: Any) -> None:
    from evenhand.core import Signal

    ranks = [
        Signal.read(row["signal"]).rank
        for row in monitored.found.findings.table.rows()
        if not isinstance(row["signal"], Marker)
    ]
    assert ranks == sorted(ranks)
    assert ranks[0] == Signal.CONCERN.rank


def test_a_missing_month_is_a_notice_and_a_gap_and_never_a_zero(monitored: Any) -> None:
    front = monitored.page("index.html")
    assert "Months without records" in front
    assert "never counted as a zero" in front
    kent = {row["month"]: row["count"] for row in rows_of(
        monitored, "stop-rate-monthly-by-ethnicity-self-defined", service="kent", unit="",
        group="White")}  # fmt: skip
    assert kent == {"2020-01": 800, "2020-02": Marker.NOT_COLLECTED, "2020-03": 800}
    assert "February 2020" in monitored.page("quality/index.html")


def test_the_months_missing_are_missing_from_the_denominator_too(monitored: Any) -> None:
    (kent,) = rows_of(monitored, "stop-rate-by-ethnicity-self-defined", service="kent", unit="",
                      group="Black")  # fmt: skip
    (essex,) = rows_of(monitored, "stop-rate-by-ethnicity-self-defined", service="essex",
                       group="Black")  # fmt: skip
    assert (kent["of"], essex["of"]) == (2 * 60_000 * 2 / 12, 60_000 * 3 / 12)


def test_an_area_of_no_service_is_named_on_the_front_page_and_in_the_json(monitored: Any) -> None:
    assert "Atlantis" in monitored.page("index.html")
    assert monitored.found.as_dict()["areas_unmatched"] == ["Atlantis"]


def test_both_ethnicity_fields_stand_side_by_side(monitored: Any) -> None:
    page = monitored.page("services/kent/index.html")
    assert "self-defined" in page
    assert "officer-perceived" in page
    fields = {row["field"] for row in monitored.found.findings.table.rows()}
    assert {"self-defined", "officer-perceived"} <= fields


def test_every_indicator_has_its_section_with_the_method_in_a_fold(monitored: Any) -> None:
    text = monitored.page("services/kent/index.html")
    page = _Page(text)
    assert {indicator.id for indicator in STOPS} <= page.ids
    assert text.count("<details") >= len(STOPS)


def test_no_page_or_file_holds_a_number_that_is_none(monitored: Any) -> None:
    for name, text in monitored.texts():
        if name.endswith((".html", ".csv")):
            visible = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", text, flags=re.S)
            assert not re.search(r"(?<![\w-])(nan|NaN|inf|Infinity|None(?!:))(?![\w-])", visible), (
                name
            )


def test_one_service_has_no_page_of_all_services(make: Any, tmp_path: Path) -> None:
    archive = make.month(tmp_path, "2020-01", usual(make, ""))
    run = make.run(archive, tmp_path / "site", **make.residents(tmp_path, AREAS))
    files = {name for name, _ in run.texts()}
    assert f"{WHOLE_PATH}/index.html" not in files
    assert "services/kent/index.html" in files
    assert "all services" not in run.page("index.html").lower()


@pytest.mark.parametrize("services", [("kent",), ("kent", "essex")])
def test_without_a_population_outcomes_are_compared_and_rates_are_not(
    make: Any, tmp_path: Path, services: tuple[str, ...]
) -> None:
    archives = [make.month(tmp_path, "2020-01", usual(make, ""), service=s) for s in services]
    run = make.run(archives, tmp_path / "site")
    rows = run.found.findings.table.rows()
    rates = [row for row in rows if row["indicator"] == "stop-rate"]
    assert rates
    for row in rates:
        assert row["estimate"] is Marker.NOT_APPLICABLE
        assert row["signal"] == "cannot be measured"
        assert "no resident population is known" in str(row["sentence"])
    assert any(isinstance(row["estimate"], float) for row in rows)
    assert "No residents were given" in run.page("index.html")


def test_a_service_without_residents_has_no_rate_and_is_named(make: Any, tmp_path: Path) -> None:
    archives = [
        make.month(tmp_path, "2020-01", usual(make, ""), service=s) for s in ("kent", "btp")
    ]
    run = make.run(archives, tmp_path / "site", **make.residents(tmp_path, AREAS))
    (btp,) = {
        row["sentence"]
        for row in run.found.findings.table.rows()
        if (row["service"], row["indicator"]) == ("btp", "stop-rate")
    }
    assert "no resident population is known" in btp
    assert "Services without residents" in run.page("index.html")


def test_visitors_are_warned_of_and_no_rate_of_theirs_is_printed(make: Any, tmp_path: Path) -> None:
    archive = make.month(tmp_path, "2020-01", usual(make, ""))
    residents = make.residents(tmp_path, {("kent", "City"): (5896, 200, 400, 334, 100)})
    run = make.run(archive, tmp_path / "site", **residents)
    rates = [row for row in run.found.findings.table.rows() if row["indicator"] == "stop-rate"]
    assert {row["estimate"] for row in rates if row["characteristic"] != "ethnicity-detailed"} == {
        Marker.UNDEFINED
    }
    assert {row["signal"] for row in rates} == {"cannot be measured"}
    assert "Services that search more people than live there" in run.page("index.html")
    text = run.page("services/kent/index.html")
    assert "the resident population does not describe who is there" in text
    for name in ("stop-rate-by-ethnicity-self-defined",
                 "stop-rate-monthly-by-ethnicity-self-defined"):  # fmt: skip
        assert not any(isinstance(row["value"], float) for row in rows_of(run, name))


def test_units_whose_names_make_one_slug_have_pages_of_their_own(make: Any, tmp_path: Path) -> None:
    names = ["St Mary's", "St. Marys", "Ħ", "—"]
    archive = make.month(tmp_path, "2020-01", [row for n in names for row in usual(make, n)])
    run = make.run(archive, tmp_path / "site")
    pages = {
        row["unit"]: row["page"] for row in run.found.findings.table.rows() if row["unit"] in names
    }
    assert set(pages) == set(names)
    assert len(set(pages.values())) == len(names)
    for unit, path in pages.items():
        assert unit.replace("'", "&#39;") in run.page(f"{path}/index.html")


def test_a_path_is_made_from_names_alone_and_stays_when_others_come_and_go() -> None:
    pair = [Place("kent", "St Mary's"), Place("kent", "St. Marys")]
    some = build_paths([Place("kent"), *pair, Place("kent", "North")])
    more = build_paths([Place(""), Place("essex"), Place("kent"), *reversed(pair)])
    assert some[Place("kent", "North")] == "services/kent/north"
    assert [some[place] for place in pair] == [more[place] for place in pair]
    assert len(set(some.values())) == 4


def test_one_service_of_several_files_reads_like_one_file(make: Any, tmp_path: Path) -> None:
    first = make.month(tmp_path / "a", "2020-01", usual(make, "North"))
    rows = usual(make, "South")
    second = make.month(tmp_path / "b", "2020-02", rows)
    run = make.run([first, second], tmp_path / "site")
    assert (run.found.report.rows_read, len(run.found.report.files)) == (1300, 2)
    assert str(run.found.release.period) == "2020-01/2020-02"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_input_gives_the_same_bytes(make: Any, tmp_path: Path) -> None:
    archive = make.month(tmp_path, "2020-01", [*usual(make), *usual(make, "South")])
    residents = make.residents(tmp_path, AREAS)
    first = make.run(archive, tmp_path / "first", **residents)
    second = make.run(archive, tmp_path / "second", **residents)
    assert bytes_of(first.folder) == bytes_of(second.folder)


def figures(run: Any) -> dict[str, list[Any]]:
    return {
        name: [list(cells) for cells in released.table.cells.values()]
        for name, released in run.found.release.tables.items()
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["again", "crlf-twin"])
def test_measuring_twice_into_one_lake_changes_no_figure(
    make: Any, tmp_path: Path, end: str
) -> None:
    rows = usual(make)
    archive = make.month(tmp_path / "a", "2020-01", rows)
    twin = make.month(tmp_path / "b", "2020-01", rows, end=end)
    options = {"lake": tmp_path / "lake", **make.residents(tmp_path, AREAS)}
    first = make.run(archive, tmp_path / "first", **options)
    second = make.run(twin, tmp_path / "second", **options)
    assert figures(first) == figures(second)
    assert (second.found.report.rows_loaded, second.found.report.rows_quarantined) == (0, 650)


def test_a_twin_beside_its_file_changes_no_figure(make: Any, tmp_path: Path) -> None:
    rows = usual(make)
    archive = make.month(tmp_path / "a", "2020-01", rows)
    twin = make.month(tmp_path / "b", "2020-01", rows, end="\r\n")
    alone = make.run(archive, tmp_path / "first")
    both = make.run([archive, twin], tmp_path / "second")
    assert figures(alone) == figures(both)
    report = both.found.report
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (1300, 650, 650)


def test_a_month_published_twice_is_named_and_both_readings_are_given(
    make: Any, tmp_path: Path
) -> None:
    rows = usual(make, "")
    archive = make.month(tmp_path, "2020-01", rows)
    lines = archive.read_text(encoding="utf-8").splitlines(keepends=True)
    archive.write_text("".join([*lines, *lines[1:]]), encoding="utf-8")
    run = make.run(archive, tmp_path / "site", **make.residents(tmp_path, AREAS))
    assert run.found.report.rows_repeated == 650
    assert "Months that may have been published twice" in run.page("index.html")
    (white,) = rows_of(run, "stop-rate-by-ethnicity-self-defined", service="kent", group="White")
    assert (white["count"], white["repeated"]) == (800, 400)
    (black,) = [row for row in run.found.findings.table.rows()
                if (row["indicator"], row["group"], row["field"], row["unit"])
                == ("arrest-rate", "Black", "self-defined", "")]  # fmt: skip
    assert black["without_repeats"] == pytest.approx(black["estimate"])


def test_vehicle_only_searches_are_in_no_figure_about_people(make: Any, tmp_path: Path) -> None:
    people = make.month(tmp_path / "a", "2020-01", usual(make))
    vehicles = {**make.stops("black", 500, Borough="North"), "Type": "Vehicle search"}
    mixed = make.month(tmp_path / "b", "2020-01", [*usual(make), vehicles])
    assert figures(make.run(people, tmp_path / "x")) == figures(make.run(mixed, tmp_path / "y"))


def test_nothing_to_measure_leaves_no_site(make: Any, tmp_path: Path) -> None:
    archive = make.month(tmp_path, "2020-01", [{**make.stops(), "Outcome": "Sent home"}])
    with pytest.raises(NothingToMeasure):
        make.run(archive, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_file_of_vehicle_searches_alone_is_measured_as_nothing_counted(
    make: Any, tmp_path: Path
) -> None:
    vehicles = {**make.stops("white", 30), "Type": "Vehicle search"}
    run = make.run(make.month(tmp_path, "2020-01", [vehicles]), tmp_path / "site")
    assert (run.folder / "index.html").exists()
    assert not any(isinstance(r["estimate"], float) for r in run.found.findings.table.rows())


def test_an_act_in_no_codelist_is_measured_all_the_same(make: Any, tmp_path: Path) -> None:
    rows = [*usual(make), {**make.stops("white", 30), "Legislation": "Hedgehogs Act 2031"}]
    run = make.run(make.month(tmp_path, "2020-01", rows), tmp_path / "site")
    assert "Other, not in the codelist" in run.page("services/kent/index.html")
