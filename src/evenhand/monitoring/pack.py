"""The pack for a community monitoring group: plain sentences and the questions worth asking."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.core import Cell, Marker
from evenhand.indicators import STOPS, Indicator, place_label
from evenhand.monitoring.scene import FIELDS, Scene, strongest
from evenhand.publication import Block, KeyFigure, Pack

STANDING_QUESTIONS = (
    "What did officers expect to find, and how often did they find it?",
    "How are records checked, by whom, and what happens when the grounds are weak?",
    "What has changed since our last meeting because of what this pack showed?",
)

_QUESTIONS = {
    "stop-rate": "Why are {group} people searched {ratio} times as often as White people for "
    "their numbers here, and what is being done about it?",
    "arrest-rate": "Why do searches of {group} people end in arrest {ratio} times as often as "
    "searches of {comparator} people?",
    "find-rate": "Why is what officers look for found {ratio} times as often on {group} people "
    "as on {comparator} people? Were the grounds as strong?",
    "more-than-outer-clothing": "Why were {group} people made to take off more than outer clothing "
    "{ratio} times as often as {comparator} people?",
    "ethnicity-completeness": "Why is the person’s own description of their ethnicity recorded "
    "less often here than elsewhere?",
    "time-recorded": "Why is the time of the search recorded less often here than elsewhere?",
}

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
    findings = strongest(scene.figures.findings)
    charts = [chart for block in blocks for chart in block.charts[:1] if block.id == "stop-rate"]
    outcome = [chart for block in blocks for chart in block.charts[:1] if block.id == "arrest-rate"]
    return Pack(
        unit=scene.label,
        period=scene.release.period.words,
        lead="Stop and search in "
        f"{scene.label}: who is searched, what comes of it, and what to ask.",
        figures=tuple(_figures(scene)),
        sentences=tuple(_sentences(scene, findings)),
        comparisons=(*charts, *outcome),
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


def _sentences(scene: Scene, findings: list[dict[str, Cell]]) -> list[str]:
    said = [str(r["sentence"]) for r in findings if not isinstance(r["sentence"], Marker)]
    if said:
        return list(dict.fromkeys(said))
    return [
        f"Nothing in the figures for {scene.label} stood out beyond chance in this period. That "
        "is not proof of fairness: look at how much is not known, and ask."
    ]


def _ask(findings: list[dict[str, Cell]]) -> Iterable[str]:
    for row in findings:
        question = _QUESTIONS.get(str(row["indicator"]))
        estimate = row["estimate"]
        if question and isinstance(estimate, float):
            yield question.format(
                group=row["group"], comparator=row["comparator"], ratio=f"{estimate:.1f}"
            )


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
