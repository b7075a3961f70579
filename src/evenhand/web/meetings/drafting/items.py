"""The paper on one report: each recommendation with its sub-items, and how each of them stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evenhand.accountability.exceptions import ItemException
from evenhand.publication.papers import Block, Grid, Listing, Paragraph, Subheading
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.drafting.changes import write_changes
from evenhand.web.meetings.drafting.judged import write_judged
from evenhand.web.meetings.drafting.material import Material, day_words
from evenhand.web.meetings.drafting.measured import write_measured
from evenhand.web.register.queries import ItemRow, PublicationRow
from evenhand.web.work.queries import ChallengeRow

HEADING = 150  # letters of a recommendation's text that its heading may hold


def write_items(material: Material, publication: str) -> tuple[Block, ...]:
    """The supporting information of a paper on one report."""
    report = next((p for p in material.register.publications if p.ref == publication), None)
    if report is None:
        raise NotThere(
            "the report was not on the register when the snapshot was taken.",
            remedy="Choose a later snapshot.",
            rule="snapshot-holds-report",
        )
    return (
        *write_changes(material, report.ref),
        *_counts(material, report),
        *write_judged(material, report.ref),
        *write_measured(material, report.ref),
        *_Telling(material).run(publication),
    )


def _counts(material: Material, report: PublicationRow) -> Iterator[Block]:
    yield Subheading("How the report stands")
    yield Paragraph(
        (
            f"{report.title} was published on {day_words(report.published_on)}. It makes ",
            material.figure(report.ref, "items"),
            " recommendations and sub-items that can be acted on; below, each is told with the "
            "words that were published, the latest account of whoever is responsible, and what "
            "was asked of them.",
        )
    )
    scale = material.register.scales[report.scale]
    levels = [(level.words, f"level.{level.code}") for level in reversed(scale.levels)]
    rows = tuple(
        ((words,), material.cell(report.ref, key))
        for words, key in (
            *levels,
            ("Nothing reported", "unreported"),
            ("With an exception", "concerned"),
            ("Of these, overdue", "exception.overdue"),
        )
    )
    yield Grid(f"{report.title} by its own scale", ("Standing", "Items"), rows, numeric=(1,))


class _Telling:
    """The recommendations of a report, told one by one."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.asked: dict[str, list[ChallengeRow]] = defaultdict(list)
        for each in material.register.challenges:
            self.asked[each.item].append(each)
        self.raised: dict[str, list[ItemException]] = defaultdict(list)
        for found in material.register.exceptions:
            self.raised[found.item].append(found)

    def run(self, publication: str) -> Iterator[Block]:
        rows = self.material.tree(publication)
        for row in (row for row in rows if not row.parent):
            yield Subheading(f"Recommendation {row.number}{_named(row)}")
            yield Paragraph((row.text,), numbered=False)
            if row.is_item:
                yield from self._standing(row)
            for child in (child for child in rows if child.parent == row.ref):
                yield Subheading(f"({child.number}) {_short(child.text)}", 2)
                if _short(child.text) != child.text:
                    yield Paragraph((child.text,), numbered=False)
                yield from self._standing(child)

    def _standing(self, row: ItemRow) -> Iterator[Block]:
        update = self.material.updates.get(row.ref)
        if update is None:
            yield Paragraph(("Progress so far: nothing has been said.",))
        else:
            said = update.progress or "nothing is said of it."
            yield Paragraph((f"Progress so far, as at {day_words(update.as_at)}: {said}",))
        yield from self._challenges(row, update.challenges if update else "")
        steps = update.next_steps if update else ""
        yield Paragraph((f"Next steps: {steps or 'none have been said.'}",))
        yield Paragraph((f"Responsible: {_answerable(row)}",))
        yield Paragraph((f"Judged by others: {self._judged(row)}",))
        yield from self._exceptions(row)

    def _judged(self, row: ItemRow) -> str:
        """The verdict in words; the figures of the measure stand in the table above."""
        verdict = self.material.register.verdicts.get(row.ref)
        measured = self.material.register.measured.get(row.ref)
        by = "no criterion is agreed"
        if measured:
            outcome = measured.judged.outcome.words.lower()
            by = f"agreed measure “{measured.view.title}”: {outcome}"
        if verdict is None:
            return f"no panel has given a verdict; {by}."
        said = f"{verdict.words} {verdict.panel_title}, {day_words(verdict.decided_on)}"
        return f"{said}; {verdict.state_words.lower()}; {by}."

    def _challenges(self, row: ItemRow, told: str) -> Iterator[Block]:
        questions = [each for each in self.asked[row.ref] if each.state in ("open", "answered")]
        if not questions and not told:
            yield Paragraph(("Challenges: none stand.",))
            return
        yield Paragraph((f"Challenges: {told or 'the owner names none.'}",))
        if questions:
            yield Listing(tuple((_question(each),) for each in questions))

    def _exceptions(self, row: ItemRow) -> Iterator[Block]:
        found = self.raised[row.subject]
        if found:
            yield Listing(tuple((f"{each.kind.words}: {each.why}",) for each in found))


def _question(asked: ChallengeRow) -> str:
    state = "open" if asked.state == "open" else "answered, and not yet accepted"
    by = f"; an answer is wanted by {day_words(asked.answer_by)}" if asked.answer_by else ""
    return f"{asked.question} (Asked on {day_words(asked.asked_on)}: {state}{by}.)"


def _answerable(row: ItemRow) -> str:
    who = row.holder.name if row.holder else "nobody"
    due = "no date is set"
    if row.due:
        due = f"due {day_words(row.due.due_on)}" if row.due.due_on else "no date applies any more"
        if row.due.slips:
            due += f", first due {day_words(row.due.original_on)}"
    level = f"reported as {row.level.words}" if row.level else "no level is reported"
    return f"{who}; {due}; {row.work.words.lower()}; {level}."


def _named(row: ItemRow) -> str:
    name = row.title or row.heading
    return f": {name}" if name else ""


def _short(text: str) -> str:
    if len(text) <= HEADING:
        return text
    return f"{text[:HEADING].rsplit(' ', 1)[0]}…"
