"""Working titles, and the themes, strands and areas that items are read under."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from evenhand.accountability.permissions import may_keep
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event
from evenhand.web.register.choices import ThemeKind
from evenhand.web.register.models import Tagging, Theme, WorkingTitle
from evenhand.web.register.queries import get_target
from evenhand.web.search.indexing import index_words


@command(rule=may_keep, audit="title.changed")
def retitle(
    *, recommendation: str, title: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Give a recommendation a short working name; its exact text stays as published.

    Authorisation: `may_keep`. Audit: ``title.changed``.
    """
    target = get_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="title")
    standing = WorkingTitle.objects.as_of(None).filter(recommendation_id=target.pk)
    before = standing.first()
    event = record_event(
        kind="title.changed",
        subject=target.subject,
        by=actor,
        at=at,
        before={"title": before.title} if before else None,
        after={"title": title},
    )
    supersede(standing, event=event)
    WorkingTitle.objects.create(
        recommendation_id=target.pk, title=title, recorded_at=event.at, event=event
    )
    index_words(subject=target.subject, source="title", words=title, at=event.at)


@command(rule=may_keep, audit="theme.added")
def add_theme(*, ref: str, title: str, kind: ThemeKind, by: User, at: datetime) -> Theme:
    """Make a theme, strand or area that items can be put under.

    Authorisation: `may_keep`. Audit: ``theme.added``.
    """
    actor = get_actor(by, at=at)
    require(may_keep(actor))
    if Theme.objects.filter(ref=ref).exists():
        raise UsageProblem(f"there is a theme {ref} already.", rule="references-are-unique")
    after = {"title": title, "kind": str(kind)}
    event = record_event(kind="theme.added", subject=f"theme:{ref}", by=actor, at=at, after=after)
    return Theme.objects.create(ref=ref, title=title, kind=kind, recorded_at=event.at, event=event)


@command(rule=may_keep, audit="theme.tagged")
def tag(*, recommendation: str, theme: str, by: User, at: datetime) -> None:
    """Put an item under a theme.

    Authorisation: `may_keep`. Audit: ``theme.tagged``.
    """
    target = get_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    found = _get_theme(theme)
    if _taggings(target.pk, found).exists():
        return
    event = record_event(
        kind="theme.tagged",
        subject=target.subject,
        by=actor,
        at=at,
        after={"theme": found.subject},
        touches=[found.subject],
    )
    Tagging.objects.create(
        recommendation_id=target.pk, theme=found, recorded_at=event.at, event=event
    )


@command(rule=may_keep, audit="theme.untagged")
def untag(*, recommendation: str, theme: str, by: User, at: datetime) -> None:
    """Take an item out of a theme; that it was there stays on the record.

    Authorisation: `may_keep`. Audit: ``theme.untagged``.
    """
    target = get_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    found = _get_theme(theme)
    event = record_event(
        kind="theme.untagged",
        subject=target.subject,
        by=actor,
        at=at,
        before={"theme": found.subject},
        touches=[found.subject],
    )
    supersede(_taggings(target.pk, found), event=event)


def _taggings(recommendation: int, theme: Theme) -> QuerySet[Any]:
    return Tagging.objects.as_of(None).filter(recommendation_id=recommendation, theme=theme)


def _get_theme(ref: str) -> Theme:
    found: Theme | None = Theme.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere(f"there is no theme {ref}.", rule="theme-exists")
    return found
