"""Routes that read what members asked for."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ninja import Router

from evenhand.accountability.permissions import may_enter
from evenhand.web.api import judged_schemas as schemas
from evenhand.web.api.access import reads
from evenhand.web.api.answers import answers
from evenhand.web.api.asking import Day, Page, Size, cut, plain, view_of
from evenhand.web.meetings import queries
from evenhand.web.meetings.queries import CommissionRow

router = Router(tags=["meetings"])


@router.get(
    "/commissions",
    auth=reads(may_enter),
    response=answers(schemas.CommissionsOut),
    url_name="commissions",
)
def commissions(
    request: Any, state: str = "", as_of: Day = None, page: Page = 1, size: Size = 50
) -> Any:
    """Reports that members asked for, the earliest wanted first, and since when they are late."""
    view = view_of(request, as_of)
    rows = queries.list_commissions(as_of=view, state=plain(state))
    late = {row.ref: each.since for row, each in queries.list_late_reports(as_of=view)}
    cutting = cut(rows, page, size)
    told = [{**_tell(row), "late_since": late.get(row.ref)} for row in cutting["rows"]]
    return {**cutting, "rows": told}


def _tell(row: CommissionRow) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(row)}
