"""Charts that stand alone: no class is left, and no class of the charts is unknown."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

import evenhand.publication.charts as charts
from evenhand.core import Column, Role, Table
from evenhand.disclosure import CLEARED, review
from evenhand.publication import Bars, Layout
from evenhand.publication.papers import Grid, picture_of
from evenhand.publication.papers.ink import MANNERS, inked
from evenhand.publication.papers.pdf import render_png


def _chart() -> Bars:
    table = Table(
        "levels",
        "Items by level",
        (
            Column("inquiry", Role.DIMENSION, "Inquiry"),
            Column("level", Role.DIMENSION, "Level"),
            Column("items", Role.COUNT, "Items"),
        ),
        {
            "inquiry": ["Lantern", "Lantern", "Harbour"],
            "level": ["Embedded", "Partially", "Embedded"],
            "items": [12, 7, 30],
        },
    )
    return Bars(
        title="Items by level",
        alt="Lantern has 12 embedded and 7 partially; Harbour has 30 embedded.",
        table=review(table, CLEARED),
        label="inquiry",
        part="level",
        value="items",
        layout=Layout.STACKED,
    )


GRID = Grid("Items by level", ("Inquiry", "Embedded"), ((("Lantern",), ("12",)),))


def test_a_chart_of_the_site_becomes_a_picture_of_a_paper():
    picture = picture_of(_chart(), ident="c1", table=GRID)
    tree = etree.fromstring(picture.svg.encode())
    assert not re.search(r"\sclass=", picture.svg)
    assert tree.find("{*}title").text == "Items by level"
    assert all(text.get("font-family") and text.get("fill") for text in tree.iter("{*}text"))
    assert render_png(picture.svg).startswith(b"\x89PNG")


def test_an_attribute_of_the_drawing_itself_is_kept():
    assert 'fill="#123456"' in inked('<path class="series" fill="#123456" d="M0 0"/>')
    assert inked('<path class="series" fill="#123456" d="M0 0"/>').count("fill=") == 1


def test_every_class_the_charts_draw_with_has_its_manner():
    known = set(MANNERS) | {"in", "chart", "wide", "narrow"}
    used: set[str] = set()
    for path in Path(charts.__file__).parent.glob("*.py"):
        for value in re.findall(r'(?:css|class)="([a-z0-9 ]+)"', path.read_text()):
            used |= set(value.split())
    assert {"grid", "block", "m", "dim", "series"} <= used
    assert used - known == set()
