"""Cut a long list into pages that keep the filter in their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

PAGE = 50  # rows: a screenful or two; the whole list is in the export


@dataclass(frozen=True, slots=True)
class PagePart:
    """One page of a list."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int
    before: str
    after: str


def cut_pages(request: HttpRequest, rows: Sequence[Any]) -> PagePart:
    """The page asked for by ``?page=``; a number out of range gives the nearest."""
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return PagePart(
        list(found.object_list),
        found.number,
        found.paginator.num_pages,
        found.paginator.count,
        _address(request, found.number - 1) if found.has_previous() else "",
        _address(request, found.number + 1) if found.has_next() else "",
    )


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
