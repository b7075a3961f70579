"""The register at a moment, gathered to be counted; and one figure counted again another way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.meetings.counting import Count, Register
from evenhand.web.register.choices import ThemeKind
from evenhand.web.register.queries import (
    Filter,
    ItemRow,
    list_items,
    list_publications,
    list_scales,
    list_themes,
)
from evenhand.web.work.queries import list_challenges, list_item_exceptions


def gather_register(*, as_of: AsOf) -> Register:
    """Everything that is counted, as it stood."""
    rows = list_items(as_of=as_of)
    return Register(
        publications=list_publications(as_of=as_of),
        scales=list_scales(),
        rows=rows,
        exceptions=list_item_exceptions(rows, as_of=as_of),
        challenges=list_challenges(as_of=as_of),
        strands=list_themes(as_of=as_of, kind=ThemeKind.STRAND),
    )


def recount(count: Count, *, as_of: AsOf) -> int:
    """Ask a figure's question of the register again, through its own list and filters.

    A second way to the same number: the database narrows, where the snapshot sorted rows into
    groups. The two agree unless the record was rewritten.
    """
    asked = dict(count.query)
    if count.key == "all.reports":
        return len(list_publications(as_of=as_of))
    if count.key == "all.inquiries":
        return len({each.inquiry for each in list_publications(as_of=as_of)})
    if "questions" in asked:
        return _questions(asked, as_of)
    rows = _items(asked, as_of)
    if "exception" in asked:
        return _exceptions(rows, asked["exception"], as_of)
    if "levels" in asked:
        return sum(_GROUPS[asked["levels"]](row) for row in rows)
    return len(rows)


def _items(asked: Mapping[str, str], as_of: AsOf) -> list[ItemRow]:
    level = asked.get("level", "")
    known = {name: asked.get(name, "") for name in ("publication", "strand", "state", "body")}
    rows = list_items(Filter(level="" if level == "none" else level, **known), as_of=as_of)
    return [row for row in rows if row.level is None] if level == "none" else rows


def _exceptions(rows: list[ItemRow], kind: str, as_of: AsOf) -> int:
    found = list_item_exceptions(rows, as_of=as_of)
    return len({each.item for each in found if kind in ("any", each.kind.value)})


def _questions(asked: Mapping[str, str], as_of: AsOf) -> int:
    within = {row.ref for row in _items(asked, as_of)}
    found = list_challenges(as_of=as_of, state=asked["questions"])
    return sum(each.item in within for each in found)


_GROUPS: Mapping[str, Callable[[ItemRow], bool]] = {
    "finished": lambda row: bool(row.level and row.level.applies and row.level.closes),
    "unfinished": lambda row: bool(row.level and row.level.applies and not row.level.closes),
    "apart": lambda row: bool(row.level and not row.level.applies),
}
