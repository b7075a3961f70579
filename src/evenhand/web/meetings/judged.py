"""Sort items by how others judge them: latest verdict, agreed measure, claims that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenhand.accountability.judgement import Outcome
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.web.judgement.queries import Measured, VerdictView
from evenhand.web.register.queries import ItemRow

if TYPE_CHECKING:
    from evenhand.web.meetings.counting import Register

NOBODY = "none"
"""What an item without a verdict, or without an agreed criterion, is sorted under."""

VERDICTS: Mapping[str, str] = {
    "upheld": "with a verdict that stands and upholds the claim",
    "not_upheld": "with a verdict that stands and does not uphold the claim",
    "lapsed": "whose verdict has lapsed",
    "reopened": "that were opened again after a verdict",
    NOBODY: "on which no panel has given a verdict",
}
"""Each item is under exactly one of these, by its latest verdict."""

CRITERIA: Mapping[str, str] = {
    **{each.value: f"whose agreed measure is “{each.words}”" for each in Outcome},
    NOBODY: "for which no criterion is agreed",
}
"""Each item is under exactly one of these."""

CLAIMS: Mapping[str, str] = {
    "made": "with a claim that waits for a panel",
    "before_panel": "with a claim before a panel",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Some items of a part of the register: how the figure's key ends, and what they have alike."""

    ending: str
    said: str
    narrow: tuple[str, str]
    rows: tuple[ItemRow, ...]


def group_judged(register: Register, rows: Sequence[ItemRow]) -> Iterator[Group]:
    """Every group of these items: empty ones too, for nothing found is an answer."""
    standing = {row.ref: register.verdicts.get(row.ref) for row in rows}
    yield from _sort(rows, "verdict", VERDICTS, lambda row: verdict_of(standing[row.ref]))
    found = {level.value: f"on which a verdict that stands found “{level.words}”"
             for level in Embedding}  # fmt: skip
    yield from _sort(rows, "embedding", found, lambda row: _embedding(standing[row.ref]))
    yield from _sort(rows, "criterion", CRITERIA, lambda row: outcome_of(register.measured, row))
    for state, said in CLAIMS.items():
        claimed = {claim.item for claim in register.claims if claim.state == state}
        yield Group(f"claims.{state}", said, ("claims", state), _of(rows, claimed))


def verdict_of(verdict: VerdictView | None) -> str:
    """Which of :data:`VERDICTS` an item with this latest verdict is under."""
    if verdict is None:
        return NOBODY
    if verdict.state != "stands":
        return verdict.state
    return "upheld" if verdict.upheld else "not_upheld"


def outcome_of(measured: Mapping[str, Measured], row: ItemRow) -> str:
    """Which of :data:`CRITERIA` an item is under."""
    found = measured.get(row.ref)
    return found.judged.outcome.value if found else NOBODY


def _embedding(verdict: VerdictView | None) -> str:
    """The level that a verdict that stands found; nothing where none stands."""
    return verdict.embedding.value if verdict and verdict.state == "stands" else ""


def _sort(
    rows: Sequence[ItemRow], name: str, groups: Mapping[str, str], key: Callable[[ItemRow], str]
) -> Iterator[Group]:
    under = {row.ref: key(row) for row in rows}
    for value, said in groups.items():
        of = tuple(row for row in rows if under[row.ref] == value)
        yield Group(f"{name}.{value}", said, (name, value), of)


def _of(rows: Sequence[ItemRow], refs: set[str]) -> tuple[ItemRow, ...]:
    return tuple(row for row in rows if row.ref in refs)
