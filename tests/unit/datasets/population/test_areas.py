"""Which service an area is counted for, and what is named instead of guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.core import ContractBroken
from evenhand.datasets.population.areas import (
    Astray,
    Matched,
    find_frame,
    load_areas,
    match_authority,
    match_force,
)


@pytest.mark.parametrize(
    ("code", "name", "service"),
    [
        ("E09000001", "City of London", "city-of-london"),
        ("E07000112", "Shepway", "kent"),
        ("E06000010", "Kingston upon Hull, City of", "humberside"),
        ("E07000004", "Aylesbury Vale", "thames-valley"),
        ("", "Rhondda Cynon Taff", "south-wales"),
        ("E06000023", "a name nobody listed", "avon-and-somerset"),
    ],
)
def test_an_area_is_known_by_code_or_by_name(code: str, name: str, service: str) -> None:
    found = match_authority(code, name)
    assert isinstance(found, Matched)
    assert found.service == service


def test_a_name_that_joins_areas_of_two_services_is_counted_for_neither() -> None:
    found = match_authority("E09000001", "City of London and Westminster")
    assert isinstance(found, Astray)
    assert found.reason == "it joins areas of two services (city-of-london and metropolitan)"


def test_a_name_that_joins_areas_of_one_service_covers_both() -> None:
    found = match_authority("E06000052", "Cornwall and Isles of Scilly")
    assert isinstance(found, Matched)
    assert found.covers == ("E06000052", "E06000053")


def test_a_name_with_and_in_it_is_not_taken_for_two_areas() -> None:
    for code, name in (("E09000020", "Kensington and Chelsea"), ("E06000049", "x and y")):
        found = match_authority(code, name)
        assert isinstance(found, Matched)
        assert found.covers == (code,)


@pytest.mark.parametrize(
    ("code", "is_sum", "words"),
    [
        ("E12000007", True, "sum"),
        ("K04000001", True, "sum"),
        ("S12000036", False, "Scotland"),
        ("N09000003", False, "Northern Ireland"),
        ("E07999999", False, "no frame shipped"),
    ],
)
def test_what_belongs_to_no_service_says_why(code: str, is_sum: bool, words: str) -> None:
    found = match_authority(code, "")
    assert isinstance(found, Astray)
    assert found.is_sum is is_sum
    assert words in found.reason


def test_a_police_force_is_known_by_every_spelling() -> None:
    for name in ("Avon & Somerset", "Avon and Somerset", "E23000036"):
        found = match_force("", name)
        assert isinstance(found, Matched)
        assert found.service == "avon-and-somerset"
    total = match_force("", "Total England and Wales")
    assert isinstance(total, Astray)
    assert total.is_sum
    assert isinstance(match_force("", "Police Scotland"), Astray)


def test_the_frame_is_the_one_most_of_the_codes_stand_in() -> None:
    assert find_frame(["E07000004", "E07000005"])[0].startswith("2011")
    assert find_frame(["E06000063", "E06000064"])[0] == "2023"


def test_a_look_up_of_ones_own_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    lookup = tmp_path / "areas.csv"
    lookup.write_text("area_code,area_name,service\nX1,Alder Vale,wayland\n", encoding="utf-8")
    match = load_areas(lookup)
    assert match("X1", "") == Matched("X1", "Alder Vale", "wayland", ("X1",))
    assert match("", "alder VALE") == match("X1", "Alder Vale")
    assert match("E09000001", "City of London") == Astray("areas.csv does not list it")


def test_a_look_up_without_its_columns_is_refused_by_name(tmp_path: Path) -> None:
    lookup = tmp_path / "areas.csv"
    lookup.write_text("area_code,area_name\nX1,Alder Vale\n", encoding="utf-8")
    with pytest.raises(ContractBroken, match="column “service”"):
        load_areas(lookup)
    lookup.write_text("area_code,area_name,service\nX1,Alder Vale,\n", encoding="utf-8")
    with pytest.raises(ContractBroken, match="line 2: an area needs a code and a service"):
        load_areas(lookup)
