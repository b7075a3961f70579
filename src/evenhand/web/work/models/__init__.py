"""Tables of the work. Touched only by this app's own services and queries."""

from evenhand.web.work.models.accounts_given import Answer, Challenge, ChallengeStanding, Update
from evenhand.web.work.models.actions import Action, ActionCoverage, ActionStanding
from evenhand.web.work.models.evidence import (
    Evidence,
    EvidenceStanding,
    EvidenceUse,
    EvidenceVersion,
)

__all__ = [
    "Action",
    "ActionCoverage",
    "ActionStanding",
    "Answer",
    "Challenge",
    "ChallengeStanding",
    "Evidence",
    "EvidenceStanding",
    "EvidenceUse",
    "EvidenceVersion",
    "Update",
]
