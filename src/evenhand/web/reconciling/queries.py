"""Questions about other bodies' ledgers: what they say, what differs now, what was decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.reconciling import (
    Choice,
    Difference,
    Ours,
    Theirs,
    compare_ledgers,
    name_reference,
)
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.reconciling.models import OutsideDecision, OutsideLedger
from evenhand.web.register.queries import Filter, ItemRow, list_items


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """Another body's ledger, as it was brought."""

    pk: int
    ref: str
    publication: str
    source: str
    sha256: str
    brought_by: str
    brought_at: datetime
    lines: tuple[Theirs, ...]

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"outside-ledger:{self.ref}"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided about one difference."""

    key: str
    choice: Choice
    ours: str
    theirs: str
    reason: str
    by: str
    recorded_at: datetime

    @property
    def reference(self) -> str:
        """Which recommendation it was about."""
        return self.key.partition(":")[2]

    @property
    def kind(self) -> str:
        """How it differed."""
        return self.key.partition(":")[0]


def list_ledgers() -> list[LedgerRow]:
    """Every ledger that was brought, the latest first."""
    return [_row(row) for row in OutsideLedger.objects.order_by("-recorded_at", "-pk")]


def get_ledger(ref: str) -> LedgerRow:
    """The ledger with this reference."""
    row = OutsideLedger.objects.filter(ref=ref).first()
    if row is None:
        raise NotThere("there is no such ledger of another body.", rule="outside-exists")
    return _row(row)


def list_decisions(ledger: LedgerRow) -> list[DecisionRow]:
    """What was decided about its differences, the latest first."""
    rows = OutsideDecision.objects.filter(ledger_id=ledger.pk).order_by("-recorded_at", "-pk")
    return [
        DecisionRow(
            row.key, Choice(row.choice), row.ours, row.theirs, row.reason, row.by, row.recorded_at
        )
        for row in rows
    ]


def list_differences(ledger: LedgerRow, *, as_of: AsOf) -> list[Difference]:
    """What differs now and nobody has decided."""
    rows = list_items(Filter(publication=ledger.publication), as_of=as_of, only_items=False)
    decided = {row.key for row in list_decisions(ledger)}
    found = compare_ledgers(_ours(rows, ledger.publication), ledger.lines)
    return [each for each in found if each.key not in decided]


def _ours(rows: Sequence[ItemRow], publication: str) -> list[Ours]:
    return [
        Ours(
            name_reference(row.ref, publication=publication),
            row.text,
            (*([row.level.words] if row.level else []), *([row.work.words] if row.is_item else [])),
            row.due.due_on if row.due else None,
        )
        for row in rows
    ]


def _row(row: OutsideLedger) -> LedgerRow:
    lines = tuple(
        Theirs(ref, text, status, date.fromisoformat(on) if on else None)
        for ref, text, status, on in json.loads(row.lines)
    )
    return LedgerRow(
        row.pk,
        row.ref,
        row.publication,
        row.source,
        row.sha256,
        row.brought_by,
        row.recorded_at,
        lines,
    )
