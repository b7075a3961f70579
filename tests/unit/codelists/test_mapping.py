"""What can be told in another edition, what is lost, and what is refused."""

from __future__ import annotations

import pytest

from evenhand.codelists import get_common_groups, get_mapping, list_mappings
from evenhand.core import CodelistRefused


def test_2021_becomes_2011_and_roma_are_no_longer_apart() -> None:
    mapping = get_mapping("ethnicity-2021", "ethnicity-2011")
    assert mapping.as_dict["W4"] == "W9"
    assert mapping.as_dict["A4"] == "A4"
    assert len(mapping.losses) == 1
    assert "Roma" in mapping.losses[0]


def test_2011_becomes_2001_and_the_map_says_that_chinese_changes_its_broad_group() -> None:
    mapping = get_mapping("ethnicity-2011", "ethnicity-2001")
    assert mapping.as_dict["A4"] == "O1"
    assert mapping.as_dict["W3"] == "W9"
    assert mapping.as_dict["O2"] == "O9"
    assert any("Chinese moves" in loss and "“other”" in loss for loss in mapping.losses)


def test_2001_cannot_become_2011_because_two_groups_hold_later_ones() -> None:
    with pytest.raises(CodelistRefused) as refused:
        get_mapping("ethnicity-2001", "ethnicity-2011")
    message = str(refused.value)
    assert refused.value.exit_code == 6
    assert "W9 (Any other White background), O9 (Any other ethnic group)" in message
    assert "W9 with W3+W9" in message
    assert "O9 with O2+O9" in message
    assert "B2" not in message


def test_2001_and_2011_share_every_group_but_the_two_that_have_to_be_widened() -> None:
    groups = get_common_groups("ethnicity-2001", "ethnicity-2011")
    assert len(groups) == 18
    wide = [(g.source_codes, g.target_codes) for g in groups if len(g.target_codes) > 1]
    assert wide == [(("W9",), ("W3", "W9")), (("O9",), ("O2", "O9"))]
    chinese = next(g for g in groups if g.source_codes == ("O1",))
    assert chinese.target_codes == ("A4",)
    assert [g.label for g in groups if not g.is_known] == ["Not stated", "Not recorded"]


def test_detail_of_2001_goes_to_the_later_broad_groups_though_its_own_broad_groups_do_not() -> None:
    assert get_mapping("ethnicity-2001", "ethnicity-broad").as_dict["O1"] == "asian"
    with pytest.raises(CodelistRefused, match="asian\\+other with asian\\+other"):
        get_mapping("ethnicity-broad-2001", "ethnicity-broad")


@pytest.mark.parametrize(
    "target", ["ethnicity-2001", "ethnicity-2011", "ethnicity-broad", "ethnicity-binary"]
)
@pytest.mark.parametrize("source", ["ethnicity-officer", "ethnicity-officer-pnc"])
def test_what_an_officer_perceived_never_becomes_what_a_person_said(
    source: str, target: str
) -> None:
    for start, end in ((source, target), (target, source)):
        with pytest.raises(CodelistRefused, match=r"rule: same-question.*side by side"):
            get_mapping(start, end)
        with pytest.raises(CodelistRefused, match="same-question"):
            get_common_groups(start, end)


def test_broad_cannot_become_detail() -> None:
    with pytest.raises(CodelistRefused, match="white \\(White\\), mixed \\(Mixed\\)"):
        get_mapping("ethnicity-broad", "ethnicity-2011")


def test_the_first_outcome_vocabulary_says_more_about_no_further_action_than_the_second() -> None:
    first = get_mapping("outcome-2014", "outcome")
    assert first.as_dict["arrest"] == "arrest"
    assert any("Nothing found" in loss for loss in first.losses)
    with pytest.raises(CodelistRefused, match="no-further-action"):
        get_mapping("outcome-2017", "outcome-2014")
    shared = {g.label for g in get_common_groups("outcome-2017", "outcome-2014")}
    assert "Arrest" in shared
    assert "A no further action disposal" not in shared


def test_the_strand_of_gender_holds_three_characteristics_and_marriage_was_no_strand() -> None:
    with pytest.raises(CodelistRefused, match="Gender"):
        get_mapping("strand", "characteristic")
    with pytest.raises(CodelistRefused, match="Marriage"):
        get_mapping("characteristic", "strand")
    groups = get_common_groups("strand", "characteristic")
    gender = next(g for g in groups if g.source_codes == ("gender",))
    assert gender.target_codes == ("gender-reassignment", "pregnancy", "sex")
    assert len(groups) == 6


def test_ages_of_stops_and_of_arrests_share_four_groups() -> None:
    groups = get_common_groups("age-stops", "age-arrests")
    assert [g.source_codes for g in groups] == [
        ("under-10",),
        ("10-17",),
        ("18-24", "25-34", "over-34"),
        ("not-recorded",),
    ]


def test_every_listed_mapping_is_one_that_can_be_got() -> None:
    mappings = list_mappings()
    assert len(mappings) > 10
    for mapping in mappings:
        assert get_mapping(mapping.source, mapping.target) == mapping
