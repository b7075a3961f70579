"""What happened to an item, as its reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evenhand.accountability.roles import Actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.erasure import Erased, list_erasures
from evenhand.web.ledger.queries import Happening, list_history
from evenhand.web.register.queries import ItemRow
from evenhand.web.work.queries.evidence import EvidenceRow, list_shown_evidence


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event of an item. ``withheld``: its facts are of evidence the reader is not cleared for.

    ``erased``: its words were erased, as the law requires.
    """

    event: Happening
    withheld: bool
    erased: Erased | None


def list_item_history(*, as_of: AsOf, item: ItemRow, actor: Actor) -> list[HistoryLine]:
    """Every event about an item, oldest first, without what this person may not see."""
    shown = list_shown_evidence(as_of=as_of, item=item, actor=actor)
    evidence = {row.subject: row for row in shown.rows}
    erased = list_erasures(item.subject)
    lines = []
    for event in list_history(item.subject, as_of=as_of.moment):
        withheld = _is_kept_back(event, evidence)
        told = replace(event, before=None, after=None) if withheld else event
        lines.append(HistoryLine(told, withheld, erased.get(event.sequence)))
    return lines


def _is_kept_back(event: Happening, evidence: Mapping[str, EvidenceRow]) -> bool:
    """Whether an event is of evidence that is not shown, or of a version that is not."""
    if not event.subject.startswith("evidence:"):
        return False
    row = evidence.get(event.subject)
    if row is None:
        return True
    of_version = event.kind in ("evidence.offered", "evidence.revised")
    return of_version and event.sequence not in {each.event for each in row.versions}
