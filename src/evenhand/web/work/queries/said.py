"""What was said, asked and done about one item or about all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from evenhand.accountability.machines import ACTION, CHALLENGE
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.work.models import (
    ActionCoverage,
    ActionStanding,
    Answer,
    ChallengeStanding,
    Update,
)


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """An update."""

    item: str
    as_at: date
    progress: str
    challenges: str
    next_steps: str
    repeats: bool
    by: str
    recorded_at: datetime
    event: int = -1


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer."""

    text: str
    by: str
    recorded_at: datetime
    event: int = -1


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A challenge, how it stood, and its answers so far."""

    ref: str
    item: str
    question: str
    asked_by: str
    asked_on: date
    answer_by: date | None
    state: str
    reason: str
    since: date
    answers: tuple[AnswerRow, ...]
    event: int = -1
    asked_event: int = -1

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"challenge:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls the state."""
        return CHALLENGE.state(self.state).words


@dataclass(frozen=True, slots=True)
class CoverRow:
    """That an action is for an item, and what of it is left uncovered."""

    item: str
    uncovered: str
    event: int


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action, how it stood, and what it covers."""

    ref: str
    title: str
    description: str
    lead: str
    lead_name: str
    starts: date | None
    due_on: date | None
    state: str
    reason: str
    since: date
    covers: tuple[CoverRow, ...]
    event: int
    added_event: int

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"action:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls the state."""
        return ACTION.state(self.state).words


def list_updates(*, as_of: AsOf, item: str = "") -> list[UpdateRow]:
    """Updates, newest first."""
    found = Update.objects.as_of(as_of.moment).select_related("recommendation")
    if item:
        found = found.filter(recommendation__ref=item)
    return [
        UpdateRow(
            row.recommendation.ref,
            row.as_at,
            row.progress,
            row.challenges,
            row.next_steps,
            row.repeats,
            row.by,
            row.recorded_at,
            row.event_id,
        )
        for row in found.order_by("-as_at", "-recorded_at", "-pk")
    ]


def list_challenges(
    *, as_of: AsOf, item: str = "", state: str = "", ref: str = ""
) -> list[ChallengeRow]:
    """Challenges with their answers, the latest asked first."""
    found = ChallengeStanding.objects.as_of(as_of.moment).select_related(
        "challenge__recommendation"
    )
    if item:
        found = found.filter(challenge__recommendation__ref=item)
    if state:
        found = found.filter(state=state)
    if ref:
        found = found.filter(challenge__ref=ref)
    rows = list(found.order_by("-challenge__recorded_at", "-pk"))
    answers: dict[int, list[AnswerRow]] = defaultdict(list)
    given = Answer.objects.as_of(as_of.moment).filter(
        challenge__in=[row.challenge_id for row in rows]
    )
    for each in given.order_by("recorded_at", "pk"):
        answers[each.challenge_id].append(
            AnswerRow(each.text, each.by, each.recorded_at, each.event_id)
        )
    return [
        ChallengeRow(
            row.challenge.ref,
            row.challenge.recommendation.ref,
            row.challenge.question,
            row.challenge.asked_by,
            row.challenge.asked_on,
            row.challenge.answer_by,
            row.state,
            row.reason,
            day_of(row.recorded_at),
            tuple(answers[row.challenge_id]),
            row.event_id,
            row.challenge.event_id,
        )
        for row in rows
    ]


def get_challenge(ref: str, *, as_of: AsOf) -> ChallengeRow:
    """The challenge with this reference, as it stood."""
    found = list_challenges(as_of=as_of, ref=ref)
    if not found:
        raise NotThere("there is no such question at that date.", rule="challenge-exists")
    return found[0]


def get_action(ref: str, *, as_of: AsOf) -> ActionRow:
    """The action with this reference, as it stood."""
    found = list_actions(as_of=as_of, ref=ref)
    if not found:
        raise NotThere("there is no such action at that date.", rule="action-exists")
    return found[0]


def list_actions(*, as_of: AsOf, item: str = "", state: str = "", ref: str = "") -> list[ActionRow]:
    """Actions with what each covers, by due date; those without one last."""
    found = ActionStanding.objects.as_of(as_of.moment).select_related("action__lead")
    if item:
        covering = ActionCoverage.objects.as_of(as_of.moment).filter(recommendation__ref=item)
        found = found.filter(action__in=covering.values("action"))
    if state:
        found = found.filter(state=state)
    if ref:
        found = found.filter(action__ref=ref)
    by_date = F("action__due_on").asc(nulls_last=True)
    rows = list(found.order_by(by_date, "action__recorded_at"))
    covers: dict[int, list[CoverRow]] = defaultdict(list)
    stated = ActionCoverage.objects.as_of(as_of.moment).filter(
        action__in=[row.action_id for row in rows]
    )
    order = ("recommendation__publication", "recommendation__place")
    for action, *facts in stated.order_by(*order).values_list(
        "action", "recommendation__ref", "uncovered", "event"
    ):
        covers[action].append(CoverRow(*facts))
    return [
        ActionRow(
            row.action.ref,
            row.action.title,
            row.action.description,
            row.action.lead.subject,
            row.action.lead.name,
            row.action.starts,
            row.action.due_on,
            row.state,
            row.reason,
            day_of(row.recorded_at),
            tuple(covers[row.action_id]),
            row.event_id,
            row.action.event_id,
        )
        for row in rows
    ]
