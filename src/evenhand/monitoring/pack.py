"""The pack for a community monitoring group: plain sentences and the questions worth asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from evenhand.core import Cell, Signal
from evenhand.indicators import STOPS, Indicator, people_of, place_label
from evenhand.monitoring.scene import FIELDS, Scene, strongest
from evenhand.publication import Block, Chart, KeyFigure, Pack

STANDING_QUESTIONS = (
    "What did officers expect to find, and how often did they find it?",
    "How are records checked, by whom, and what happens when the grounds are weak?",
    "What has changed since our last meeting because of what this pack showed?",
)

_QUESTIONS = {
    "stop-rate": "Why are {people} searched {ratio} times as often as White people for how many "
    "of them live here, and what is being done about it?",
    "arrest-rate": "Why do {percent} of searches of {people} end in arrest, against {other} of "
    "searches of {comparator}?",
    "find-rate": "Why was what officers looked for found in {percent} of searches of {people}, "
    "against {other} for {comparator}? Were the grounds as strong?",
    "more-than-outer-clothing": "Why were {people} made to take off more than outer clothing in "
    "{percent} of searches, against {other} for {comparator}?",
}

_PLACE_QUESTIONS = {
    "arrest-rate": "Why do {percent} of searches here end in arrest, against {other} elsewhere?",
    "find-rate": "Why was what officers looked for found in {percent} of searches here, against "
    "{other} elsewhere?",
    "more-than-outer-clothing": "Why did {percent} of searches here go further than outer "
    "clothing, against {other} elsewhere?",
    "ethnicity-completeness": "Why do only {percent} of records here say how people describe "
    "their own ethnicity, against {other} elsewhere?",
    "time-recorded": "Why do only {percent} of records here say when the search took place, "
    "against {other} elsewhere?",
}

_PLAIN = {
    "stop-rate": "{People} were searched {ratio} times as often as White people, for how many of "
    "each live here.",
    "arrest-rate": "{percent} of searches of {people} ended in arrest; for {comparator} it was "
    "{other}.",
    "find-rate": "What officers were looking for was found in {percent} of searches of {people}; "
    "for {comparator} it was {other}.",
    "more-than-outer-clothing": "{percent} of searches of {people} took off more than outer "
    "clothing; for {comparator} it was {other}.",
}

_PLACE_PLAIN = {
    "arrest-rate": "{percent} of all searches here ended in arrest; elsewhere it was {other}.",
    "find-rate": "What officers were looking for was found in {percent} of searches here; "
    "elsewhere in {other}.",
    "more-than-outer-clothing": "{percent} of searches here took off more than outer clothing; "
    "elsewhere it was {other}.",
    "ethnicity-completeness": "{percent} of records here say how people describe their own "
    "ethnicity; elsewhere {other} do.",
    "time-recorded": "{percent} of records here say when the search took place; elsewhere "
    "{other} do.",
}

_TOPICS = {
    "stop-rate": "being searched",
    "arrest-rate": "searches that end in arrest",
    "find-rate": "searches that find what they were for",
    "more-than-outer-clothing": "searches that go further than outer clothing",
    "ethnicity-completeness": "asking people how they describe their ethnicity",
    "time-recorded": "recording the time of the search",
}

CHANGED = (
    "{People} had {now} times the rate of {topic} that White people had in the latest 12 months; "
    "in the 12 months before it was {before} times.",
    "On {topic}: {percent} of searches in the latest 12 months; {other} in the 12 months before.",
)
ASKED = (
    "The gap between {people} and White people has grown ({topic}). What has changed in a year?",
    "What happened to {topic}: {percent} of searches, against {other} in the 12 months before?",
)

HOW_TO_READ = (
    "“Times as often” compares searches with how many people of each group live here. 1 would be "
    "the same for everyone; 3 is three times as often.",
    "A difference calls for an explanation. It does not by itself show unfairness, and no "
    "difference does not show fairness.",
    "“Too small to tell” means there were too few searches to see a difference, not that there "
    "is none.",
)


def build_pack(scene: Scene, blocks: tuple[Block, ...]) -> Pack:
    """Two sides about one place, from its released figures only."""
    findings = _once(strongest(scene.figures.listed))
    charts = [
        _self_defined_only(chart)
        for block in blocks
        if block.id in ("stop-rate", "arrest-rate")
        for chart in block.charts[:1]
    ]
    return Pack(
        unit=scene.label,
        period=scene.period.words,
        lead="Stop and search in "
        f"{scene.label}: who is searched, what comes of it, and what to ask.",
        figures=tuple(_figures(scene)),
        sentences=tuple(_sentences(scene, findings)),
        comparisons=tuple(charts),
        questions=tuple(dict.fromkeys((*_ask(findings), *STANDING_QUESTIONS))),
        how_to_read=HOW_TO_READ,
        unknowns=_unknowns(scene),
    )


def _figures(scene: Scene) -> Iterable[KeyFigure]:
    searches = _whole(scene, STOPS[0])
    if searches:
        yield KeyFigure("Searches of people", searches["count"], decimals=0)
        yield KeyFigure("Searches a year for every 1,000 residents", searches["value"], decimals=1)
    labels = (
        "Searches that ended in arrest",
        "Searches that found what they were for",
        "Searches that took off more than outer clothing",
        "Searches that record how the person describes their ethnicity",
    )
    for indicator, label in zip(STOPS[1:], labels, strict=False):
        if whole := _whole(scene, indicator):
            yield KeyFigure(label, _percentage(whole["value"]), unit="%", decimals=1)


def _percentage(value: Cell) -> Cell:
    return value if not isinstance(value, float) else round(value, 1)


def _whole(scene: Scene, indicator: Indicator) -> dict[str, Cell] | None:
    table = scene.figures.find(f"{indicator.id}-by-{FIELDS[0]}")
    rows = table.where(group="All").table.rows() if table else []
    return rows[0] if rows else None


def _once(findings: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """One finding for each question and group: by the person's own description where there is one.

    The page has both ethnicity fields and the detailed groups; two sides have room for one.
    """
    own = [r for r in findings if r["characteristic"] in ("place", "sex", "age", FIELDS[0])]
    return list(
        {(r["indicator"], r["characteristic"], r["group"], _is_change(r)): r for r in own}.values()
    )


def _is_change(row: dict[str, Cell]) -> bool:
    return row["signal"] in (Signal.WORSENING, Signal.IMPROVING)


def _self_defined_only(chart: Chart) -> Chart:
    """The same chart with half the rows, to fit the page."""
    table = chart.table.where(field="self-defined")
    if not len(table.table):
        return chart
    title = chart.title.split(":")[0] + ", by people’s own description"
    return replace(chart, table=table, view=None, title=title)


def _sentences(scene: Scene, findings: list[dict[str, Cell]]) -> list[str]:
    said = [words for row in findings if (words := _fill(_templates(row, plain=True), row))]
    if said:
        return said
    return [
        f"Nothing in the figures for {scene.label} stood out beyond chance in this period. That "
        "is not proof of fairness: look at how much is not known, and ask."
    ]


def _ask(findings: list[dict[str, Cell]]) -> Iterable[str]:
    for row in findings:
        if question := _fill(_templates(row, plain=False), row):
            yield question


def _templates(row: dict[str, Cell], *, plain: bool) -> Mapping[str, str]:
    """The sentences or questions that fit a finding, by indicator."""
    place = row["characteristic"] == "place"
    if _is_change(row):
        kinds = CHANGED if plain else ASKED
        return dict.fromkeys((i.id for i in STOPS), kinds[place])
    if plain:
        return _PLACE_PLAIN if place else _PLAIN
    return _PLACE_QUESTIONS if place else _QUESTIONS


def _fill(templates: Mapping[str, str], row: dict[str, Cell]) -> str:
    """A template filled from a finding; empty where its figures may not be shown."""
    numbers = [row[name] for name in ("estimate", "value", "other_value")]
    if str(row["indicator"]) not in templates or not all(isinstance(n, float) for n in numbers):
        return ""
    ratio, own, other = (float(str(n)) for n in numbers)
    people = _people(row, "group")
    return templates[str(row["indicator"])].format(
        people=people,
        People=people[0].upper() + people[1:],
        comparator=_people(row, "comparator").split(", the ")[0],
        ratio=f"{ratio:.1f}",
        percent=f"{own:.0f}%" if own >= 1 else f"{own:.1f}%",
        other=f"{other:.0f}%" if other >= 1 else f"{other:.1f}%",
        now=f"{own:.1f}",
        before=f"{other:.1f}",
        topic=_TOPICS[str(row["indicator"])],
    )


def _people(row: dict[str, Cell], name: str) -> str:
    """How a group is named in plain words: the label its characteristic gives its people."""
    return people_of(str(row["characteristic"]), str(row[name]))


def _unknowns(scene: Scene) -> str:
    table = scene.figures.find(f"{STOPS[0].id}-by-{FIELDS[0]}")
    rows = {r["group"]: r["count"] for r in table.table.rows()} if table else {}
    total, missing = rows.get("All"), [rows.get("Not stated"), rows.get("Not recorded")]
    if not isinstance(total, int) or not total or not all(isinstance(n, int) for n in missing):
        return ""
    share = sum(n for n in missing if isinstance(n, int)) / total
    return (
        f"In {share:.0%} of searches here the person’s own description of their ethnicity is not "
        "known. They are in the totals and in none of the groups."
    )


def label_of(scene: Scene) -> str:
    """The title of the place's page."""
    label = place_label(scene.place)
    return label[0].upper() + label[1:]
