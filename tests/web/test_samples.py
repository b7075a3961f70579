"""Decisions drawn to be looked at again: nobody chose them, and nobody is named in the ledger."""

from __future__ import annotations

import pytest

from evenhand.datasets.workforce import WorkforceLake
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.export import render_export
from evenhand.web.measures.queries.samples import find_keys, get_sample


@pytest.fixture
def now(at):
    return AsOf.now(at)


def test_a_draw_names_nobody_in_the_ledger_and_can_be_drawn_again(sampled, settings, now):
    lake = WorkforceLake(settings.HOME.folder / "lake" / "workforce")
    sample = get_sample(sampled, as_of=now)
    keys = find_keys(sample, lake)
    assert len(keys) == sample.drawn == 10
    assert sample.size == 200
    export = render_export()
    assert "finances" not in export
    assert not any(key.split()[0] in export for key in keys)


def test_a_draw_from_other_files_is_not_passed_off_as_the_same(sampled, settings, at, now):
    lake = WorkforceLake(settings.HOME.folder / "lake" / "workforce")
    (load,) = lake.list_loads("vetting")
    lake.withdraw("vetting", load.id, at=at, reason="Wrong.")
    assert find_keys(get_sample(sampled, as_of=now), lake) is None


def test_only_an_analyst_draws_and_only_who_is_cleared_sees_what_was_drawn(sampled, signed_in):
    address = f"/measures/samples/{sampled}/"
    assert "2025-06-01" in signed_in("analyst").get(address).content.decode()
    assert "2025-06-01" not in signed_in("member").get(address).content.decode()
    asked = {"dataset": "vetting", "percent": "2"}
    assert signed_in("analyst").post("/measures/samples/", asked).status_code == 302
    assert signed_in("member").post("/measures/samples/", asked).status_code == 403


def test_a_draw_from_nothing_says_so(cast, signed_in):
    answer = signed_in("analyst").post("/measures/samples/", {"dataset": "vetting", "percent": "2"})
    assert answer.status_code == 422
    assert "nothing to draw from" in answer.content.decode()
