"""What lists of the API are asked with: a day, a page of some size, and plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from ninja import Query

from evenhand.web.foundation.as_of import AsOf

LARGEST_PAGE = 200

Day = Annotated[date | None, Query(None, description="As of the end of this day; now if left out")]
Page = Annotated[int, Query(1, ge=1, le=100_000)]
Size = Annotated[int, Query(50, ge=1, le=LARGEST_PAGE)]


def view_of(request: Any, day: date | None) -> AsOf:
    """The viewpoint that a request asks for."""
    moment = request.moment
    return AsOf.now(moment) if day is None else AsOf.end_of(day, at=moment)


def cut(rows: Sequence[Any], page: int, size: int) -> dict[str, Any]:
    """One page of a list, with how many there are in all."""
    first = (page - 1) * size
    pages = max(1, -(-len(rows) // size))
    return {"total": len(rows), "page": page, "pages": pages, "rows": rows[first : first + size]}


def plain(words: str) -> str:
    """Words as a query takes them: no text of ours holds a NUL, so none can be looked for."""
    return words.replace("\0", "")
