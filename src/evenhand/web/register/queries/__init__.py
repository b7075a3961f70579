"""Questions about the register. Every one takes ``as_of=`` (:class:`AsOf`): now, or a past day."""

from evenhand.web.register.queries.connections import (
    CoverageRow,
    LinkRow,
    list_blockers,
    list_coverage,
    list_likely_overlaps,
    list_links,
    list_policies,
)
from evenhand.web.register.queries.inquiries import (
    InquiryRow,
    ThemeCount,
    get_inquiry,
    list_inquiry_rows,
)
from evenhand.web.register.queries.items import (
    Filter,
    get_item,
    list_children,
    list_items,
    list_named,
)
from evenhand.web.register.queries.publications import (
    PublicationRow,
    get_publication,
    list_inquiries,
    list_publications,
    list_scales,
    list_themes,
)
from evenhand.web.register.queries.rows import (
    DueRow,
    DutyRow,
    ItemRow,
    LevelRow,
    ResponseRow,
    ThemeRow,
    WorkRow,
)
from evenhand.web.register.queries.targets import (
    Target,
    check_not_future,
    get_target,
    get_work_target,
    list_bound,
)

__all__ = [
    "CoverageRow",
    "DueRow",
    "DutyRow",
    "Filter",
    "InquiryRow",
    "ItemRow",
    "LevelRow",
    "LinkRow",
    "PublicationRow",
    "ResponseRow",
    "Target",
    "ThemeCount",
    "ThemeRow",
    "WorkRow",
    "check_not_future",
    "get_inquiry",
    "get_item",
    "get_publication",
    "get_target",
    "get_work_target",
    "list_blockers",
    "list_bound",
    "list_children",
    "list_coverage",
    "list_inquiries",
    "list_inquiry_rows",
    "list_items",
    "list_likely_overlaps",
    "list_links",
    "list_named",
    "list_policies",
    "list_publications",
    "list_scales",
    "list_themes",
]
