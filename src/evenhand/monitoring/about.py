"""The page that says what the signals mean, where the lines are drawn, and what is not claimed."""

from __future__ import annotations

from evenhand.core import Column, Role, Signal, Table
from evenhand.disclosure import ReleasedTable, review
from evenhand.indicators import STOPS, THRESHOLDS
from evenhand.monitoring.release import Release
from evenhand.publication import Block, Page, PageKind, TableView


def build_method_page(release: Release) -> Page:
    """How to read the findings: signals, thresholds, indicators, disclosure control."""
    return Page(
        path="method",
        title="How these figures are made",
        kind=PageKind.METHOD,
        lead="What each signal means, where the lines between them are drawn, and what was hidden.",
        blocks=(
            Block(
                id="signals",
                question="What does each signal mean?",
                explanation="A signal says how much attention a finding asks for. It follows "
                "from the numbers by the lines below, the same for every place.",
                tables=(TableView(_notes(release, "signals", "Signals", _signals()), open=True),),
            ),
            Block(
                id="thresholds",
                question="Where are the lines drawn?",
                explanation=f"These are version {THRESHOLDS.version} of the thresholds. A change "
                "to them is announced with the release.",
                tables=(TableView(_notes(release, "thresholds", "Thresholds", _lines())),),
            ),
            Block(
                id="indicators",
                question="What is measured?",
                tables=(TableView(_notes(release, "indicators", "Indicators", _indicators())),),
            ),
            Block(
                id="hidden",
                question="What is hidden, and why?",
                summary=(
                    f"Counts of 1 to {release.policy.count_below - 1} are hidden, with whatever "
                    "would let a reader work them out."
                    if release.policy.count_below
                    else "Nothing is hidden from this audience.",
                ),
                explanation=release.policy.reason,
            ),
        ),
    )


def _notes(release: Release, name: str, title: str, rows: list[tuple[str, str]]) -> ReleasedTable:
    """Two columns of words, released like any table."""
    columns = (Column("name", Role.NOTE, "Name"), Column("meaning", Role.NOTE, "Meaning"))
    cells = {"name": [row[0] for row in rows], "meaning": [row[1] for row in rows]}
    return review(Table(name, title, columns, cells), release.policy)


def _signals() -> list[tuple[str, str]]:
    return [(signal.words, signal.meaning) for signal in Signal]


def _lines() -> list[tuple[str, str]]:
    t = THRESHOLDS
    return [
        (
            "Concern",
            f"Adjusted p at most {t.concern_p:g}; the whole 95% interval beyond "
            f"{t.notable_ratio:g} (or below {1 / t.notable_ratio:g}) in the worrying direction; "
            "and no way of placing the unknowns would undo it.",
        ),
        (
            "Watch",
            f"Adjusted p at most {t.watch_p:g} and the ratio itself beyond {t.notable_ratio:g}.",
        ),
        (
            "Worsening, improving",
            f"Against the place’s own 12 months before: adjusted p at most {t.watch_p:g}, and the "
            f"distance of the ratio from 1, on the worrying side, at least {t.notable_change:g} "
            "times as large as it was, or as much smaller.",
        ),
        (
            "Too small to tell",
            f"Neither, where the numbers could not have shown a ratio of {t.detectable_ratio:g} "
            "four times in five and the interval leaves a notable one open.",
        ),
        (
            "Cannot be measured",
            "No residents are known, the records do not hold what it needs, or there are more "
            f"than {t.visits_per_resident:g} searches a year for each resident of a group: then "
            "the residents cannot be the people who were there.",
        ),
    ]


def _indicators() -> list[tuple[str, str]]:
    return [
        (
            f"{indicator.title} (version {indicator.version})",
            f"{indicator.question} {indicator.wording.counted.capitalize()} over "
            f"{'residents × years' if indicator.is_rate else indicator.wording.base}.",
        )
        for indicator in STOPS
    ]
