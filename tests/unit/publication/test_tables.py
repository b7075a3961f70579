"""A table on a page is captioned and scoped, and each reason for a missing number looks its own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from evenhand.core import Column, Marker, Role, UsageProblem
from evenhand.publication import TableView
from evenhand.publication.formats import month_words, number_words, printer
from evenhand.publication.tables import hidden_words, render_table

HOSTILE = "<img src=x onerror=alert(1)>"


def parse(view: TableView) -> ET.Element:
    return ET.fromstring(str(render_table(view, caption="Caption").html))


def texts(row: ET.Element) -> list[str]:
    return ["".join(cell.itertext()) for cell in row]


@pytest.fixture
def marked(samples):
    """One row a marker, and one number."""
    columns = [samples.dimension("group", "Group"), samples.derived("rate", "Rate", "%", 1)]
    rows = [("Asian", 12.34), *((marker.value, marker) for marker in Marker)]
    return samples.released("m", "Marked", columns, rows)


def test_six_reasons_for_no_number_look_six_ways(marked) -> None:
    body = parse(TableView(marked)).findall("tbody/tr/td")
    assert len({(cell.text, cell.get("class")) for cell in body}) == 1 + len(Marker)


def test_each_sign_in_a_table_is_explained_and_no_other(samples, marked) -> None:
    assert dict(render_table(TableView(marked), caption="C").signs) == {
        marker.symbol: marker.words for marker in Marker
    }
    plain = samples.outcomes()
    assert render_table(TableView(plain), caption="C").signs == ()


def test_a_number_that_is_none_is_printed_as_undefined(samples) -> None:
    table = samples.released("n", "N", [samples.derived("v", "V")], [(float("nan"),)])
    drawn = render_table(TableView(table), caption="C")
    assert Marker.UNDEFINED.symbol in drawn.html
    assert "nan" not in drawn.html


def test_rows_and_columns_say_what_they_head(marked) -> None:
    table = parse(TableView(marked))
    assert table.find("caption").text == "Caption"
    assert {cell.get("scope") for cell in table.findall("thead/tr/th")} == {"col"}
    assert all(row[0].tag == "th" and row[0].get("scope") == "row" for row in table.find("tbody"))


def test_hostile_words_stay_words_in_a_table(samples) -> None:
    columns = [Column("group", Role.DIMENSION, HOSTILE), Column("said", Role.NOTE, "Said")]
    table = samples.released("h", HOSTILE, columns, [(HOSTILE, HOSTILE)])
    html = render_table(TableView(table), caption=HOSTILE).html
    assert "<img" not in html
    assert html.count("&lt;img") == 4


def test_a_table_laid_across_holds_every_figure_once(samples) -> None:
    view = TableView(samples.rates(0), ("month", "rate"), across="group")
    table = parse(view)
    assert texts(table.find("thead/tr")) == ["Month", *samples.GROUPS]
    rows = table.findall("tbody/tr")
    assert [texts(row)[0] for row in rows][:2] == ["January 2019", "February 2019"]
    figures = [text for row in rows for text in texts(row)[1:]]
    assert len(figures) == len(samples.rates(0).table)


def test_a_combination_without_a_row_is_a_dash_with_its_meaning(samples) -> None:
    columns = [samples.dimension("a", "A"), samples.dimension("b", "B"), samples.derived("v", "V")]
    table = samples.released("x", "X", columns, [("p", "q", 1.0), ("r", "s", 2.0)])
    drawn = render_table(TableView(table, ("a", "v"), across="b"), caption="C")
    assert drawn.signs == (("–", "no such line in the table"),)
    assert drawn.html.count(">–<") == 2


def test_rows_that_would_share_a_place_are_listed_rather_than_lost(samples) -> None:
    columns = [samples.dimension("a", "A"), samples.dimension("b", "B"), samples.derived("v", "V")]
    table = samples.released("x", "X", columns, [("p", "q", 1.0), ("p", "q", 2.0)])
    html = render_table(TableView(table, ("a", "v"), across="b"), caption="C").html
    assert "1.00" in html
    assert "2.00" in html


def test_several_figures_across_are_headed_by_their_group(samples) -> None:
    view = TableView(samples.rates(0), ("month", "stops", "rate"), across="group")
    first, second = parse(view).findall("thead/tr")
    assert [cell.get("colspan") for cell in first][1:] == ["2"] * 6
    assert len(second) == 12


def test_a_view_of_a_column_that_is_not_there_is_refused(samples) -> None:
    with pytest.raises(UsageProblem, match="no column 'speed'"):
        TableView(samples.rates(0), ("speed",))
    with pytest.raises(UsageProblem, match="needs its columns"):
        TableView(samples.rates(0), across="group")


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "words"),
    [
        (1234567, 0, "", "1,234,567"),
        (-1.25, 1, "", "−1.2"),
        (-0.001, 1, "", "0.0"),
        (12.34, 1, "%", "12.3%"),
        (431440, 0, "£", "£431,440"),
    ],
)
def test_numbers_are_printed_as_a_paper_would(value, decimals, unit, words) -> None:
    assert number_words(value, decimals=decimals, unit=unit) == words


def test_a_month_is_named_and_other_words_are_left_alone() -> None:
    assert month_words("2019-03") == "March 2019"
    assert month_words("2019-13") == "2019-13"
    assert month_words("2019") == "2019"


def test_counts_are_whole_and_shares_carry_their_sign() -> None:
    assert printer(Column("n", Role.COUNT, "N"))(12480) == "12,480"
    assert printer(Column("n", Role.COUNT, "N"))(12480.0) == "12,480"
    assert printer(Column("p", Role.DERIVED, "P", unit="%"))(14) == "14%"
    assert printer(Column("b", Role.DERIVED, "B"))(True) == "Yes"


def test_the_foot_counts_the_figures_hidden_in_the_part_shown(samples) -> None:
    rates = samples.rates(0)
    assert hidden_words(rates).startswith("2 figures here are hidden")
    assert hidden_words(rates.where(group="White")) == "No figure in this table had to be hidden."


def test_a_unit_stands_in_the_heading_unless_its_cells_carry_it(samples) -> None:
    columns = [
        samples.derived("a", "Stops", "per 1,000"),
        samples.derived("b", "Stops per 1,000 residents", "per 1,000"),
        samples.derived("c", "Share", "%"),
    ]
    table = samples.released("u", "U", columns, [(1.0, 1.0, 1.0)])
    head = re.findall(r"<th[^>]*>([^<]*)</th>", render_table(TableView(table), caption="C").html)
    assert head == ["Stops (per 1,000)", "Stops per 1,000 residents", "Share"]
