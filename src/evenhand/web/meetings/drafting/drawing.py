"""The charts of a progress paper, drawn by the charts of the monitoring site."""

from __future__ import annotations

from evenhand.accountability.machines import WORK
from evenhand.core import Column, Role, Table
from evenhand.disclosure import review
from evenhand.disclosure.policy import Policy
from evenhand.publication import Bars, Layout
from evenhand.publication.papers import Grid, Picture, picture_of
from evenhand.web.meetings.drafting.material import Material

NOT_PEOPLE = Policy(
    name="not-people",
    version=1,
    audience="anyone who may read the paper",
    count_below=0,
    population_below=0,
    hide_all_or_none=False,
    reason="These are counts of recommendations, which are published texts: nobody is counted.",
)

PARTS = (
    ("finished", "At a level that counts as finished"),
    ("unfinished", "At a level that does not"),
    ("unreported", "Nothing reported"),
    ("apart", "Does not apply"),
)


def draw_levels(material: Material) -> Picture:
    """How every report stands by what its own scale counts as finished, one bar a report."""
    publications = material.register.publications
    lines = [
        (publication.title, words, material.figure(publication.ref, part).value)
        for publication in publications
        for part, words in PARTS
    ]
    table = Table(
        "levels",
        "Items by report and reported level",
        (
            Column("report", Role.DIMENSION, "Report"),
            Column("level", Role.DIMENSION, "Reported level"),
            Column("items", Role.COUNT, "Items"),
        ),
        {
            "report": [line[0] for line in lines],
            "level": [line[1] for line in lines],
            "items": [line[2] for line in lines],
        },
    )
    title = "How many items of each report are at a level that it counts as finished"
    chart = Bars(
        title=title,
        alt=" ".join(_say(material, p.ref, p.title) for p in publications),
        table=review(table, NOT_PEOPLE),
        label="report",
        part="level",
        value="items",
        layout=Layout.STACKED,
    )
    rows = tuple(
        ((p.title,), *(material.cell(p.ref, part) for part, _ in PARTS)) for p in publications
    )
    grid = Grid(
        "What the chart shows",
        ("Report", *(words for _, words in PARTS)),
        rows,
        numeric=(1, 2, 3, 4),
    )
    return picture_of(chart, ident="paper-levels", table=grid)


def draw_states(material: Material, part: str) -> Picture:
    """How many items stood at each state of the work, then and now, two bars a state."""
    sides = (("Then", ("before", part)), ("Now", (part,)))
    lines = [
        (state.words, side, material.figure(*key, "state", state.code).value)
        for state in WORK.states
        for side, key in sides
    ]
    table = Table(
        "states",
        "Items by state of the work, then and now",
        (
            Column("state", Role.DIMENSION, "State of the work"),
            Column("side", Role.DIMENSION, "When"),
            Column("items", Role.COUNT, "Items"),
        ),
        {
            "state": [line[0] for line in lines],
            "side": [line[1] for line in lines],
            "items": [line[2] for line in lines],
        },
    )
    said = (
        f"{state.words}: {material.figure('before', part, 'state', state.code).printed} then, "
        f"{material.figure(part, 'state', state.code).printed} now."
        for state in WORK.states
    )
    chart = Bars(
        title="How many items stood at each state of the work, then and now",
        alt=" ".join(said),
        table=review(table, NOT_PEOPLE),
        label="state",
        part="side",
        value="items",
        layout=Layout.GROUPED,
    )
    ways = ("before", "", "came", "left")
    rows = tuple(
        (
            (state.words,),
            *(material.cell(*filter(None, (way, part, "state", state.code))) for way in ways),
        )
        for state in WORK.states
    )
    headers = ("State of the work", "Then", "Now", "Came to it", "Left it")
    grid = Grid("What the chart of states shows", headers, rows, numeric=(1, 2, 3, 4))
    return picture_of(chart, ident="paper-states", table=grid)


def _say(material: Material, ref: str, title: str) -> str:
    finished, items = material.figure(ref, "finished"), material.figure(ref, "items")
    nothing = material.figure(ref, "unreported")
    return (
        f"{title}: {finished.printed} of {items.printed} finished, "
        f"{nothing.printed} with nothing reported."
    )
