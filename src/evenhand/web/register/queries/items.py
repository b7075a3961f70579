"""Lists of recommendations as of a date, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from evenhand.accountability.classification import Classification
from evenhand.accountability.machines import WORK
from evenhand.accountability.permissions import may_read, may_see_evidence
from evenhand.accountability.roles import Actor
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import standing
from evenhand.web.ledger.keeping import is_keeping, keep_answer
from evenhand.web.register.models import (
    DueDate,
    Duty,
    Recommendation,
    ReportedLevel,
    Response,
    Tagging,
    WorkingTitle,
    WorkState,
)
from evenhand.web.register.queries.rows import (
    DueRow,
    DutyRow,
    ItemRow,
    LevelRow,
    ResponseRow,
    ThemeRow,
    WorkRow,
)
from evenhand.web.search.queries import find_subjects


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; an empty part narrows nothing.

    ``theme`` holds the reference of a theme, strand or area; ``owner`` and ``body`` a party's;
    ``state`` a state of the work; ``level`` is ``scale:code``; ``words`` are searched for.
    """

    words: str = ""
    inquiry: str = ""
    publication: str = ""
    theme: str = ""
    strand: str = ""
    body: str = ""
    owner: str = ""
    state: str = ""
    level: str = ""


EVERYTHING = Filter()


def list_items(
    narrowed: Filter = EVERYTHING,
    *,
    as_of: AsOf,
    actor: Actor | None = None,
    only_items: bool = True,
) -> list[ItemRow]:
    """Which recommendations are there, and how did they stand?

    Parameters
    ----------
    narrowed
        What to narrow the list to.
    as_of
        The viewpoint.
    actor
        Who reads: only what their roles reach is returned. None: everything (for rules and
        reports, never for a page).
    only_items
        Leave out recommendations that are split into sub-items: counts are of items.
    """
    hits = _hits(narrowed.words, as_of)
    rows = _list_reached(_list_narrowed(narrowed, hits, as_of), actor=actor, as_of=as_of)
    rows = [row for row in rows if (row.is_item or not only_items) and _also(row, narrowed)]
    if actor is None or hits is None:
        return rows
    return [row for row in rows if _may_find(actor, row, hits[row.ref])]


def _list_narrowed(
    narrowed: Filter, hits: Mapping[str, frozenset[str]] | None, as_of: AsOf
) -> QuerySet[Any] | None:
    """The recommendations that SQL can tell answer the filter; None for all of them."""
    if hits is None and narrowed in (EVERYTHING, Filter(state=narrowed.state)):
        return None
    found = _narrow(Recommendation.objects.as_of(as_of.moment), narrowed, as_of)
    return found if hits is None else found.filter(ref__in=hits)


def _list_reached(
    found: QuerySet[Any] | None, *, actor: Actor | None, as_of: AsOf
) -> Sequence[ItemRow]:
    """The rows of these, of all where none are named, as far as somebody’s roles reach."""
    if found is not None and not is_keeping():
        rows: Sequence[ItemRow] = build_rows(found, as_of=as_of)
        return rows if actor is None else [row for row in rows if may_read(actor, row.item)]
    moment = (as_of.moment, as_of.on)
    rows = keep_answer("items", *moment, answer=lambda: _list_all(as_of))
    if actor is not None:
        every, who = rows, actor
        rows = keep_answer(
            "items", *moment, actor,
            answer=lambda: tuple(row for row in every if may_read(who, row.item)),
        )  # fmt: skip
    if found is None:
        return rows
    keys = set(found.values_list("pk", flat=True))
    return [row for row in rows if row.pk in keys]


def _list_all(as_of: AsOf) -> tuple[ItemRow, ...]:
    return tuple(build_rows(Recommendation.objects.as_of(as_of.moment), as_of=as_of))


def get_item(ref: str, *, as_of: AsOf) -> ItemRow:
    """The recommendation with this reference, as it stood."""
    rows = build_rows(Recommendation.objects.as_of(as_of.moment).filter(ref=ref), as_of=as_of)
    if not rows:
        raise NotThere("there is no such recommendation at that date.", rule="item-exists")
    return rows[0]


def list_named(refs: Iterable[str], *, as_of: AsOf) -> list[ItemRow]:
    """The recommendations with these references that there were, in published order."""
    found = Recommendation.objects.as_of(as_of.moment).filter(ref__in=list(refs))
    return build_rows(found, as_of=as_of)


def list_children(ref: str, *, as_of: AsOf) -> list[ItemRow]:
    """The lettered sub-items of a recommendation, in order."""
    found = Recommendation.objects.as_of(as_of.moment).filter(parent__ref=ref)
    return build_rows(found, as_of=as_of)


def build_rows(found: QuerySet[Any], *, as_of: AsOf) -> list[ItemRow]:
    """The rows of these recommendations: one query for them and one for each kind of fact.

    What many of them share (reports, parties, themes, levels) is read once and not once a row.
    """
    shared = ("publication__inquiry", "publication__scale", "addressed_to")
    base = found.prefetch_related(*shared).annotate(parent_ref=F("parent__ref"))
    recommendations = list(base.order_by("publication", "place"))
    if not recommendations:
        return []
    facts = _Facts(found, as_of)
    return [facts.row(each) for each in recommendations]


