"""Tables of the register. Touched only by this app's own services and queries."""

from evenhand.web.register.models.connections import Link, LinkStanding, Policy, PolicyCoverage
from evenhand.web.register.models.publications import (
    Inquiry,
    Publication,
    Recommendation,
    ScaleLevel,
    ScaleRow,
)
from evenhand.web.register.models.standings import (
    DueDate,
    Duty,
    ReportedLevel,
    Response,
    Tagging,
    Theme,
    WorkingTitle,
    WorkState,
)

__all__ = [
    "DueDate",
    "Duty",
    "Inquiry",
    "Link",
    "LinkStanding",
    "Policy",
    "PolicyCoverage",
    "Publication",
    "Recommendation",
    "ReportedLevel",
    "Response",
    "ScaleLevel",
    "ScaleRow",
    "Tagging",
    "Theme",
    "WorkState",
    "WorkingTitle",
]
