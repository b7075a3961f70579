"""Put a paper together: standing sections, what the snapshot says, annex, ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenhand.publication.papers import (
    STANDING,
    Block,
    Correction,
    Grid,
    Ledger,
    Paper,
    Paragraph,
    Section,
    StandingSection,
    missing_sections,
    plain,
    read_lines,
    read_text,
    unknown_names,
)
from evenhand.publication.papers.model import words_of
from evenhand.publication.papers.words import Figure, figures_in
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.meetings.changing import needs_earlier
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.counting import count_register
from evenhand.web.meetings.drafting.items import write_items
from evenhand.web.meetings.drafting.material import Material, day_words, moment_words
from evenhand.web.meetings.drafting.progress import write_equality, write_progress
from evenhand.web.meetings.frozen import Frozen
from evenhand.web.meetings.measuring import measure_register
from evenhand.web.meetings.queries import (
    PaperRow,
    VersionRow,
    gather_register,
    get_commission,
    get_meeting,
    get_snapshot,
    list_texts,
    list_versions,
)

LINES = frozenset({"recommendations", "background"})


def compose(paper: PaperRow, version: VersionRow, *, as_of: AsOf, standing: str = "Draft") -> Paper:
    """The version as a paper, with its present texts; ``standing`` is what its head says it is."""
    material = material_of(version)
    texts = list_texts(version.pk, as_of=as_of)
    values = material.values
    generated = _generate(paper, material)
    sections = tuple(
        Section(
            each.key, each.title, (*_written(each, texts, values), *generated.get(each.key, ()))
        )
        for each in STANDING
        if texts.get(each.key, "").strip() or generated.get(each.key) or not each.optional
    )
    meeting = get_meeting(paper.meeting, as_of=as_of)
    annex = _annex(material, sections)
    return Paper(
        title=paper.title,
        body=meeting.body_name,
        facts=_facts(paper, meeting.title, day_words(meeting.on), as_of),
        sections=sections,
        ledger=_ledger(material, annex),
        annex=annex,
        version=version.number,
        standing=standing,
        correction=_correction(paper, version, as_of),
    )


def find_faults(version: VersionRow, *, as_of: AsOf) -> tuple[str, ...]:
    """What stands in the way of issuing this version, each as a sentence that says what to do."""
    texts = list_texts(version.pk, as_of=as_of)
    material = material_of(version)
    found = [
        f"“{each.title}” says nothing: write it, or that there is none."
        for each in missing_sections(texts)
    ]
    found += [
        f"The snapshot has no figure “{name}”: name another."
        for name in unknown_names(texts.values(), material.values)
    ]
    found += [
        f"The register does not give the numbers of the snapshot “{each.title}”: verify the ledger."
        for each in (material.frozen, material.before)
        if each and not agrees(each)
    ]
    return tuple(found)


def material_of(version: VersionRow) -> Material:
    """What a version is written from: its snapshot, and the earlier one where there is one."""
    before = get_snapshot(version.before) if version.before else None
    return Material(get_snapshot(version.snapshot), before)


def agrees(frozen: Frozen) -> bool:
    """Whether the register, asked as of the snapshot's moment, still gives every number of it.

    What a later version of ours counts besides is no disagreement.
    """
    register = gather_register(as_of=AsOf(frozen.moment, day_of(frozen.moment)))
    counted = {each.key: each.members for each in count_register(register)}
    measured = {each.key: each for each in measure_register(register)}
    return all(counted.get(key) == each.members for key, each in frozen.counts.items()) and all(
        measured.get(key) == each for key, each in frozen.measured.items()
    )


def _generate(paper: PaperRow, material: Material) -> dict[str, tuple[Block, ...]]:
    if paper.kind == PaperKind.PROGRESS:
        return {"supporting": write_progress(material), "equality": write_equality(material)}
    if paper.kind == PaperKind.ITEMS:
        return {"supporting": write_items(material, paper.publication)}
    return {}


def _written(
    section: StandingSection, texts: Mapping[str, str], values: Mapping[str, float]
) -> tuple[Block, ...]:
    text = texts.get(section.key, "")
    if section.key not in LINES:
        return read_text(text, values, numbered=section.key == "supporting")
    lines = read_lines(text, values, ordered=section.key == "recommendations")
    if lines and section.key == "recommendations":
        return (Paragraph(("That members",), numbered=False), *lines)
    return lines


def _facts(paper: PaperRow, meeting: str, on: str, as_of: AsOf) -> tuple[tuple[str, str], ...]:
    facts = [("Meeting", f"{meeting}, {on}")]
    if paper.commission:
        asked = get_commission(paper.commission, as_of=as_of)
        facts.append(("Asked for by members", f"{asked.title}, {day_words(asked.asked_on)}"))
        facts.append(("Report of", asked.asked_of_name))
    return tuple(facts)


def _annex(material: Material, sections: Iterable[Section]) -> Grid:
    """One row for every figure printed: its name, the number, and the question it answers."""
    printed = {
        figure.key: figure
        for section in sections
        for block in section.blocks
        for figure in figures_in(words_of(block))
    }
    rows = tuple(
        ((key,), (Figure(key, figure.value),), (material.words_for(key),))
        for key, figure in printed.items()
    )
    note = "" if rows else "This paper prints no number of the register."
    if rows and material.before:
        then, now = material.before, material.frozen
        note = (
            "Names that begin with before, came, left or moved are made of two snapshots: "
            f"“{then.title}”, {moment_words(then.moment)}, and “{now.title}”, "
            f"{moment_words(now.moment)}. All others are of the latter."
        )
    headers = ("Name in the snapshot", "Number", "What was counted")
    return Grid("Numbers of the register in this paper", headers, rows, (1,), note)


def _ledger(material: Material, annex: Grid) -> Ledger:
    now, then = material.frozen, material.before
    of_two = sum(needs_earlier(plain(row[0])) for row in annex.rows)
    return Ledger(
        now.title,
        moment_words(now.moment),
        now.size,
        now.root,
        len(annex.rows),
        Ledger(then.title, moment_words(then.moment), then.size, then.root, of_two)
        if then
        else None,
    )


def _correction(paper: PaperRow, version: VersionRow, as_of: AsOf) -> Correction | None:
    if not version.why:
        return None
    earlier = [
        each
        for each in list_versions(paper.ref, as_of=as_of)
        if each.number < version.number and each.issue
    ]
    if not earlier or earlier[-1].issue is None:
        return None
    before = earlier[-1]
    issued = day_words(day_of(earlier[-1].issue.at))
    return Correction(before.number, issued, version.changed, version.why)
