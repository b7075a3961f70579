"""The register at a moment, gathered to be counted; and one figure counted again another way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.queries import (
    judge_items,
    judge_view,
    list_claims,
    list_criteria,
    list_latest_verdicts,
    list_verdicts,
)
from evenhand.web.meetings.counting import Count, Register
from evenhand.web.meetings.judged import NOBODY, verdict_of
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
        verdicts=list_latest_verdicts(as_of=as_of),
        measured=judge_items(as_of=as_of),
        claims=list_claims(as_of=as_of),
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
    for name, find in _JUDGED.items():
        if name in asked:
            return _among(rows, find(as_of), asked[name])
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


def _among(rows: list[ItemRow], found: Mapping[str, str], wanted: str) -> int:
    """How many of these items are under a name, of what was found by item."""
    return sum(found.get(row.ref, NOBODY) == wanted for row in rows)


def _find_verdicts(as_of: AsOf) -> Mapping[str, str]:
    """From all verdicts, the latest last; those that a later one replaced left out."""
    every = reversed(list_verdicts(as_of=as_of))
    return {each.item: verdict_of(each) for each in every if each.state != "replaced"}


def _find_embedding(as_of: AsOf) -> Mapping[str, str]:
    stands = list_verdicts(as_of=as_of, state="stands")
    return {each.item: each.embedding.value for each in stands}


def _find_outcomes(as_of: AsOf) -> Mapping[str, str]:
    """Criterion by criterion, each held to its own figures."""
    return {
        view.item: judge_view(view, as_of=as_of).judged.outcome.value
        for view in list_criteria(as_of=as_of)
        if view.counts
    }


def _find_claims(as_of: AsOf) -> Mapping[str, str]:
    waiting = ("made", "before_panel")
    return {e.item: state for state in waiting for e in list_claims(as_of=as_of, state=state)}


_JUDGED: Mapping[str, Callable[[AsOf], Mapping[str, str]]] = {
    "verdict": _find_verdicts,
    "embedding": _find_embedding,
    "criterion": _find_outcomes,
    "claims": _find_claims,
}
"""What else than its list the register is asked, by the name of the narrowing."""

_GROUPS: Mapping[str, Callable[[ItemRow], bool]] = {
    "finished": lambda row: bool(row.level and row.level.applies and row.level.closes),
    "unfinished": lambda row: bool(row.level and row.level.applies and not row.level.closes),
    "apart": lambda row: bool(row.level and not row.level.applies),
}
