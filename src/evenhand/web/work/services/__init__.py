"""Commands over the work. Each states its rule and the event it writes."""

from evenhand.web.work.services.actions import Coverage, add_action, cover_by_action, move_action
from evenhand.web.work.services.challenges import (
    answer_challenge,
    ask_again,
    put_challenge,
    settle_challenge,
    withdraw_challenge,
)
from evenhand.web.work.services.erasure import erase_words
from evenhand.web.work.services.evidence import (
    offer_evidence,
    review_evidence,
    revise_evidence,
    use_evidence,
    withdraw_evidence,
)
from evenhand.web.work.services.spreadsheets import apply_spreadsheet
from evenhand.web.work.services.updates import post_update

__all__ = [
    "Coverage",
    "add_action",
    "answer_challenge",
    "apply_spreadsheet",
    "ask_again",
    "cover_by_action",
    "erase_words",
    "move_action",
    "offer_evidence",
    "post_update",
    "put_challenge",
    "review_evidence",
    "revise_evidence",
    "settle_challenge",
    "use_evidence",
    "withdraw_challenge",
    "withdraw_evidence",
]
