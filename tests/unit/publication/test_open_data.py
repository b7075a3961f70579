"""Every table of the site is a CSV file that a machine can read with its metadata, and trust."""

from __future__ import annotations

import csv
import io
import json
import warnings
from pathlib import Path

import pytest

from evenhand.core import Marker
from evenhand.publication.csvw import build_sheet, render_csv


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def list_sheets(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.csv"))


def test_every_file_has_metadata_that_names_it_and_its_columns(folder: Path) -> None:
    sheets = list_sheets(folder)
    assert len(sheets) > 15
    for sheet in sheets:
        described = json.loads(sheet.with_name(f"{sheet.name}-metadata.json").read_text())
        header = sheet.read_text().splitlines()[0].split(",")
        assert described["url"] == sheet.name
        assert [c["titles"] for c in described["tableSchema"]["columns"]] == header
        assert described["dc:license"]["@id"].startswith("https://")
        assert described["dc:temporal"] == "January 2019 to December 2020"
        assert described["dc:description"].startswith("Synthetic: these figures are made up")


def test_a_csv_on_the_web_reader_accepts_every_file(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import csvw
    for sheet in list_sheets(folder):
        found = csvw.CSVW(str(sheet))
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            assert found.is_valid, sheet
            rows = list(found.tables[0])
        assert len(rows) == len(read(sheet.read_bytes()))
        assert [str(w.message) for w in said if "csvw" in str(w.filename)] == []


def test_a_marker_is_read_back_as_no_value_and_a_zero_as_zero(samples, site, tmp_path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import csvw
    columns = [samples.dimension("why", "Why"), samples.derived("rate", "Rate")]
    rows = [("number", 1.5), *((marker.value, marker) for marker in Marker)]
    sheet = build_sheet(samples.released("rates", "Rates", columns, rows), site)
    (tmp_path / "rates.csv").write_bytes(sheet.csv)
    (tmp_path / "rates.csv-metadata.json").write_bytes(sheet.metadata)
    read_back = list(csvw.CSVW(str(tmp_path / "rates.csv")).tables[0])
    assert {row["why"]: row["rate"] for row in read_back} == {
        "number": 1.5,
        "zero": 0,
        **{marker.value: None for marker in Marker if marker is not Marker.ZERO},
    }


def test_a_frictionless_reader_finds_no_fault_in_any_file(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Dialect, Resource, Schema, fields, system

        kinds = {
            "integer": fields.IntegerField,
            "number": fields.NumberField,
            "boolean": fields.BooleanField,
            "string": fields.StringField,
        }
        for sheet in list_sheets(folder):
            described = json.loads(sheet.with_name(f"{sheet.name}-metadata.json").read_text())
            made = [
                kinds[column["datatype"]](name=column["name"], missing_values=column["null"])
                for column in described["tableSchema"]["columns"]
            ]
            with system.use_context(trusted=True):
                resource = Resource(path=str(sheet), schema=Schema(fields=made), dialect=Dialect())
                report = resource.validate()
            assert report.valid, report.flatten(["message"])


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_text_a_spreadsheet_would_run_is_made_harmless(samples, text: str) -> None:
    table = samples.released("f", "F", [samples.dimension("group", "Group")], [(text,)])
    written = list(csv.reader(io.StringIO(render_csv(table).decode(), newline="")))[1][0]
    assert written == f"'{text}"


def test_a_negative_number_stays_a_number(samples) -> None:
    table = samples.released("n", "N", [samples.derived("v", "V")], [(-2.5,), (-3,)])
    assert [row["v"] for row in read(render_csv(table))] == ["-2.5", "-3"]


def test_words_with_commas_quotes_and_lines_come_back_whole(samples) -> None:
    words = 'a, "b"\nc’d'
    table = samples.released("w", "W", [samples.dimension("group", "Group")], [(words,)])
    assert read(render_csv(table))[0]["group"] == words


def test_the_metadata_names_method_definition_and_treatment(folder: Path) -> None:
    path = folder / "services/elmshire-police/stop-rate-ratio.csv-metadata.json"
    notes = {note["name"]: note for note in json.loads(path.read_text())["notes"]}
    assert notes["method"]["definition"] == "stops-rate-ratio"
    assert notes["method"]["version"] == 1
    assert notes["disclosure treatment"]["policy"] == "cleared"
    assert notes["provenance"]["loads"] == ["9f2c" * 16]
    assert notes["markers"]["words"]["suppressed"] == Marker.SUPPRESSED.words


def test_findings_are_given_as_json_in_order_of_concern(folder: Path) -> None:
    found = json.loads((folder / "findings.json").read_text())["findings"]
    assert [finding["signal"] for finding in found][:2] == ["concern", "watch"]
    small = next(f for f in found if f["signal"] == "too small to tell")
    assert small["estimate"] == {"marker": "undefined"}


def test_findings_as_a_file_keep_every_row_with_hidden_ones_marked(folder: Path) -> None:
    rows = read((folder / "findings.csv").read_bytes())
    assert len(rows) == 7
    assert rows[-1]["sentence"] == "suppressed"
