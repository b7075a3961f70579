"""``evenhand workforce``: findings from tables in a folder."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app
from evenhand.cli.workforce import find_tables
from evenhand.core import UnreadableFile
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce

NEEDED = ("strength", "movements", "survey")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = simulate_workforce(WorkforceShape(people=600, months=12), rng=np.random.default_rng(5))
    out = tmp_path_factory.mktemp("tables")
    for name in NEEDED:
        pq.write_table(made.tables[name], out / f"{name}.parquet")
    return out


def test_findings_are_printed_as_one_object_and_written_as_a_site(folder, tmp_path):
    site = tmp_path / "site"
    done = CliRunner().invoke(app, ["workforce", str(folder), "--out", str(site), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["at"] == "2016-12"
    assert told["policy"] == "public"
    assert "vetting" in told["absent"]["workforce-vetting-refused"]
    assert {"indicator", "sentence", "signal", "page"} <= set(told["findings"][0])
    assert "the-service" in (site / "index.html").read_text()
    assert "lose people faster" in (site / "the-service" / "index.html").read_text()


def test_no_survey_figure_rests_on_fewer_than_ten_answers_even_for_those_cleared(folder):
    done = CliRunner().invoke(app, ["workforce", str(folder), "--policy", "cleared", "--json"])
    rows = json.loads(done.output)["findings"]
    survey = [row for row in rows if row["indicator"] == "workforce-survey"]
    others = [row for row in rows if row["indicator"] == "workforce-leaving"]
    assert survey
    assert all(row["count"] >= 10 for row in survey if isinstance(row["count"], int))
    assert any(not isinstance(row["count"], int) for row in survey)
    assert any(row["count"] < 10 for row in others if isinstance(row["count"], int))


def test_a_folder_without_strength_is_refused_by_name(tmp_path):
    with pytest.raises(UnreadableFile, match="strength"):
        find_tables(tmp_path)
