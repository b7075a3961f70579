"""Commands over the register. Each states its rule and the event it writes."""

from evenhand.web.register.services.connections import (
    cover_by_policy,
    propose_link,
    record_policy,
    review_link,
    withdraw_coverage,
    withdraw_link,
)
from evenhand.web.register.services.due_dates import extend_due_date, lift_due_date, set_due_date
from evenhand.web.register.services.duties import assign_duty, end_duty
from evenhand.web.register.services.progress import claim_level, move_work, report_level
from evenhand.web.register.services.publications import accept_publication, open_inquiry
from evenhand.web.register.services.responses import record_response
from evenhand.web.register.services.themes import add_theme, retitle, tag, untag

__all__ = [
    "accept_publication",
    "add_theme",
    "assign_duty",
    "claim_level",
    "cover_by_policy",
    "end_duty",
    "extend_due_date",
    "lift_due_date",
    "move_work",
    "open_inquiry",
    "propose_link",
    "record_policy",
    "record_response",
    "report_level",
    "retitle",
    "review_link",
    "set_due_date",
    "tag",
    "untag",
    "withdraw_coverage",
    "withdraw_link",
]
