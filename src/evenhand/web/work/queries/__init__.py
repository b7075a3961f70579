"""Questions about the work. Every one takes ``as_of=`` (:class:`AsOf`): now, or a past day."""

from evenhand.web.work.queries.facts import list_facts, list_item_exceptions
from evenhand.web.work.queries.said import (
    ActionRow,
    AnswerRow,
    ChallengeRow,
    EvidenceRow,
    UpdateRow,
    VersionRow,
    list_actions,
    list_challenges,
    list_evidence,
    list_updates,
)

__all__ = [
    "ActionRow",
    "AnswerRow",
    "ChallengeRow",
    "EvidenceRow",
    "UpdateRow",
    "VersionRow",
    "list_actions",
    "list_challenges",
    "list_evidence",
    "list_facts",
    "list_item_exceptions",
    "list_updates",
]
