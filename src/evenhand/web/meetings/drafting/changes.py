"""What changed since the last board: counts before and now, and the items behind each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evenhand.accountability.machines import WORK
from evenhand.publication.papers import Block, Grid, Paragraph, Subheading, Words
from evenhand.web.meetings.drafting.drawing import draw_states
from evenhand.web.meetings.drafting.material import (
    Material,
    day_words,
    labels_of,
    moment_words,
    name_of,
)
from evenhand.web.register.queries import ItemRow, PublicationRow

MOST = 20  # rows of one table: about a page; the register has the rest

CHANGES = (
    ("Newly closed, by a verdict", ("came",), "state.closed"),
    ("No longer closed", ("left",), "state.closed"),
    ("Verdict lapsed", ("came",), "verdict.lapsed"),
    ("Opened again after a verdict", ("came",), "verdict.reopened"),
    ("Claim newly upheld", ("came",), "verdict.upheld"),
    ("Claim newly not upheld", ("came",), "verdict.not_upheld"),
    ("Newly overdue", ("came",), "exception.overdue"),
    ("No longer overdue", ("left",), "exception.overdue"),
    ("Agreed measure newly met", ("came",), "criterion.met"),
    ("Agreed measure no longer met", ("left",), "criterion.met"),
    ("New on the register", ("came",), "items"),
)
"""What members ask first of the time since they last met: in words, and by which figure."""


def write_changes(material: Material, part: str) -> Iterator[Block]:
    """What changed in a part of the register (``all``, or a report) since the earlier snapshot."""
    yield Subheading("What changed since the last board")
    before = material.before
    if before is None:
        words = "Nothing of this kind was put before members earlier, so there is nothing to "
        yield Paragraph((f"{words}compare with. The next paper will say what changed since this.",))
        return
    then = f"the snapshot “{before.title}” ({moment_words(before.moment)})"
    if not material.has("before", part, "items"):
        yield Paragraph((f"The report was not on the register in {then}: all of it is new.",))
        return
    yield Paragraph(
        (
            f"Since {then}, items whose work moved to another state: ",
            material.figure("moved", part),
            "; items new on the register: ",
            material.figure("came", part, "items"),
            ". What others found is told by verdicts; all else is what the service says of itself.",
        )
    )
    yield draw_states(material, part)
    yield _counted(material, part)
    yield from _moved(material, part)
    yield from _levels(material, part)
    for title, headers, key, tell in _TELLINGS:
        yield from _listed(material, f"came.{part}.{key}", title, headers, tell)


def _counted(material: Material, part: str) -> Grid:
    rows = tuple(
        ((said,), material.cell(*way, part, key), (labels_of(material.members(*way, part, key)),))
        for said, way, key in CHANGES
        if material.has(*way, part, key)
    )
    headers = ("Change", "Items", "Which")
    return Grid("What came and what went since then", headers, rows, (1,))


def _moved(material: Material, part: str) -> Iterator[Block]:
    pairs = [
        (source, target)
        for source in WORK.states
        for target in WORK.states
        if material.has("moved", part, source.code, target.code)
    ]
    rows = tuple(
        (
            (source.words,),
            (target.words,),
            material.cell("moved", part, source.code, target.code),
            (labels_of(material.members("moved", part, source.code, target.code)),),
        )
        for source, target in pairs
    )
    if rows:
        yield Grid("Items that moved", ("Then", "Now", "Items", "Which"), rows, (2,))


def _levels(material: Material, part: str) -> Iterator[Block]:
    """Levels that items came to or left; one report's scale says nothing of another's."""
    reports = [each for each in material.register.publications if part in ("all", each.ref)]
    rows = tuple(row for each in reports for row in _changed_levels(material, each))
    if rows:
        yield Grid(
            "Levels that the service reports, where they changed",
            ("Report and level", "Then", "Now", "Came to it"),
            rows,
            numeric=(1, 2),
        )


def _changed_levels(material: Material, report: PublicationRow) -> Iterator[tuple[Words, ...]]:
    levels = reversed(material.register.scales[report.scale].levels)
    groups = [(level.words, f"level.{level.code}") for level in levels]
    for words, ending in (*groups, ("Nothing reported", "unreported")):
        key = f"{report.ref}.{ending}"
        if not material.has("came", key):
            continue
        if material.figure("came", key).value or material.figure("left", key).value:
            yield (
                (f"{report.title}: {words}",),
                material.cell("before", key),
                material.cell(key),
                (labels_of(material.members("came", key)),),
            )


def _listed(
    material: Material,
    key: str,
    title: str,
    headers: tuple[str, ...],
    tell: Callable[[Material, ItemRow], Sequence[str]],
) -> Iterator[Block]:
    found = material.members(key) if material.has(key) else []
    if not found:
        return
    rows = tuple(
        ((name_of(row),), *((words,) for words in tell(material, row))) for row in found[:MOST]
    )
    note = "The register has the others." if len(found) > MOST else ""
    yield Grid(title, ("Recommendation", *headers), rows, note=note)


def _closed(material: Material, row: ItemRow) -> Sequence[str]:
    verdict = material.register.verdicts.get(row.ref)
    if verdict is None:
        return ("–", "–", "–")
    return verdict.embedding.words, day_words(verdict.decided_on), verdict.panel_title


def _fallen(material: Material, row: ItemRow) -> Sequence[str]:
    verdict = material.register.verdicts[row.ref]
    return day_words(verdict.since), verdict.reason or "No reason was given."


def _overdue(_material: Material, row: ItemRow) -> Sequence[str]:
    due = day_words(row.due.due_on) if row.due else "–"
    return due, row.holder.name if row.holder else "Nobody"


_TELLINGS = (
    (
        "Newly closed, and by which verdict",
        ("Level of embedding found", "Verdict of", "Panel"),
        "state.closed",
        _closed,
    ),
    ("Verdicts that lapsed", ("On", "Why"), "verdict.lapsed", _fallen),
    ("Items opened again", ("On", "Why"), "verdict.reopened", _fallen),
    ("Items newly overdue", ("Due", "Responsible"), "exception.overdue", _overdue),
)
"""The tables that follow: title, further columns, the figure whose items they tell, and how."""
