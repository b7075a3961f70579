"""Everything that waits, gathered once for everybody. A new kind of matter is a new source.

Each source asks the ordinary queries and gives matters, each with the rule of the act that ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from evenhand.accountability.convening import may_write_paper
from evenhand.accountability.exceptions import ExceptionKind, ItemException
from evenhand.accountability.exceptions.rules import USUAL
from evenhand.accountability.judgement.insiders import Term, Ties
from evenhand.accountability.judgement.permissions import may_judge
from evenhand.accountability.owed import Matter, MatterKind
from evenhand.accountability.permissions import (
    may_answer,
    may_erase,
    may_keep,
    may_report,
    may_review_evidence,
    may_review_link,
    may_settle,
)
from evenhand.accountability.releases import may_decide_release, may_withdraw_release
from evenhand.accountability.remnants import Step
from evenhand.accountability.roles import Actor
from evenhand.core import Decision
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.queries import list_panels, list_sittings, list_ties
from evenhand.web.meetings.queries import list_commissions, list_late_reports
from evenhand.web.register.queries import ItemRow, list_items, list_links
from evenhand.web.releases.queries.proposals import list_proposals
from evenhand.web.remnants.queries import list_remnants
from evenhand.web.work.queries import list_challenges, list_evidence, list_item_exceptions

SOON = timedelta(weeks=4)
REVIEW = timedelta(weeks=4)
"""How long a review may take before it is late: as long as an answer may."""


AT_ONCE = timedelta(weeks=1)
"""How long erased words may stand in a copy before that is late: every day they are read."""


@dataclass(frozen=True, slots=True)
class View:
    """The register as sources look at it: one day, its items, and their exceptions."""

    as_of: AsOf
    items: Mapping[str, ItemRow]
    exceptions: tuple[ItemException, ...]


def gather_matters(*, as_of: AsOf) -> list[Matter]:
    """All that waits for anybody, on this day."""
    rows = list_items(as_of=as_of)
    found = list_item_exceptions(rows, as_of=as_of)
    view = View(as_of, {row.ref: row for row in rows}, tuple(found))
    return [matter for source in SOURCES for matter in source(view)]


def _duties(view: View) -> Iterator[Matter]:
    """What is past its date, silent or without an owner; and what will be due soon."""
    kinds = {
        ExceptionKind.OVERDUE: MatterKind.OVERDUE,
        ExceptionKind.SILENT: MatterKind.TELL,
        ExceptionKind.OWNER_GONE: MatterKind.ASSIGN,
    }
    for found in view.exceptions:
        kind = kinds.get(found.kind)
        if kind is not None:
            row = view.items[found.item.partition(":")[2]]
            yield _matter(kind, row, found.why, found.since)
    last = view.as_of.on + SOON
    for row in view.items.values():
        due = row.due.due_on if row.due else None
        if row.is_open and due is not None and view.as_of.on <= due <= last:
            yield _matter(MatterKind.DUE_SOON, row, f"Due on {due:%d %B %Y}.", None)


def _matter(kind: MatterKind, row: ItemRow, why: str, late_since: date | None) -> Matter:
    def acts(actor: Actor) -> Decision:
        if kind is MatterKind.ASSIGN:
            return may_keep(actor, row.where)
        return may_report(actor, row.item) if _owns(actor, row) else Decision(False)

    place, title = reverse("work:item", args=[row.ref]), f"{row.label}: {row.name}"
    return Matter(kind, row.subject, title, why, place, late_since, acts, row.where)


def _owns(actor: Actor, row: ItemRow) -> bool:
    """The secretariat may report for an owner, but does not owe it."""
    return bool(actor.speaks_for & row.item.owners)


def _questions(view: View) -> Iterator[Matter]:
    """Questions to answer, and answers to accept or not."""
    usual = timedelta(USUAL.answer_days)
    for each in list_challenges(as_of=view.as_of):
        row = view.items.get(each.item)
        if row is None or each.state not in ("open", "answered"):
            continue
        place = f"{reverse('work:item', args=[row.ref])}#challenges"
        if each.state == "open":
            due = each.answer_by or each.asked_on + usual
            why = f"{row.label}. To be answered by {due:%d %B %Y}."
            kind, acts = MatterKind.ANSWER, _answers(row)
        else:
            due = each.since + usual
            why = f"{row.label}. Answered on {each.since:%d %B %Y}."
            kind, acts = MatterKind.SETTLE, _settles(row, each.asked_by)
        late = due + timedelta(1) if due < view.as_of.on else None
        yield Matter(kind, each.subject, each.question, why, place, late, acts, row.where)


def _answers(row: ItemRow) -> Callable[[Actor], Decision]:
    return lambda actor: may_answer(actor, row.item)


def _settles(row: ItemRow, asked_by: str) -> Callable[[Actor], Decision]:
    """Whoever asked; a member may too, and hears of it when it is late for long."""

    def acts(actor: Actor) -> Decision:
        if actor.ref != asked_by:
            return Decision(False)
        return may_settle(actor, row.item, asked_by=asked_by)

    return acts


def _evidence(view: View) -> Iterator[Matter]:
    """Evidence that nobody has reviewed. Its title is not told: not everybody is cleared for it."""
    for each in list_evidence(as_of=view.as_of):
        rows = [view.items[ref] for ref, _ in each.uses if ref in view.items]
        if each.state != "offered" or not rows:
            continue
        row = rows[0]
        on = each.latest.recorded_at.date()
        late = on + REVIEW if on + REVIEW < view.as_of.on else None

        def acts(actor: Actor, row: ItemRow = row, by: str = each.offered_by) -> Decision:
            return may_review_evidence(actor, row.item, offered_by=by)

        yield Matter(
            MatterKind.REVIEW_EVIDENCE,
            each.subject,
            f"{row.label}: {row.name}",
            f"Offered on {on:%d %B %Y}.",
            f"{reverse('work:item', args=[row.ref])}#evidence",
            late,
            acts,
            row.where,
        )


def _links(view: View) -> Iterator[Matter]:
    """Links that a second person has to confirm or decline, at both of their ends."""
    for each in list_links(as_of=view.as_of, state="proposed"):
        ends = [view.items[ref] for ref in (each.source, each.target) if ref in view.items]
        if len(ends) < 2:
            continue
        late = each.made_on + REVIEW if each.made_on + REVIEW < view.as_of.on else None

        def acts(actor: Actor, ends: list[ItemRow] = ends, by: str = each.made_by) -> Decision:
            asked = [may_review_link(actor, end.where, made_by=by) for end in ends]
            return next((each for each in asked if not each), asked[0])

        yield Matter(
            MatterKind.REVIEW_LINK,
            f"link:{each.ref}",
            f"{each.source} {each.words.lower()} {each.target}",
            f"Proposed on {each.made_on:%d %B %Y}.",
            f"{reverse('work:item', args=[each.source])}#links",
            late,
            acts,
            ends[0].where,
        )


def _sittings(view: View) -> Iterator[Matter]:
    """Open sittings, owed by each member who may judge there and has not voted."""
    panels = {panel.ref: panel for panel in list_panels(as_of=view.as_of)}
    for each in list_sittings(as_of=view.as_of, state="open"):
        row = view.items.get(each.item)
        if row is None:
            continue
        seats = panels[each.panel].sitting_on(view.as_of.on)
        ties = list_ties(seats, item=each.item, as_of=view.as_of)
        terms = {seat.member: seat.term for seat in seats if seat.member not in each.voted}
        yield Matter(
            MatterKind.VOTE,
            each.subject,
            f"{row.label}: {row.name}",
            f"Votes close on {each.closes_on:%d %B %Y}.",
            reverse("judgement:item", args=[row.ref]),
            each.closes_on + timedelta(1) if each.closes_on < view.as_of.on else None,
            _judges(row, ties, terms),
            row.where,
        )


def _judges(
    row: ItemRow, ties: Mapping[str, Ties], terms: Mapping[str, Term]
) -> Callable[[Actor], Decision]:
    def acts(actor: Actor) -> Decision:
        if actor.ref not in terms:
            return Decision(False)
        return may_judge(actor, row.item, ties=ties[actor.ref], term=terms[actor.ref])

    return acts


def _commissions(view: View) -> Iterator[Matter]:
    """Reports that members asked for, owed by whoever was asked."""
    late = {row.ref: found.since for row, found in list_late_reports(as_of=view.as_of)}
    for each in list_commissions(as_of=view.as_of, state="asked_for"):

        def acts(actor: Actor, asked_of: str = each.asked_of) -> Decision:
            return Decision(asked_of in actor.speaks_for)

        yield Matter(
            MatterKind.REPORT,
            each.subject,
            each.title,
            f"Wanted by the meeting of {each.wanted_on:%d %B %Y}.",
            reverse("meetings:commission-show", args=[each.ref]),
            late.get(each.ref),
            acts,
        )


def _releases(view: View) -> Iterator[Matter]:
    """Proposals to publish that wait for another person."""
    for each in list_proposals(state="proposed"):
        on = each.since
        late = on + REVIEW if on + REVIEW < view.as_of.on else None

        def acts(actor: Actor, by: str = each.proposed_by) -> Decision:
            return may_decide_release(actor, proposed_by=by)

        yield Matter(
            MatterKind.DECIDE_RELEASE,
            each.subject,
            each.title,
            f"Proposed on {on:%d %B %Y}.",
            reverse("releases:show", args=[each.ref]),
            late,
            acts,
        )


def _remnants(view: View) -> Iterator[Matter]:
    """Copies already given out that hold words which were erased."""
    rules: Mapping[Step, Callable[[Actor], Decision]] = {
        Step.WITHDRAW: may_withdraw_release,
        Step.CORRECT: may_write_paper,
        Step.ERASE: may_erase,
    }
    for row in list_remnants(as_of=view.as_of):
        if row.waits:
            due = row.found_on + AT_ONCE
            late = due if due <= view.as_of.on else None
            place, acts = reverse("remnants:list"), rules[row.step]
            yield Matter(
                MatterKind.CLEAR, row.subject, row.title, row.step.words, place, late, acts
            )


SOURCES: tuple[Callable[[View], Iterator[Matter]], ...] = (
    _duties,
    _questions,
    _sittings,
    _commissions,
    _evidence,
    _links,
    _releases,
    _remnants,
)
