"""A site that could not be read as a whole is refused before a line of it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenhand.core import Signal, UsageProblem
from evenhand.publication import Block, Link, Page, PageKind, TableView, slug
from evenhand.publication.findings import list_findings


def test_a_block_is_named_by_a_slug() -> None:
    with pytest.raises(UsageProblem, match="lower-case words joined by hyphens"):
        Block(id="Stop rate", question="?")


@pytest.mark.parametrize("path", ["../up", "a//b", "/etc", "a/", "Ünit", "a/.hidden"])
def test_a_page_cannot_leave_its_folder(path: str) -> None:
    with pytest.raises(UsageProblem, match="lower-case words joined by hyphens"):
        Page(path=path, title="P", kind=PageKind.UNIT)


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "a b", "x" * 101])
def test_a_table_cannot_be_written_outside_its_page(samples, name: str) -> None:
    view = TableView(samples.outcomes().named(name, "T"))
    with pytest.raises(UsageProblem, match="cannot be written to a file of its name"):
        Page(
            path="p", title="P", kind=PageKind.UNIT,
            blocks=(Block(id="b", question="?", tables=(view,)),),
        )  # fmt: skip


def test_only_the_front_page_has_an_empty_path() -> None:
    with pytest.raises(UsageProblem, match="front page"):
        Page(path="", title="P", kind=PageKind.UNIT)
    with pytest.raises(UsageProblem, match="front page"):
        Page(path="p", title="P", kind=PageKind.FRONT)


def test_a_site_without_a_front_page_is_refused(site) -> None:
    with pytest.raises(UsageProblem, match="needs a front page"):
        replace(site, pages=site.pages[1:])


def test_two_pages_at_one_path_are_refused(site) -> None:
    with pytest.raises(UsageProblem, match="repeat: methods"):
        replace(site, pages=(*site.pages, site.pages[-1]))


def test_two_tables_of_one_name_on_a_page_are_refused_and_one_table_twice_is_not(samples) -> None:
    one, other = samples.outcomes(), samples.outcomes()

    def page(*tables) -> Page:
        views = tuple(TableView(table) for table in tables)
        block = Block(id="b", question="?", tables=views)
        return Page(path="p", title="P", kind=PageKind.UNIT, blocks=(block,))

    assert len(page(one, one).released) == 1
    with pytest.raises(UsageProblem, match="repeat: outcomes"):
        page(one, other)


def test_a_link_that_leads_nowhere_is_refused(site) -> None:
    lost = replace(site.pages[-1], links=(Link("Lost", "no/where"),))
    with pytest.raises(UsageProblem, match="not a page here"):
        replace(site, pages=(*site.pages[:-1], lost))


def test_a_link_to_another_site_is_left_alone(site) -> None:
    out = replace(site.pages[-1], links=(Link("Census", "https://www.ons.gov.uk/"),))
    assert replace(site, pages=(*site.pages[:-1], out)).pages[-1].links[0].text == "Census"


def test_a_page_above_itself_is_refused(site) -> None:
    loop = replace(site.pages[-1], parent="methods")
    with pytest.raises(UsageProblem, match="among its own parents"):
        replace(site, pages=(*site.pages[:-1], loop))


def test_a_signal_that_is_none_of_ours_is_refused(samples) -> None:
    table = samples.released(
        "f", "F", [samples.derived("signal", "S"), samples.derived("sentence", "T")],
        [("alarming", "Something.")],
    )  # fmt: skip
    with pytest.raises(UsageProblem, match="'alarming' is not a signal"):
        Page(path="p", title="P", kind=PageKind.UNIT, findings=table)


def test_findings_come_by_concern_and_hidden_ones_are_not_listed(samples) -> None:
    found = list_findings(samples.findings("Ashgate", "p"))
    assert [finding.signal for finding in found] == [
        Signal.CONCERN,
        Signal.WATCH,
        Signal.IMPROVING,
        Signal.TOO_SMALL,
        Signal.UNMEASURABLE,
        Signal.NONE,
    ]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Avon & Somerset Constabulary", "avon-and-somerset-constabulary"),
        ("Dyfed-Powys", "dyfed-powys"),
        ("Ynys Môn", "ynys-mon"),
        ("King's Lynn", "kings-lynn"),
        ("../../etc", "etc"),
    ],
)
def test_a_name_becomes_a_safe_path(name: str, made: str) -> None:
    assert slug(name) == made


def test_a_name_without_a_letter_is_refused() -> None:
    with pytest.raises(UsageProblem, match="no file name"):
        slug("…")
