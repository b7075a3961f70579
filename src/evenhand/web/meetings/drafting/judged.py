"""What others found: verdicts, levels of embedding, agreed measures, claims that wait."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.accountability.exceptions import ExceptionKind
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.publication.papers import Block, Grid, Paragraph, Subheading, Words
from evenhand.web.meetings.drafting.material import Material, day_words, labels_of, name_of
from evenhand.web.meetings.judged import NOBODY

STANDINGS = {
    "upheld": "Stands, and upholds the claim",
    "not_upheld": "Stands, and does not uphold the claim",
    "lapsed": "Lapsed",
    "reopened": "Opened again after a verdict",
    NOBODY: "No verdict yet",
}
OUTCOMES = {
    "met": "Met",
    "not_met": "Not met",
    "too_small": "Too small to tell",
    "no_figure": "No figure yet",
    NOBODY: "No criterion agreed",
}


def write_judged(material: Material, part: str) -> Iterator[Block]:
    """What panels found in a part of the register (``all``, or a report)."""
    yield Subheading("What independent panels found")
    if not material.has(part, "verdict", NOBODY):
        words = "Verdicts were not yet counted when this snapshot was taken."
        yield Paragraph((f"{words} A paper from a new snapshot has them.",))
        return
    yield Paragraph(
        (
            "The service claims; a panel of people without a tie to the item judges the claim by a "
            "measure agreed beforehand. Verdicts that uphold a claim and stand: ",
            material.figure(part, "verdict", "upheld"),
            "; that do not uphold it: ",
            material.figure(part, "verdict", "not_upheld"),
            "; lapsed: ",
            material.figure(part, "verdict", "lapsed"),
            ". Claims that wait for a panel: ",
            material.figure(part, "claims", "made"),
            "; before a panel now: ",
            material.figure(part, "claims", "before_panel"),
            ".",
        )
    )
    levels = {level.value: level.words for level in reversed(Embedding)}
    yield _table(material, part, "Items by verdict", "verdict", STANDINGS)
    yield _table(material, part, "Level of embedding that verdicts found", "embedding", levels)
    yield _table(material, part, "Items by agreed measure", "criterion", OUTCOMES)
    yield from _apart(material, part)
    yield from _lapsed(material, part)


def _table(material: Material, part: str, caption: str, name: str, groups: dict[str, str]) -> Grid:
    """One row a group: then where there is an earlier count of all of them, now, and which."""
    compared = all(material.has("before", part, name, group) for group in groups)
    rows = tuple(
        (
            (words,),
            *([material.cell("before", part, name, group)] if compared else []),
            material.cell(part, name, group),
            (_which(material, part, name, group),),
        )
        for group, words in groups.items()
    )
    columns = ("Then", "Now") if compared else ("Items",)
    return Grid(caption, ("Standing", *columns, "Which"), rows, tuple(range(1, 1 + len(columns))))


def _which(material: Material, part: str, name: str, group: str) -> str:
    if group == NOBODY:
        return "All others"
    return labels_of(material.members(part, name, group))


def _apart(material: Material, part: str) -> Iterator[Block]:
    kind = ExceptionKind.CLAIM_APART
    rows = tuple(_found_apart(material, part, kind))
    yield Paragraph(
        (
            "Where the level that the service reports is above what a panel found, claim and "
            "verdict are apart. Items: ",
            material.figure(part, "exception", kind.value),
            ".",
        )
    )
    if rows:
        headers = ("Recommendation", "Since", "The service reports, and the panel found")
        yield Grid(kind.words, headers, rows)


def _found_apart(material: Material, part: str, kind: ExceptionKind) -> Iterator[tuple[Words, ...]]:
    inside = {row.subject: row for row in material.members(part, "exception", kind.value)}
    for each in material.register.exceptions:
        if each.kind is kind and each.item in inside:
            yield (name_of(inside[each.item]),), (day_words(each.since),), (each.why,)


def _lapsed(material: Material, part: str) -> Iterator[Block]:
    rows = []
    for row in material.members(part, "verdict", "lapsed"):
        verdict = material.register.verdicts[row.ref]
        rows.append(((name_of(row),), (day_words(verdict.since),), (verdict.reason,)))
    if rows:
        yield Grid("Verdicts that have lapsed", ("Recommendation", "Since", "Why"), tuple(rows))
