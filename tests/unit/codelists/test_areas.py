"""Which service polices which area, in every frame."""

from __future__ import annotations

import pytest

from evenhand.codelists import (
    find_local_authority,
    get_codelist,
    get_local_authority,
    is_name_of,
    list_local_authorities,
    list_services_with_residents,
)
from evenhand.core import CodelistRefused


def in_frame(frame: str) -> list[str]:
    return [area.code for area in list_local_authorities() if frame in area.frames]


@pytest.mark.parametrize(
    ("frame", "size"),
    # ONS: 348 local authorities of 2011; 331 of the 2021 census and of 2022; 318 since April 2023.
    [("2011-first", 348), ("2011", 348), ("2021", 331), ("2022", 331), ("2023", 318)],
)
def test_each_frame_has_as_many_authorities_as_published(frame: str, size: int) -> None:
    assert len(in_frame(frame)) == size


def test_every_authority_is_policed_by_a_service_with_residents_and_every_one_has_some() -> None:
    services = set(list_services_with_residents())
    assert len(services) == 43
    for frame in ("2011", "2021", "2023"):
        policed = {area.service for area in list_local_authorities() if frame in area.frames}
        assert policed == services


def test_services_without_residents_are_named_but_have_no_area() -> None:
    for slug in ("btp", "northern-ireland"):
        assert get_codelist("police-service").get(slug).broad == ""
        assert slug not in list_services_with_residents()


def test_an_abolished_authority_still_leads_to_its_service() -> None:
    aylesbury = get_local_authority("E07000004")
    assert aylesbury.service == "thames-valley"
    assert aylesbury.frames == ("2011-first", "2011")
    assert get_local_authority("E06000063").service == "cumbria"


def test_a_joint_name_is_not_the_name_of_either_area() -> None:
    assert is_name_of("E09000001", "City of London")
    assert not is_name_of("E09000001", "City of London and Westminster")
    assert is_name_of("E06000010", "Kingston upon Hull, City of")
    assert not is_name_of("S12000036", "City of Edinburgh")


def test_a_code_no_frame_has_is_refused() -> None:
    assert find_local_authority("S12000036") is None
    with pytest.raises(CodelistRefused, match="S12000036"):
        get_local_authority("S12000036")
