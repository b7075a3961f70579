"""Issued papers by their keys: whether a later version was issued, and whether it was erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.meetings.models import PaperIssue


@dataclass(frozen=True, slots=True)
class IssuedCopy:
    """A version as issued: ``shown`` while no later one was issued in its place."""

    key: int
    paper: str
    title: str
    event: int
    shown: bool
    erased: bool


def list_issued_copies(keys: Collection[int], *, as_of: AsOf) -> list[IssuedCopy]:
    """These issued versions as they stood."""
    rows = PaperIssue.objects.filter(pk__in=keys).select_related("version__paper")
    papers = {row.version.paper_id for row in rows}
    latest: dict[int, int] = {}
    issued = PaperIssue.objects.as_of(as_of.moment).filter(version__paper__in=papers)
    for paper, number in issued.values_list("version__paper", "version__number"):
        latest[paper] = max(number, latest.get(paper, 0))
    return [
        IssuedCopy(
            row.pk,
            row.version.paper.ref,
            f"{row.version.paper.title}, version {row.version.number}",
            row.event_id,
            latest.get(row.version.paper_id) == row.version.number,
            row.content == ERASED,
        )
        for row in rows
    ]
