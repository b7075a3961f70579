"""Commands on questions: give one a name."""

from __future__ import annotations

import secrets
from datetime import datetime

from evenhand.accountability.permissions import (
    may_save_measure,
)
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import record_event
from evenhand.web.measures.models import (
    SavedMeasure,
)
from evenhand.web.measures.queries.figures import Filter

ASKED = (
    "dataset", "indicator", "step", "characteristic", "group", "comparator", "unit",
)  # fmt: skip


@command(rule=may_save_measure, audit="measure.saved")
def save_measure(*, title: str, narrow: Filter, by: User, at: datetime) -> SavedMeasure:
    """Give a question of the workbench a name, so that anyone can ask it again.

    Authorisation: `may_save_measure`. Audit: ``measure.saved``.
    """
    actor = get_actor(by, at=at)
    require(may_save_measure(actor))
    if not title.strip():
        raise UsageProblem("a named measure has a name.", rule="measures-have-names")
    if SavedMeasure.objects.filter(title=title).exists():
        raise UsageProblem(
            "there is a measure of this name.", remedy="Choose another.", rule="names-are-unique"
        )
    ref = secrets.token_hex(6)
    asked = {name: getattr(narrow, name) for name in ASKED}
    event = record_event(
        kind="measure.saved",
        subject=f"measure:{ref}",
        by=actor,
        at=at,
        after={"title": title, **asked},
    )
    return SavedMeasure.objects.create(
        ref=ref, title=title, **asked, by=actor.ref, recorded_at=event.at, event=event
    )
