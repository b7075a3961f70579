"""What stands of a thing, replaced under the event of a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from evenhand.web.foundation.recorded import supersede
from evenhand.web.judgement.models import VerdictStanding
from evenhand.web.judgement.queries.verdicts import VerdictView
from evenhand.web.ledger.recording import Event


def stand(
    standings: type[models.Model], of: Mapping[str, Any], *, event: Event, **facts: Any
) -> None:
    """What stands of something from this event on; what stood until now is superseded."""
    rows: Any = standings._default_manager
    supersede(rows.filter(**of), event=event)
    rows.create(recorded_at=event.at, event=event, **of, **facts)


def set_verdict(verdict: VerdictView, event: Event, **changed: Any) -> None:
    """The verdict's new standing; what is not named stays as it was."""
    facts = {
        "state": verdict.state,
        "cause": verdict.cause,
        "reason": verdict.reason,
        "recheck_on": verdict.recheck_on,
        "rechecks": verdict.rechecks,
    }
    stand(VerdictStanding, {"verdict_id": verdict.pk}, event=event, **(facts | changed))
