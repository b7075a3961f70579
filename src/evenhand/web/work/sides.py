"""What the page of a recommendation said on one day and on another, beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.accountability.roles import Actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.templatetags.register_pages import day, narrative_of, words
from evenhand.web.ledger.erasure import Erased, list_erasures
from evenhand.web.register.queries import (
    ItemRow,
    get_item,
    list_coverage,
    list_links,
)
from evenhand.web.work import queries

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One fact as it was told on the first day and on the second."""

    name: str
    first: Lines
    second: Lines

    @property
    def changed(self) -> bool:
        """Whether the two days tell it differently."""
        return self.first != self.second


def compare_days(ref: str, *, first: AsOf, second: AsOf, actor: Actor) -> list[Pair]:
    """Every fact of a recommendation on two days; on a day before it was there, nothing is told."""
    sides = [_tell(ref, as_of=as_of, actor=actor) for as_of in (first, second)]
    names = dict.fromkeys([*sides[0], *sides[1]])
    return [Pair(name, sides[0].get(name, ()), sides[1].get(name, ())) for name in names]


def _tell(ref: str, *, as_of: AsOf, actor: Actor) -> Mapping[str, Lines]:
    try:
        row = get_item(ref, as_of=as_of)
    except NotThere:
        return {}
    erased = list_erasures(row.subject)
    told = {
        "Working title": (row.title,) if row.title else (),
        "Response": _response(row, erased),
        "Themes": tuple(theme.title for theme in row.themes),
    }
    if row.is_item:
        told |= _standings(row, erased) | _accounts(row, erased, as_of=as_of, actor=actor)
    links = list_links(as_of=as_of, item=ref)
    cover = list_coverage(as_of=as_of, item=ref)
    return told | {
        "Connected items": tuple(
            f"{each.source} {each.words.lower()} {each.target} ({words(each.state).lower()})"
            for each in links
        ),
        "Policies": tuple(
            f"{each.policy_title}: {'in full' if each.in_full else 'in part'}" for each in cover
        ),
    }


def _response(row: ItemRow, erased: Mapping[int, Erased]) -> Lines:
    said = row.response
    if said is None:
        return ()
    reason = narrative_of(said.reason, erased.get(said.event))
    return (f"{words(said.state)}, {day(said.responded_on)}. {reason}",)


def _standings(row: ItemRow, erased: Mapping[int, Erased]) -> dict[str, Lines]:
    work, level, due = row.work, row.level, row.due
    reason = narrative_of(work.reason, erased.get(work.event))
    return {
        "State of the work": (f"{work.words} since {day(work.since)}. {reason}".strip(),),
        "Reported level": (f"{level.words}, as at {day(level.as_at)}",) if level else (),
        "Duties": tuple(
            f"{duty.name} ({words(duty.role).lower()}), since {day(duty.starts)}"
            for duty in row.current_duties
        ),
        "Due": _due_lines(day(due.due_on), day(due.original_on), due.slips) if due else (),
    }


def _due_lines(now: str, original: str, slips: int) -> Lines:
    moved = f"moved {slips} time{'' if slips == 1 else 's'}"
    return (now or "No date applies any more", f"originally {original}", moved)


def _accounts(
    row: ItemRow, erased: Mapping[int, Erased], *, as_of: AsOf, actor: Actor
) -> dict[str, Lines]:
    updates = queries.list_updates(as_of=as_of, item=row.ref)[:1]
    found = queries.list_item_exceptions([row], as_of=as_of)
    evidence = queries.list_shown_evidence(as_of=as_of, item=row, actor=actor).rows
    return {
        "Exceptions": tuple(f"{each.kind.words}, since {day(each.since)}" for each in found),
        "Last update": tuple(
            line
            for each in updates
            for line in (
                f"As at {day(each.as_at)}",
                *_told(each.progress, each.challenges, each.next_steps, erased.get(each.event)),
            )
        ),
        "Questions": tuple(
            f"{narrative_of(each.question, erased.get(each.asked_event))} ({each.words.lower()})"
            for each in queries.list_challenges(as_of=as_of, item=row.ref)
        ),
        "Actions": tuple(
            f"{narrative_of(each.title, erased.get(each.added_event))} ({each.words.lower()})"
            for each in queries.list_actions(as_of=as_of, item=row.ref)
        ),
        "Evidence": tuple(
            f"{narrative_of(each.title, erased.get(each.offered_event))}, version "
            f"{each.latest.number}, to {day(each.latest.speaks_to)} ({each.words.lower()})"
            for each in evidence
        ),
    }


def _told(progress: str, challenges: str, next_steps: str, erased: Erased | None) -> Sequence[str]:
    named = (("Progress", progress), ("Challenges", challenges), ("Next steps", next_steps))
    return [f"{name}: {narrative_of(text, erased)}" for name, text in named if text]