def _narrow(found: QuerySet[Any], by: Filter, as_of: AsOf) -> QuerySet[Any]:
    if by.inquiry:
        found = found.filter(publication__inquiry__ref=by.inquiry)
    if by.publication:
        found = found.filter(publication__ref=by.publication)
    for theme in filter(None, (by.theme, by.strand)):
        tagged = Tagging.objects.as_of(as_of.moment).filter(theme__ref=theme)
        tagged_ids = tagged.values("recommendation")
        found = found.filter(Q(pk__in=tagged_ids) | Q(parent__in=tagged_ids))
    if by.owner:
        kind, _, ref = by.owner.partition(":")
        held = Duty.objects.as_of(as_of.moment).filter(
            Q(ends=None) | Q(ends__gte=as_of.on),
            starts__lte=as_of.on,
            party__kind=kind,
            party__ref=ref,
        )
        found = found.filter(pk__in=held.values("recommendation"))
    if by.body:
        kind, _, ref = by.body.partition(":")
        found = found.filter(addressed_to__kind=kind, addressed_to__ref=ref)
    if by.level:
        scale, _, code = by.level.partition(":")
        at = ReportedLevel.objects.as_of(as_of.moment).filter(
            level__scale__ref=scale, level__code=code
        )
        found = found.filter(pk__in=at.values("recommendation"))
    return found


def _also(row: ItemRow, by: Filter) -> bool:
    """What SQL cannot see: an item without a row of state is in the first state."""
    return not by.state or row.work.state == by.state


def _hits(words: str, as_of: AsOf) -> Mapping[str, frozenset[str]] | None:
    """The classes of what the words were found in, by item; None when nothing is searched for."""
    if not words:
        return None
    found = find_subjects(words, as_of=as_of.moment)
    prefix = "recommendation:"
    return {s.removeprefix(prefix): c for s, c in found.items() if s.startswith(prefix)}


def _may_find(actor: Actor, row: ItemRow, classes: frozenset[str]) -> bool:
    return any(
        not each or may_see_evidence(actor, row.item, Classification(each)) for each in classes
    )


class _Facts:
    """Every fact about a set of recommendations, by recommendation."""

    def __init__(self, found: QuerySet[Any], as_of: AsOf) -> None:
        self.on = as_of.on
        self.found, self.stood = found, standing(as_of.moment)
        self.titles = self._one(WorkingTitle)
        self.states = self._one(WorkState)
        self.levels = self._one(ReportedLevel, "level")
        self.responses = self._one(Response)
        self.due = self._one(DueDate)
        self.duties = self._many(Duty, "party", order="starts")
        self.themes = self._many(Tagging, "theme", order="theme__title")

    def _rows(self, model: Any, *related: str) -> QuerySet[Any]:
        rows = model.objects.filter(self.stood, recommendation__in=self.found.values("pk"))
        found: QuerySet[Any] = rows.prefetch_related(*related) if related else rows
        return found

    def _one(self, model: Any, *related: str) -> Mapping[int, Any]:
        return {row.recommendation_id: row for row in self._rows(model, *related)}

    def _many(self, model: Any, *related: str, order: str) -> Mapping[int, Sequence[Any]]:
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in self._rows(model, *related).order_by(order, "pk"):
            grouped[row.recommendation_id].append(row)
        return grouped

    def row(self, each: Recommendation) -> ItemRow:
        """One recommendation with its facts."""
        publication, party = each.publication, each.addressed_to
        title = self.titles.get(each.pk)
        return ItemRow(
            pk=each.pk,
            ref=each.ref,
            number=each.number,
            place=each.place,
            heading=each.heading,
            text=each.text,
            page=each.page,
            is_item=each.is_item,
            parent=each.parent_ref or "",  # type: ignore[attr-defined]  # annotated above
            publication=publication.ref,
            publication_title=publication.title,
            inquiry=publication.inquiry.ref,
            inquiry_title=publication.inquiry.title,
            scale=publication.scale.ref,
            addressed_to=party.subject if party else "",
            addressed_name=party.name if party else "",
            recorded_on=day_of(each.recorded_at),
            on=self.on,
            title=title.title if title else "",
            work=self._work(each),
            level=_level(self.levels.get(each.pk)),
            response=_response(self.responses.get(each.pk)),
            due=_due(self.due.get(each.pk)),
            duties=tuple(build_duty(duty) for duty in self.duties.get(each.pk, ())),
            themes=tuple(_theme(tag) for tag in self.themes.get(each.pk, ())),
        )

    def _work(self, each: Recommendation) -> WorkRow:
        state = self.states.get(each.pk)
        if state is None:
            return WorkRow(WORK.start, day_of(each.recorded_at), "")
        return WorkRow(state.state, day_of(state.recorded_at), state.reason, state.event_id)


def _level(row: ReportedLevel | None) -> LevelRow | None:
    if row is None:
        return None
    level = row.level
    facts = (level.code, level.words, level.closes, level.applies)
    return LevelRow(*facts, row.as_at, row.reason, row.event_id)


def _response(row: Response | None) -> ResponseRow | None:
    return ResponseRow(row.state, row.reason, row.responded_on, row.event_id) if row else None


def _due(row: DueDate | None) -> DueRow | None:
    if row is None:
        return None
    since = day_of(row.recorded_at)
    return DueRow(
        row.state, row.due_on, row.original_on, row.slips, since, row.reason, row.event_id
    )


def build_duty(row: Duty) -> DutyRow:
    """A duty as a value."""
    party = row.party
    return DutyRow(
        party.subject,
        party.pk,
        party.name,
        row.role,
        row.starts,
        row.ends,
        row.reason,
        row.event_id,
    )


def _theme(row: Tagging) -> ThemeRow:
    return ThemeRow(row.theme.ref, row.theme.title, row.theme.kind)
