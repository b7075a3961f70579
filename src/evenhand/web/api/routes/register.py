"""Routes that read the register, now or as of a past day."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Schema

from evenhand.accountability.exceptions import ExceptionKind
from evenhand.accountability.permissions import may_enter, may_read
from evenhand.core import require
from evenhand.web.api import schemas
from evenhand.web.api.access import reads
from evenhand.web.api.answers import answers
from evenhand.web.api.asking import Day, Page, Size, cut, plain, view_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement import queries as judgement
from evenhand.web.register import queries as register
from evenhand.web.work import queries as work

router = Router(tags=["register"])


class Narrowed(Schema):
    """What a list is narrowed to; an empty part narrows nothing."""

    words: str = ""
    inquiry: str = ""
    publication: str = ""
    theme: str = ""
    strand: str = ""
    body: str = ""
    owner: str = ""
    state: str = ""
    level: str = ""

    def as_filter(self) -> register.Filter:
        """As a query takes it; no text of ours holds a NUL, so none can be looked for."""
        parts = self.model_dump()
        return register.Filter(**{name: plain(parts[name]) for name in parts})


@router.get(
    "/inquiries",
    auth=reads(may_enter),
    response=answers(list[schemas.InquiryOut]),
    url_name="inquiries",
)
def inquiries(request: Any, as_of: Day = None) -> Any:
    """Every inquiry on the register."""
    return register.list_inquiries(as_of=view_of(request, as_of))


@router.get(
    "/publications",
    auth=reads(may_enter),
    response=answers(list[schemas.PublicationOut]),
    url_name="publications",
)
def publications(request: Any, inquiry: str = "", as_of: Day = None) -> Any:
    """Every report, or those of one inquiry."""
    return register.list_publications(as_of=view_of(request, as_of), inquiry=plain(inquiry))


@router.get(
    "/scales",
    auth=reads(may_enter),
    response=answers(list[schemas.ScaleOut]),
    url_name="scales",
)
def scales(request: Any) -> Any:  # noqa: ARG001
    """The scales of the reports, with their levels in order."""
    return list(register.list_scales().values())


@router.get(
    "/themes",
    auth=reads(may_enter),
    response=answers(list[schemas.ThemeOut]),
    url_name="themes",
)
def themes(request: Any, as_of: Day = None) -> Any:
    """Themes, strands and areas."""
    return register.list_themes(as_of=view_of(request, as_of))


@router.get(
    "/recommendations",
    auth=reads(may_enter),
    response=answers(schemas.RecommendationsOut),
    url_name="recommendations",
)
def recommendations(
    request: Any,
    narrowed: Query[Narrowed],
    as_of: Day = None,
    page: Page = 1,
    size: Size = 50,
) -> Any:
    """Recommendations and parts that the holder’s roles reach, in the order of the reports."""
    view = view_of(request, as_of)
    rows = register.list_items(
        narrowed.as_filter(), as_of=view, actor=request.actor, only_items=False
    )
    return cut(rows, page, size)


@router.get(
    "/recommendations/{path:ref}",
    auth=reads(may_enter),
    response=answers(schemas.RecommendationWhole),
    url_name="recommendation",
)
def recommendation(request: Any, ref: str, as_of: Day = None) -> Any:
    """Everything about one recommendation that its holder may see."""
    view = view_of(request, as_of)
    row = _get_item(request, ref, view)
    evidence = work.list_shown_evidence(as_of=view, item=row, actor=request.actor)
    return {
        "recommendation": row,
        "parts": [] if row.is_item else register.list_children(row.ref, as_of=view),
        "updates": work.list_updates(as_of=view, item=row.ref),
        "challenges": work.list_challenges(as_of=view, item=row.ref),
        "actions": work.list_actions(as_of=view, item=row.ref),
        "evidence": evidence.rows,
        "evidence_withheld": evidence.withheld,
        "claims": judgement.list_claims(as_of=view, item=row.ref),
        "verdicts": judgement.list_verdicts(as_of=view, item=row.ref),
        "links": register.list_links(as_of=view, item=row.ref),
        "policies": register.list_coverage(as_of=view, item=row.ref),
    }


@router.get(
    "/history/{path:ref}",
    auth=reads(may_enter),
    response=answers(list[schemas.HappeningOut]),
    url_name="history",
)
def history(request: Any, ref: str, as_of: Day = None) -> Any:
    """Every event about one recommendation, oldest first."""
    view = view_of(request, as_of)
    row = _get_item(request, ref, view)
    lines = work.list_item_history(as_of=view, item=row, actor=request.actor)
    names = ("sequence", "kind", "actor", "subject", "at", "before", "after")
    return [
        {**{name: getattr(line.event, name) for name in names}, "withheld": line.withheld}
        for line in lines
    ]


@router.get(
    "/exceptions",
    auth=reads(may_enter),
    response=answers(list[schemas.ExceptionOut]),
    url_name="exceptions",
)
def exceptions(
    request: Any, narrowed: Query[Narrowed], kind: ExceptionKind | None = None, as_of: Day = None
) -> Any:
    """What should be looked at first among what the holder’s roles reach."""
    view = view_of(request, as_of)
    rows = register.list_items(narrowed.as_filter(), as_of=view, actor=request.actor)
    found = work.list_item_exceptions(rows, as_of=view)
    return [
        {
            "recommendation": each.item.partition(":")[2],
            "kind": each.kind.value,
            "words": each.kind.words,
            "why": each.why,
            "since": each.since,
        }
        for each in found
        if kind is None or each.kind == kind
    ]


def _get_item(request: Any, ref: str, view: AsOf) -> register.ItemRow:
    row = register.get_item(plain(ref), as_of=view)
    require(may_read(request.actor, row.item))
    return row
