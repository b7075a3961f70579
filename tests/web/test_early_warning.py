"""Early warning: a number for who leads people, names only for a look that is recorded."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from evenhand.datasets.workforce import CHARACTERISTICS, TABLES, WorkforceLake, load_workforce
from evenhand.web.ledger.export import render_export
from evenhand.web.ledger.queries import list_history, list_refusals
from evenhand.web.measures.services import (
    set_person_key,
)


@pytest.fixture
def led(cast, admin, at, settings):
    """Reviews of a line of command: the owner's key leads twelve people, three dissatisfied."""
    rows = [{"person": f"p{i:02}", "manager": "chief", "dissatisfied": i < 3} for i in range(12)]
    rows.append({"person": "chief", "manager": "top", "dissatisfied": False})
    table = TABLES["reviews"].require(_reviews(rows))
    lake = WorkforceLake(settings.HOME.folder / "lake" / "workforce")
    assert load_workforce("reviews", [table], lake=lake, at=at).report.rows_loaded == 13
    set_person_key(person=cast["owner"].party.subject, key="chief", by=admin, at=at)


def _reviews(rows):
    schema = TABLES["reviews"].arrow
    fill = {name: ("blank" if name in CHARACTERISTICS else "") for name in schema.names}
    days = {
        "period_end": date(2025, 12, 31),
        "rating": "meets",
        "ethnicity_edition": "ethnicity-2011",
        "unit": "A",
        "grade": "constable",
    }
    return pa.Table.from_pylist([{**fill, **days, **row} for row in rows], schema=schema)


def test_who_leads_people_sees_a_number_first_and_names_only_for_a_recorded_look(
    led, cast, signed_in, at
):
    client = signed_in("owner")
    page = client.get("/measures/early-warning/").content.decode()
    assert "3 of 12 people" in page
    assert "p00" not in page
    looked = client.post("/measures/early-warning/").content.decode()
    assert [name in looked for name in ("p00", "p01", "p02", "p03")] == [True, True, True, False]
    events = list_history(cast["owner"].party.subject, as_of=None)
    assert [event.kind for event in events][-1] == "early-warning.looked"
    assert "p00" not in render_export()
    assert "chief" not in render_export()


@pytest.mark.parametrize("name", ["analyst", "member", "commander", "admin", "panel"])
def test_nobody_outside_the_line_of_command_sees_a_name_and_the_attempt_is_kept(
    name, led, signed_in
):
    client = signed_in(name)
    assert "p00" not in client.get("/measures/early-warning/").content.decode()
    answer = client.post("/measures/early-warning/")
    assert answer.status_code == 403
    assert "p00" not in answer.content.decode()
    assert any(each.command.endswith("look_at_flags") for each in list_refusals())


def test_an_administrator_records_a_key_and_gets_no_sight_of_anybody(led, cast, signed_in):
    client = signed_in("admin")
    person = cast["owner2"].party.subject
    client.post("/measures/early-warning/key/", {"person": person, "key": "top"})
    text = signed_in("owner2").get("/measures/early-warning/").content.decode()
    assert "13" in text


def test_only_the_last_review_of_somebody_counts(led, settings, at, signed_in):
    """A later review that notes nothing takes the flag away; an earlier one brings none."""
    rows = [
        {
            "person": "p00",
            "manager": "chief",
            "dissatisfied": False,
            "period_end": date(2026, 1, 31),
        },
        {
            "person": "p05",
            "manager": "chief",
            "dissatisfied": True,
            "period_end": date(2024, 12, 31),
        },
    ]
    lake = WorkforceLake(settings.HOME.folder / "lake" / "workforce")
    table = TABLES["reviews"].require(_reviews(rows))
    assert load_workforce("reviews", [table], lake=lake, at=at).report.rows_loaded == 2
    looked = signed_in("owner").post("/measures/early-warning/").content.decode()
    assert [name in looked for name in ("p00", "p01", "p02", "p05")] == [False, True, True, False]
