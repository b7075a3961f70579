"""What must be hidden so that nobody is identified, and the seal on what may be shown."""

from evenhand.disclosure.policy import CLEARED, POLICIES, PUBLIC, STAFF, Policy, get_policy
from evenhand.disclosure.released import ReleasedTable, Treatment, stack
from evenhand.disclosure.review import review, review_together
from evenhand.disclosure.rounding import HESA, Rounding

__all__ = [
    "CLEARED",
    "HESA",
    "POLICIES",
    "PUBLIC",
    "STAFF",
    "Policy",
    "ReleasedTable",
    "Rounding",
    "Treatment",
    "get_policy",
    "review",
    "review_together",
    "stack",
]
