"""Telling from its labels which edition a file speaks."""

from __future__ import annotations

import pytest

from evenhand.codelists import find_edition, get_codelist, list_editions


@pytest.mark.parametrize(
    "list_id", ["ethnicity-2001", "ethnicity-2011", "ethnicity-2021", "ethnicity-broad"]
)
def test_a_file_with_every_group_of_an_edition_speaks_that_edition(list_id: str) -> None:
    labels = [code.label for code in get_codelist(list_id).values]
    edition = find_edition([*labels, "", "Not stated"])
    assert edition is not None
    assert edition.id == list_id


def test_labels_with_arab_cannot_be_2001() -> None:
    known = {edition.id for edition in list_editions(["Other ethnic group - Arab", None])}
    assert known == {"ethnicity-2011", "ethnicity-2021"}


def test_a_label_no_edition_knows_leaves_the_file_without_edition() -> None:
    assert find_edition(["White - Irish", "Martian"]) is None


def test_empty_boxes_alone_say_nothing_about_the_edition() -> None:
    assert list_editions(["", None]) == ()


def test_totals_and_rows_that_do_not_apply_do_not_hide_the_edition() -> None:
    labels = [code.label for code in get_codelist("ethnicity-2021").values]
    assert find_edition([*labels, "Does not apply", "Total"]) == get_codelist("ethnicity-2021")


def test_outcomes_have_editions_too() -> None:
    found = list_editions(["Suspect arrested"], question="outcome of the search")
    assert [each.id for each in found] == ["outcome", "outcome-2014"]
