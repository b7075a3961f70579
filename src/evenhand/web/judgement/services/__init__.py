"""Commands of judgement. Each states its rule and the event it writes."""

from evenhand.web.judgement.services.afterwards import give_view, recheck_verdict, reopen_item
from evenhand.web.judgement.services.claims import make_claim, withdraw_claim
from evenhand.web.judgement.services.criteria import (
    agree_for_owner,
    agree_for_secretariat,
    propose_criterion,
    record_figure,
)
from evenhand.web.judgement.services.panels import (
    declare_interest,
    end_interest,
    end_seat,
    form_panel,
    seat_member,
)
from evenhand.web.judgement.services.redactions import (
    prepare_redaction,
    review_redaction,
    withdraw_redaction,
)
from evenhand.web.judgement.services.sittings import (
    abandon_sitting,
    cast_vote,
    conclude_sitting,
    convene_sitting,
)

__all__ = [
    "abandon_sitting",
    "agree_for_owner",
    "agree_for_secretariat",
    "cast_vote",
    "conclude_sitting",
    "convene_sitting",
    "declare_interest",
    "end_interest",
    "end_seat",
    "form_panel",
    "give_view",
    "make_claim",
    "prepare_redaction",
    "propose_criterion",
    "recheck_verdict",
    "record_figure",
    "reopen_item",
    "review_redaction",
    "seat_member",
    "withdraw_claim",
    "withdraw_redaction",
]
