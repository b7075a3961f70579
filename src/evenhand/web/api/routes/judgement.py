"""Routes that read judgement: criteria, sittings and verdicts of what the holder's roles reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from ninja import Router

from evenhand.accountability.judgement import Judged
from evenhand.accountability.judgement.votes import Vote
from evenhand.accountability.permissions import may_enter, may_read
from evenhand.core import require
from evenhand.web.api import judged_schemas as schemas
from evenhand.web.api.access import reads
from evenhand.web.api.answers import answers
from evenhand.web.api.asking import Day, Page, Size, cut, plain, view_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement import queries
from evenhand.web.judgement.queries import CriterionView, SittingView, VerdictView
from evenhand.web.register.queries import get_item, list_items

router = Router(tags=["judgement"])


class OfItem(Protocol):
    """Whatever is about one recommendation."""

    @property
    def item(self) -> str: ...


Row = TypeVar("Row", bound=OfItem)


@router.get(
    "/criteria",
    auth=reads(may_enter),
    response=answers(schemas.CriteriaOut),
    url_name="criteria",
)
def criteria(
    request: Any,
    recommendation: str = "",
    state: str = "",
    as_of: Day = None,
    page: Page = 1,
    size: Size = 50,
) -> Any:
    """Criteria with their targets, every version; how the measure stands where one counts."""
    view = view_of(request, as_of)
    found = queries.list_criteria(as_of=view, item=plain(recommendation))
    cutting = cut(
        [each for each in _reached(request, found, view) if state in ("", each.state)], page, size
    )
    counting = [each.item for each in cutting["rows"] if each.counts]
    measured = queries.judge_items(as_of=view, items=counting)
    standing = {each.view.ref: each.judged for each in measured.values()}
    return {**cutting, "rows": [_tell_criterion(each, standing) for each in cutting["rows"]]}


@router.get(
    "/sittings",
    auth=reads(may_enter),
    response=answers(schemas.SittingsOut),
    url_name="sittings",
)
def sittings(
    request: Any,
    recommendation: str = "",
    state: str = "",
    as_of: Day = None,
    page: Page = 1,
    size: Size = 50,
) -> Any:
    """Sittings of panels, the latest first. How somebody voted is said once it is decided."""
    view = view_of(request, as_of)
    found = queries.list_sittings(as_of=view, item=plain(recommendation), state=plain(state))
    cutting = cut(_reached(request, found, view), page, size)
    return {**cutting, "rows": [_tell_sitting(each) for each in cutting["rows"]]}


@router.get(
    "/sittings/{ref}",
    auth=reads(may_enter),
    response=answers(schemas.SittingWhole),
    url_name="sitting",
)
def sitting(request: Any, ref: str, as_of: Day = None) -> Any:
    """One sitting; with every vote, reasons and dissent, once it is decided."""
    view = view_of(request, as_of)
    found = queries.get_sitting(plain(ref), as_of=view)
    _require_reached(request, found.item, view)
    votes = queries.list_votes([found.pk], as_of=view).get(found.pk, ())
    decided = found.state == "decided"
    return {**_tell_sitting(found), "votes": _tell_votes(votes if decided else ())}


@router.get(
    "/verdicts",
    auth=reads(may_enter),
    response=answers(schemas.VerdictsOut),
    url_name="verdicts",
)
def verdicts(
    request: Any,
    recommendation: str = "",
    state: str = "",
    as_of: Day = None,
    page: Page = 1,
    size: Size = 50,
) -> Any:
    """Verdicts, the latest first: upheld or not, by how many votes, and whether they stand."""
    view = view_of(request, as_of)
    found = queries.list_verdicts(as_of=view, item=plain(recommendation), state=plain(state))
    cutting = cut(_reached(request, found, view), page, size)
    return {**cutting, "rows": [_tell_verdict(each) for each in cutting["rows"]]}


@router.get(
    "/verdicts/{ref}",
    auth=reads(may_enter),
    response=answers(schemas.VerdictWhole),
    url_name="verdict",
)
def verdict(request: Any, ref: str, as_of: Day = None) -> Any:
    """One verdict with every vote and reason, the other side apart, and each re-check."""
    view = view_of(request, as_of)
    found = queries.get_verdict(plain(ref), as_of=view)
    _require_reached(request, found.item, view)
    votes = queries.list_votes([found.sitting_pk], as_of=view).get(found.sitting_pk, ())
    return {
        **_tell_verdict(found),
        "votes": _tell_votes(votes),
        "dissent": _tell_votes(queries.list_dissent(found, as_of=view)),
        "rechecks": queries.list_rechecks(found.ref, as_of=view),
    }


def _reached(request: Any, rows: Iterable[Row], view: AsOf) -> list[Row]:
    """Those about what the holder's roles reach."""
    reached = {row.ref for row in list_items(as_of=view, actor=request.actor)}
    return [row for row in rows if row.item in reached]


def _require_reached(request: Any, item: str, view: AsOf) -> None:
    require(may_read(request.actor, get_item(item, as_of=view).item))


def _tell_criterion(view: CriterionView, standing: Mapping[str, Judged]) -> dict[str, Any]:
    pure, judged = view.criterion, standing.get(view.ref)
    names = (
        *("ref", "version", "kind", "title", "source", "reason", "proposed_by", "state"),
        *("for_owner", "for_secretariat", "since", "event"),
    )
    return {
        **{name: getattr(view, name) for name in names},
        **view.scope,
        "recommendation": view.item,
        "target": pure.target.kind.value,
        "low": pure.target.low,
        "high": pure.target.high,
        "comparison": pure.comparison.value,
        "distance": pure.distance.value,
        "margin": pure.margin,
        "measured_in": pure.measured_in,
        "sustain_months": pure.sustain_months,
        "standing": None if judged is None else _tell_standing(judged),
    }


def _tell_standing(judged: Judged) -> dict[str, Any]:
    return {
        "outcome": judged.outcome.value,
        "sentence": judged.sentence,
        "met_months": judged.met_months,
        "sustained": judged.sustained,
        "latest": judged.latest,
    }


def _tell_sitting(view: SittingView) -> dict[str, Any]:
    names = (
        *("ref", "panel", "panel_title", "claim", "criterion", "mode", "opens_on", "closes_on"),
        *("quorum", "state", "reason", "since", "bundle_sha256", "convened_at"),
    )
    told = {name: getattr(view, name) for name in names}
    return {**told, "recommendation": view.item, "voted": len(view.voted)}


def _tell_verdict(view: VerdictView) -> dict[str, Any]:
    names = (
        *("ref", "claim", "sitting", "level_words", "upheld", "votes_for", "votes_against"),
        *("abstained", "quorum", "bundle_sha256", "decided_on", "state", "event", "cause"),
        *("reason", "since", "recheck_on"),
    )
    told = {name: getattr(view, name) for name in names}
    return {**told, "recommendation": view.item, "embedding": view.embedding.value}


def _tell_votes(votes: Iterable[Vote]) -> list[dict[str, str]]:
    return [
        {
            "member": vote.member,
            "voice": vote.voice.value,
            "embedding": vote.embedding.value,
            "reason": vote.reason,
        }
        for vote in votes
    ]
