"""The progress paper: one row an inquiry by its own scale, exceptions, and what members asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evenhand.accountability.exceptions import ExceptionKind, ItemException
from evenhand.publication.papers import Block, Grid, Paragraph, Run, Subheading, Words
from evenhand.web.meetings.drafting.changes import write_changes
from evenhand.web.meetings.drafting.drawing import draw_levels
from evenhand.web.meetings.drafting.judged import write_judged
from evenhand.web.meetings.drafting.material import (
    Material,
    day_words,
    name_of,
    run_together,
)
from evenhand.web.meetings.drafting.measured import write_measured
from evenhand.web.register.queries import ItemRow, PublicationRow

LONGEST = 3  # of each kind: eight kinds then fill about a page; the register has the rest
OLDEST = 10


def write_progress(material: Material) -> tuple[Block, ...]:
    """The supporting information of a progress paper."""
    if not material.register.publications:
        return (Paragraph(("The register holds no report yet, so there is nothing to count.",)),)
    return (
        *write_changes(material, "all"),
        *_standing(material),
        *_by_level(material),
        *write_judged(material, "all"),
        *write_measured(material, "all"),
        *_exceptions(material),
        *_questions(material),
    )


def write_equality(material: Material) -> tuple[Block, ...]:
    """How the items stand by strand of equality, for the section on race and equality impact."""
    strands = [
        s for s in material.register.strands if material.figure("strand", s.ref, "items").value
    ]
    if not strands:
        return ()
    rows = tuple(
        (
            (strand.title,),
            material.cell("strand", strand.ref, "items"),
            material.cell("strand", strand.ref, "concerned"),
            material.cell("strand", strand.ref, "exception", "overdue"),
            material.cell("strand", strand.ref, "exception", "unevidenced"),
        )
        for strand in strands
    )
    headers = ("Strand", "Items", "With an exception", "Overdue", "No recent evidence")
    note = "An item of several strands is counted under each; one of none is not in this table."
    return (Grid("Items by strand of equality", headers, rows, (1, 2, 3, 4), note),)


def _standing(material: Material) -> Iterator[Block]:
    yield Subheading("Where each report stands")
    yield Paragraph(
        (
            "Inquiries on the register: ",
            material.figure("all", "inquiries"),
            "; their reports: ",
            material.figure("all", "reports"),
            "; items in them: ",
            material.figure("all", "items"),
            ". Each report is told by its own scale, and nothing is added up across "
            "scales: one report’s finished is not another’s.",
        )
    )
    reports = material.register.publications
    compared = all(material.has("before", each.ref, "concerned") for each in reports)
    yield Grid(
        "Each report by its own scale, as the service reports it",
        (
            *("Inquiry and report", "Items", "Levels reported", "With an exception"),
            *(("At the last board",) if compared else ()),
        ),
        tuple(_report(material, each, compared=compared) for each in reports),
        numeric=(1, 3, 4) if compared else (1, 3),
    )
    yield draw_levels(material)


def _report(material: Material, report: PublicationRow, *, compared: bool) -> tuple[Words, ...]:
    levels: list[Run] = []
    for level in reversed(material.register.scales[report.scale].levels):
        levels += [f"{level.words} ", material.figure(report.ref, "level", level.code), "; "]
    levels += ["nothing reported ", material.figure(report.ref, "unreported")]
    return (
        (f"{report.inquiry_title}: {report.title}, {day_words(report.published_on)}",),
        material.cell(report.ref, "items"),
        tuple(levels),
        material.cell(report.ref, "concerned"),
        *((material.cell("before", report.ref, "concerned"),) if compared else ()),
    )


def _by_level(material: Material) -> Iterator[Block]:
    yield Subheading("Which recommendations stand where")
    for report in material.register.publications:
        yield Subheading(report.title, 2)
        scale = material.register.scales[report.scale]
        groups = [(level.words, f"level.{level.code}") for level in reversed(scale.levels)]
        rows = tuple(
            ((words,), material.cell(report.ref, key), (_labels(material, f"{report.ref}.{key}"),))
            for words, key in (*groups, ("Nothing reported", "unreported"))
        )
        yield Grid(
            f"{report.title}: recommendations at each level",
            ("Level", "Items", "Recommendations"),
            rows,
            numeric=(1,),
        )


def _labels(material: Material, key: str) -> str:
    members = material.frozen.get(key).members
    return run_together(material.items[ref].full_number for ref in members) or "None"


def _exceptions(material: Material) -> Iterator[Block]:
    yield Subheading("What needs members’ attention")
    yield Paragraph(
        (
            "An exception is what a member should look at first. ",
            material.figure("all", "concerned"),
            " items raise one or more of them; activity alone clears none.",
        )
    )
    first: dict[ExceptionKind, list[ItemException]] = defaultdict(list)
    for each in material.register.exceptions:
        first[each.kind].append(each)
    compared = all(material.has("before", "all", "exception", kind.value) for kind in ExceptionKind)
    rows = tuple(
        (
            (kind.words,),
            material.cell("all", "exception", kind.value),
            *((material.cell("before", "all", "exception", kind.value),) if compared else ()),
            (day_words(first[kind][0].since) if first[kind] else "–",),
            (kind.clears,),
        )
        for kind in ExceptionKind
    )
    columns = ("Items", "At the last board") if compared else ("Items",)
    headers = ("Exception", *columns, "Longest since", "Ends with")
    yield Grid("Exceptions by kind", headers, rows, numeric=(1, 2) if compared else (1,))
    longest = [each for kind in ExceptionKind for each in first[kind][:LONGEST]]
    if longest:
        yield Grid(
            "The three that have stood longest of each kind",
            ("Recommendation", "Exception", "Since", "Why", "Responsible"),
            tuple(_exception(material.items[each.item], each) for each in longest),
        )


def _exception(row: ItemRow, found: ItemException) -> tuple[Words, ...]:
    return (
        (name_of(row),),
        (found.kind.words,),
        (day_words(found.since),),
        (found.why,),
        (row.holder.name if row.holder else "Nobody",),
    )


def _questions(material: Material) -> Iterator[Block]:
    yield Subheading("What was asked of the owners")
    yield Paragraph(
        (
            "Questions put to owners stay open until they are answered: ",
            material.figure("all", "questions", "open"),
            " are open, ",
            material.figure("all", "questions", "answered"),
            " are answered and wait for whoever asked, ",
            material.figure("all", "questions", "settled"),
            " are settled and ",
            material.figure("all", "questions", "withdrawn"),
            " were withdrawn.",
        )
    )
    waiting = [each for each in material.register.challenges if each.state == "open"]
    waiting.sort(key=lambda each: (each.asked_on, each.ref))
    rows = tuple(
        (
            (row.label,),
            (each.question,),
            (day_words(each.asked_on),),
            (day_words(each.answer_by),),
        )
        for each in waiting[:OLDEST]
        for row in [material.items[f"recommendation:{each.item}"]]
    )
    if rows:
        headers = ("Recommendation", "Question", "Asked", "Answer wanted by")
        yield Grid("Open questions, the ten longest open", headers, rows)
