"""Count the register: every figure a paper may print, with its question and what was counted.

Pure: rows in, counts out. Each :class:`Count` names the items it counted, so that a number can be
opened down to them, and says its question as a filter of the register's own list, so that anyone
can ask it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenhand.accountability.exceptions import ExceptionKind, ItemException
from evenhand.accountability.machines import CHALLENGE, WORK
from evenhand.accountability.scales import Scale
from evenhand.web.judgement.queries import ClaimView, Measured, VerdictView
from evenhand.web.meetings.judged import group_judged
from evenhand.web.register.queries import ItemRow, PublicationRow, ThemeRow
from evenhand.web.work.queries import ChallengeRow

EVERY = "all"
"""The first part of the keys of figures over the whole register; a report's begin with its own."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure: its key, its question in words and as filters, and the references counted."""

    key: str
    words: str
    query: tuple[tuple[str, str], ...]
    members: tuple[str, ...]

    @property
    def value(self) -> int:
        """How many were counted."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Register:
    """What is counted, as it stood at one moment; verdicts and measures by the item's reference."""

    publications: Sequence[PublicationRow]
    scales: Mapping[str, Scale]
    rows: Sequence[ItemRow]
    exceptions: Sequence[ItemException]
    challenges: Sequence[ChallengeRow]
    strands: Sequence[ThemeRow]
    verdicts: Mapping[str, VerdictView]
    measured: Mapping[str, Measured]
    claims: Sequence[ClaimView]


def count_register(register: Register) -> tuple[Count, ...]:
    """Every figure of the register: over all of it, by strand, and report by report."""
    found = list(_whole(register))
    for strand in register.strands:
        rows = [row for row in register.rows if strand.ref in {t.ref for t in row.themes}]
        where = f"under {strand.title}"
        query = (("strand", strand.ref),)
        found += _part(register, rows, f"strand.{strand.ref}", where, query)
    for publication in register.publications:
        rows = [row for row in register.rows if row.publication == publication.ref]
        where = f"of {publication.title}"
        query = (("publication", publication.ref),)
        found += _part(register, rows, publication.ref, where, query)
        scale = register.scales[publication.scale]
        found += _levels(rows, publication.ref, where, query, scale)
        found += _bodies(rows, publication.ref, where, query)
    return tuple(found)


def _whole(register: Register) -> Iterator[Count]:
    reports = tuple(f"publication:{each.ref}" for each in register.publications)
    yield Count(f"{EVERY}.reports", "Reports on the register", (), reports)
    told = tuple(ref for each in register.publications for ref in (f"inquiry:{each.inquiry}",))
    yield Count(f"{EVERY}.inquiries", "Inquiries with a report", (), tuple(dict.fromkeys(told)))
    yield from _part(register, register.rows, EVERY, "of every report", ())


def _part(
    register: Register,
    rows: Sequence[ItemRow],
    prefix: str,
    where: str,
    query: tuple[tuple[str, str], ...],
) -> Iterator[Count]:
    """Items, states of the work, exceptions, questions and judgement of a part of the register."""
    subjects = {row.subject for row in rows}
    yield Count(f"{prefix}.items", f"Items {where}", query, _refs(rows))
    for state in WORK.states:
        stood = [row for row in rows if row.work.state == state.code]
        words = f"Items {where} whose work stands at “{state.words}”"
        yield Count(
            f"{prefix}.state.{state.code}", words, (*query, ("state", state.code)), _refs(stood)
        )
    raised = [each for each in register.exceptions if each.item in subjects]
    for kind in ExceptionKind:
        words = f"Items {where} with the exception “{kind.words}”"
        members = tuple(each.item for each in raised if each.kind is kind)
        yield Count(
            f"{prefix}.exception.{kind}", words, (*query, ("exception", kind.value)), members
        )
    concerned = tuple(dict.fromkeys(each.item for each in raised))
    yield Count(
        f"{prefix}.concerned",
        f"Items {where} with at least one exception",
        (*query, ("exception", "any")),
        tuple(sorted(concerned)),
    )
    for group in group_judged(register, rows):
        narrowed = (*query, group.narrow)
        words = f"Items {where} {group.said}"
        yield Count(f"{prefix}.{group.ending}", words, narrowed, _refs(group.rows))
    asked = [each for each in register.challenges if f"recommendation:{each.item}" in subjects]
    for state in CHALLENGE.states:
        words = f"Questions about items {where} that stand at “{state.words}”"
        members = tuple(sorted(each.subject for each in asked if each.state == state.code))
        yield Count(
            f"{prefix}.questions.{state.code}", words, (*query, ("questions", state.code)), members
        )


def _levels(
    rows: Sequence[ItemRow],
    prefix: str,
    where: str,
    query: tuple[tuple[str, str], ...],
    scale: Scale,
) -> Iterator[Count]:
    """How many stand at each level of the report's own scale, as reported; and the rest."""
    by_level: dict[str, list[ItemRow]] = defaultdict(list)
    for row in rows:
        by_level[row.level.code if row.level else ""].append(row)
    for level in scale.levels:
        words = f"Items {where} reported at “{level.words}”"
        narrowed = (*query, ("level", f"{scale.ref}:{level.code}"))
        yield Count(f"{prefix}.level.{level.code}", words, narrowed, _refs(by_level[level.code]))
    nothing = (*query, ("level", "none"))
    words = f"Items {where} of which no level has been reported"
    yield Count(f"{prefix}.unreported", words, nothing, _refs(by_level[""]))
    groups = {
        "finished": ("at a level that the report counts as finished", True, True),
        "unfinished": ("at a level that the report does not count as finished", False, True),
        "apart": ("at a level that says it does not apply", None, False),
    }
    for name, (said, closes, applies) in groups.items():
        stood = [
            row
            for row in rows
            if row.level
            and row.level.applies is applies
            and (closes is None or row.level.closes is closes)
        ]
        narrowed = (*query, ("levels", name))
        yield Count(f"{prefix}.{name}", f"Items {where} reported {said}", narrowed, _refs(stood))


def _bodies(
    rows: Sequence[ItemRow], prefix: str, where: str, query: tuple[tuple[str, str], ...]
) -> Iterator[Count]:
    names = {row.addressed_to: row.addressed_name for row in rows if row.addressed_to}
    for body, name in sorted(names.items()):
        told = [row for row in rows if row.addressed_to == body]
        words = f"Items {where} addressed to {name}"
        key = f"{prefix}.addressed.{body.partition(':')[2]}"
        yield Count(key, words, (*query, ("body", body)), _refs(told))


def _refs(rows: Iterable[ItemRow]) -> tuple[str, ...]:
    return tuple(row.subject for row in rows)
