"""Put inquiries and whole reports on the register."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from evenhand.accountability.permissions import may_import
from evenhand.accountability.scales import Scale
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.recording import Event, record_event
from evenhand.web.register.models import (
    Inquiry,
    Publication,
    Recommendation,
    ReportedLevel,
    ScaleLevel,
    ScaleRow,
    Tagging,
    Theme,
    WorkingTitle,
    WorkState,
)
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan
from evenhand.web.search.indexing import index_many


@command(rule=may_import, audit="inquiry.opened")
def open_inquiry(
    *,
    ref: str,
    title: str,
    by: User,
    at: datetime,
    opened_on: date | None = None,
    description: str = "",
) -> Inquiry:
    """Put an inquiry on the register, so that its reports can be imported.

    Authorisation: `may_import`. Audit: ``inquiry.opened``.
    """
    actor = get_actor(by, at=at)
    require(may_import(actor))
    if Inquiry.objects.filter(ref=ref).exists():
        raise UsageProblem(f"there is an inquiry {ref} already.", rule="references-are-unique")
    after = {"title": title, "opened": opened_on.isoformat() if opened_on else None}
    event = record_event(
        kind="inquiry.opened", subject=f"inquiry:{ref}", by=actor, at=at, after=after
    )
    return Inquiry.objects.create(
        ref=ref,
        title=title,
        opened_on=opened_on,
        description=description,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_import, audit="publication.accepted")
def accept_publication(*, plan: PublicationPlan, by: User, at: datetime) -> Publication:
    """Put a report with all its recommendations on the register: all of it or nothing.

    The one bulk command: rows are written together, and yet every recommendation has an event of
    its own with its exact text, so that each can be proved.

    Authorisation: `may_import`. Audit: ``publication.accepted``, and ``recommendation.recorded``
    for each recommendation.
    """
    actor = get_actor(by, at=at)
    require(may_import(actor))
    _check_plan(plan)
    scale = _get_or_add_scale(plan.scale, by=actor.ref, at=at)
    publication = _add_publication(plan, scale, by=actor.ref, at=at)
    recorded = _add_recommendations(plan, publication, by=actor.ref, at=at)
    _add_standings(plan, recorded, scale)
    return publication


def _check_plan(plan: PublicationPlan) -> None:
    refs = [ref for ref, _, _ in plan.walk()]
    if bool(refs) == plan.makes_none or len(set(refs)) != len(refs):
        raise UsageProblem(
            "a report has at least one recommendation unless it is said to make none, and no "
            "number twice.",
            remedy="Correct the numbers in the preview.",
            rule="numbers-are-unique",
        )
    if any(not each.text.strip() for _, _, each in plan.walk()):
        raise UsageProblem("a recommendation has no words.", rule="recommendations-have-words")
    if Publication.objects.filter(ref=plan.ref).exists():
        raise UsageProblem(
            f"there is a publication {plan.ref} already.",
            remedy="Give the new edition a reference of its own.",
            rule="references-are-unique",
        )


def _get_or_add_scale(scale: Scale, *, by: str, at: datetime) -> ScaleRow:
    found: ScaleRow | None = ScaleRow.objects.filter(ref=scale.ref).first()
    if found is not None:
        codes = list(found.levels.values_list("code", flat=True))
        if codes != [level.code for level in scale.levels]:
            raise UsageProblem(
                f"the scale {scale.ref} is known with other levels.",
                remedy="Give a different scale a name of its own.",
                rule="scales-never-change",
            )
        return found
    after = {"title": scale.title, "levels": [level.words for level in scale.levels]}
    event = record_event(
        kind="scale.added", subject=f"scale:{scale.ref}", by=by, at=at, after=after
    )
    row = ScaleRow.objects.create(
        ref=scale.ref, title=scale.title, recorded_at=event.at, event=event
    )
    ScaleLevel.objects.bulk_create(
        ScaleLevel(
            scale=row,
            rank=rank,
            code=level.code,
            words=level.words,
            meaning=level.meaning,
            closes=level.closes,
            applies=level.applies,
        )
        for rank, level in enumerate(scale.levels)
    )
    return row


def _add_publication(
    plan: PublicationPlan, scale: ScaleRow, *, by: str, at: datetime
) -> Publication:
    inquiry = Inquiry.objects.filter(ref=plan.inquiry).first()
    if inquiry is None:
        raise NotThere(f"there is no inquiry {plan.inquiry}.", rule="inquiry-exists")
    event = record_event(
        kind="publication.accepted",
        subject=f"publication:{plan.ref}",
        by=by,
        at=at,
        after={
            "title": plan.title,
            "edition": plan.edition,
            "published": plan.published_on.isoformat(),
            "scale": plan.scale.ref,
            "recommendations": len(list(plan.walk())),
            "source": plan.source_sha256,
        },
        touches=[inquiry.subject],
    )
    return Publication.objects.create(
        ref=plan.ref,
        inquiry=inquiry,
        title=plan.title,
        edition=plan.edition,
        published_on=plan.published_on,
        author=plan.author,
        report_number=plan.report_number,
        scale=scale,
        source_sha256=plan.source_sha256,
        recorded_at=event.at,
        event=event,
    )


def _add_recommendations(
    plan: PublicationPlan, publication: Publication, *, by: str, at: datetime
) -> dict[str, Recommendation]:
    """Parents first, then sub-items, so that each can point at its parent."""
    places = {ref: place for place, (ref, _, _) in enumerate(plan.walk(), 1)}
    recorded: dict[str, Recommendation] = {}
    for level in ("", "sub"):
        rows = [
            _build_row(ref, each, publication, _record(ref, each, publication, by=by, at=at))
            for ref, parent, each in plan.walk()
            if bool(parent) == bool(level)
        ]
        for row in rows:
            row.place = places[row.ref]
            row.parent = recorded[row.ref.rpartition("/")[0]] if level else None
        Recommendation.objects.bulk_create(rows, batch_size=500)
        recorded |= {row.ref: row for row in rows}
    return recorded


def _record(
    ref: str, each: RecommendationPlan, publication: Publication, *, by: str, at: datetime
) -> Event:
    after = {
        "number": each.number,
        "text": each.text,
        "heading": each.heading,
        "addressed_to": each.addressed_to or None,
        "themes": list(each.themes),
        "title": each.title,
        "level": each.level or None,
    }
    return record_event(
        kind="recommendation.recorded",
        subject=f"recommendation:{ref}",
        by=by,
        at=at,
        after=after,
        touches=[publication.subject],
    )


def _build_row(
    ref: str, each: RecommendationPlan, publication: Publication, event: Event
) -> Recommendation:
    return Recommendation(
        ref=ref,
        publication=publication,
        number=each.number,
        heading=each.heading,
        text=each.text,
        text_sha256=hashlib.sha256(each.text.encode()).hexdigest(),
        page=each.page,
        addressed_to=get_party(each.addressed_to) if each.addressed_to else None,
        is_item=not each.items,
        recorded_at=event.at,
        event=event,
    )


def _add_standings(
    plan: PublicationPlan, recorded: dict[str, Recommendation], scale: ScaleRow
) -> None:
    """Titles, themes and the levels that the report itself states; and the words to be found by."""
    levels = {level.code: level for level in scale.levels.all()}
    themes = {theme.ref: theme for theme in Theme.objects.all()}
    titles, tags, reported, states = [], [], [], []
    for ref, _, each in plan.walk():
        row = recorded[ref]
        frame = {"recommendation": row, "recorded_at": row.recorded_at, "event": row.event}
        if each.title:
            titles.append(WorkingTitle(title=each.title, **frame))
        tags += [Tagging(theme=_known(themes, theme), **frame) for theme in each.themes]
        if each.level:
            plan.scale.level(each.level)
            level = levels[each.level]
            reported.append(ReportedLevel(level=level, as_at=plan.published_on, **frame))
            if level.closes and row.is_item:
                states.append(WorkState(state="claimed", reason="As the report says.", **frame))
    WorkingTitle.objects.bulk_create(titles, batch_size=500)
    Tagging.objects.bulk_create(tags, batch_size=500)
    ReportedLevel.objects.bulk_create(reported, batch_size=500)
    WorkState.objects.bulk_create(states, batch_size=500)
    words = (
        (recorded[ref].subject, "text", f"{each.title} {each.heading} {each.text}")
        for ref, _, each in plan.walk()
    )
    for first in list(recorded.values())[:1]:
        index_many(words, at=first.recorded_at)


def _known(themes: dict[str, Theme], ref: str) -> Theme:
    if ref not in themes:
        raise NotThere(f"there is no theme {ref}.", rule="theme-exists")
    return themes[ref]
