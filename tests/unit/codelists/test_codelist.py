"""What a raw label means, and what is refused."""

from __future__ import annotations

from collections import defaultdict

import pytest

from evenhand.codelists import Kind, get_codelist, list_codelists
from evenhand.codelists.codelist import simplify
from evenhand.core import CodelistRefused

EVERY = [each.id for each in list_codelists()]


@pytest.mark.parametrize(
    ("list_id", "size"),
    [
        ("ethnicity-2001", 16 + 1),
        ("ethnicity-2011", 18 + 1),
        ("ethnicity-2021", 19 + 1),
        ("characteristic", 9),
        ("strand", 6),
    ],
)
def test_each_edition_has_as_many_codes_as_its_name_says(list_id: str, size: int) -> None:
    codes = get_codelist(list_id).codes
    assert len([code for code in codes if code.kind is not Kind.NOT_RECORDED]) == size


@pytest.mark.parametrize(
    ("list_id", "raw", "code"),
    [
        ("ethnicity-2001", "Black or Black British - African (B2)", "B2"),
        ("ethnicity-2001", "  black or black british   AFRICAN ", "B2"),
        ("ethnicity-2001", "Chinese or other ethnic group - Chinese (O1)", "O1"),
        ("ethnicity-2001", "Not Stated (NS)", "NS"),
        ("ethnicity-2001", "Some words nobody listed (m3)", "M3"),
        ("ethnicity-2001", "Any other black background", "B9"),
        ("ethnicity-2011", "Other ethnic group - Not stated", "NS"),
        ("ethnicity-2011", "Asian/Asian British - Chinese", "A4"),
        ("ethnicity-2021", "White: Roma", "W4"),
        ("ethnicity-officer-pnc", "IC0", "IC9"),
        ("outcome", "Suspect arrested", "arrest"),
        ("outcome", "Arrest", "arrest"),
        ("outcome", "Local resolution", "community-resolution"),
        ("subject", "Person and Vehicle search", "person-and-vehicle"),
        ("police-service", "Avon & Somerset", "avon-and-somerset"),
        ("police-service", "Avon and Somerset", "avon-and-somerset"),
        ("police-service", "London, City of", "city-of-london"),
        ("police-service", "E23000001", "metropolitan"),
        ("local-authority", "Kingston upon Hull, City of", "E06000010"),
    ],
)
def test_a_raw_label_is_read_as_its_code(list_id: str, raw: str, code: str) -> None:
    found = get_codelist(list_id).find(raw)
    assert found is not None
    assert found.code == code


def test_a_label_whose_code_and_words_disagree_means_nothing() -> None:
    ethnicity = get_codelist("ethnicity-2001")
    assert ethnicity.find("White - White British (B2)") is None


def test_a_code_in_brackets_of_another_edition_means_nothing() -> None:
    assert get_codelist("ethnicity-2001").find("White - Roma (W4)") is None


@pytest.mark.parametrize("empty", [None, "", "   "])
def test_an_empty_box_is_not_recorded_which_is_not_the_same_as_not_stated(
    empty: str | None,
) -> None:
    for list_id in ("ethnicity-2001", "ethnicity-2011", "ethnicity-2021", "ethnicity-officer"):
        found = get_codelist(list_id).find(empty)
        assert found is not None
        assert found.kind is Kind.NOT_RECORDED
    stated = get_codelist("ethnicity-2011").get("NS")
    assert stated.kind is Kind.NOT_STATED
    assert not stated.is_known


def test_chinese_stands_under_other_in_2001_and_under_asian_since_2011() -> None:
    assert get_codelist("ethnicity-2001").get("O1").broad == "other"
    assert get_codelist("ethnicity-2011").get("A4").broad == "asian"


def test_an_unknown_code_is_refused_with_the_codes_there_are() -> None:
    with pytest.raises(CodelistRefused, match=r"'W4' is not a code of ethnicity-2011.*W1, W2") as e:
        get_codelist("ethnicity-2011").get("W4")
    assert e.value.exit_code == 6


def test_an_unknown_codelist_is_refused_with_the_codelists_there_are() -> None:
    with pytest.raises(CodelistRefused, match=r"no codelist 'ethnicity-1991'.*ethnicity-2001"):
        get_codelist("ethnicity-1991")


def test_unknown_labels_are_listed_once_each_in_order() -> None:
    ethnicity = get_codelist("ethnicity-2011")
    raw = ["Martian", None, "White - Irish", "Venusian", "Martian"]
    assert ethnicity.list_unknown(raw) == ("Martian", "Venusian")


def test_a_total_is_deliberately_no_group() -> None:
    ethnicity = get_codelist("ethnicity-2011")
    assert ethnicity.find("All") is None
    assert "total" in (ethnicity.find_reason_left_out("all") or "")
    assert ethnicity.find_reason_left_out("Martian") is None


@pytest.mark.parametrize("list_id", EVERY)
def test_every_label_offered_for_mapping_a_column_is_one_find_agrees_with(list_id: str) -> None:
    shown = get_codelist(list_id)
    for raw, code in shown.labels().items():
        found = shown.find(raw)
        assert found is not None
        assert found.code == code or simplify(raw) == simplify(found.label)


@pytest.mark.parametrize("list_id", [each for each in EVERY if each != "local-authority"])
def test_no_spelling_means_two_things_in_one_list(list_id: str) -> None:
    shown = get_codelist(list_id)
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for raw, code in shown.labels().items():
        meanings[simplify(raw)].add(code)
    for code in shown.codes:
        meanings[simplify(code.label)].add(code.code)
    assert {text: codes for text, codes in meanings.items() if len(codes) > 1} == {}


def test_a_name_two_frames_share_means_the_newest_area() -> None:
    found = get_codelist("local-authority").find("Gateshead")
    assert found is not None
    assert found.code == "E08000037"


@pytest.mark.parametrize("list_id", EVERY)
def test_every_list_says_where_it_was_published_and_every_code_what_it_holds(
    list_id: str,
) -> None:
    shown = get_codelist(list_id)
    assert len(shown.source) > 40
    assert shown.question
    assert all((code.parts and code.broad) or shown.id == "police-service" for code in shown.codes)
    assert len({code.code for code in shown.codes}) == len(shown)
    assert not [raw for raw in shown.left_out if shown.find(raw)]
