"""Questions about judgement. Every one takes ``as_of=`` (:class:`AsOf`): now, or a past day."""

from evenhand.web.judgement.queries.checking import Broken, check_verdicts
from evenhand.web.judgement.queries.claims import ClaimView, get_claim, list_claims
from evenhand.web.judgement.queries.criteria import (
    CriterionView,
    Measured,
    find_criterion,
    get_criterion,
    judge_items,
    judge_view,
    list_criteria,
    list_figures,
)
from evenhand.web.judgement.queries.outside import (
    OutsideRow,
    RedactionRow,
    get_redaction,
    list_outside_views,
    list_redactions,
)
from evenhand.web.judgement.queries.panels import (
    InterestView,
    PanelView,
    SeatView,
    find_ties,
    get_panel,
    list_interests,
    list_panels,
    list_ties,
)
from evenhand.web.judgement.queries.sittings import (
    SittingView,
    find_finding,
    get_sitting,
    list_sittings,
    list_votes,
)
from evenhand.web.judgement.queries.standing import Standing, get_standing
from evenhand.web.judgement.queries.verdicts import (
    RecheckView,
    VerdictView,
    get_verdict,
    list_dissent,
    list_latest_verdicts,
    list_rechecks,
    list_verdict_facts,
    list_verdicts,
)

__all__ = [
    "Broken",
    "ClaimView",
    "CriterionView",
    "InterestView",
    "Measured",
    "OutsideRow",
    "PanelView",
    "RecheckView",
    "RedactionRow",
    "SeatView",
    "SittingView",
    "Standing",
    "VerdictView",
    "check_verdicts",
    "find_criterion",
    "find_finding",
    "find_ties",
    "get_claim",
    "get_criterion",
    "get_panel",
    "get_redaction",
    "get_sitting",
    "get_standing",
    "get_verdict",
    "judge_items",
    "judge_view",
    "list_claims",
    "list_criteria",
    "list_dissent",
    "list_figures",
    "list_interests",
    "list_latest_verdicts",
    "list_outside_views",
    "list_panels",
    "list_rechecks",
    "list_redactions",
    "list_sittings",
    "list_ties",
    "list_verdict_facts",
    "list_verdicts",
    "list_votes",
]
