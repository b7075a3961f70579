"""Tables of judgement. Touched only by this app's own services and queries."""

from evenhand.web.judgement.models.claims import Claim, ClaimStanding, PinnedVersion
from evenhand.web.judgement.models.criteria import CriterionRow, CriterionStanding, Figure
from evenhand.web.judgement.models.outside import OutsideView, Redaction, RedactionStanding
from evenhand.web.judgement.models.panels import Interest, Panel, Seat
from evenhand.web.judgement.models.sittings import (
    Ballot,
    Recheck,
    Sitting,
    SittingStanding,
    Verdict,
    VerdictStanding,
)

__all__ = [
    "Ballot",
    "Claim",
    "ClaimStanding",
    "CriterionRow",
    "CriterionStanding",
    "Figure",
    "Interest",
    "OutsideView",
    "Panel",
    "PinnedVersion",
    "Recheck",
    "Redaction",
    "RedactionStanding",
    "Seat",
    "Sitting",
    "SittingStanding",
    "Verdict",
    "VerdictStanding",
]
