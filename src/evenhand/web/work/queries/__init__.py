"""Questions about the work. Every one takes ``as_of=`` (:class:`AsOf`): now, or a past day."""

from evenhand.web.work.queries.evidence import (
    EvidenceRow,
    ShownEvidence,
    VersionRow,
    get_shown_evidence,
    list_evidence,
    list_shown_evidence,
)
from evenhand.web.work.queries.facts import RELIED_ON, list_facts, list_item_exceptions
from evenhand.web.work.queries.hands import list_hands
from evenhand.web.work.queries.history import HistoryLine, list_item_history
from evenhand.web.work.queries.said import (
    ActionRow,
    AnswerRow,
    ChallengeRow,
    CoverRow,
    UpdateRow,
    get_action,
    get_challenge,
    list_actions,
    list_challenges,
    list_updates,
)

__all__ = [
    "RELIED_ON",
    "ActionRow",
    "AnswerRow",
    "ChallengeRow",
    "CoverRow",
    "EvidenceRow",
    "HistoryLine",
    "ShownEvidence",
    "UpdateRow",
    "VersionRow",
    "get_action",
    "get_challenge",
    "get_shown_evidence",
    "list_actions",
    "list_challenges",
    "list_evidence",
    "list_facts",
    "list_hands",
    "list_item_exceptions",
    "list_item_history",
    "list_shown_evidence",
    "list_updates",
]
