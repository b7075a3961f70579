"""The register as it stands, gathered for a comparison in a number of questions that is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evenhand.accountability.roles import Actor
from evenhand.web.accounts.queries import list_parties
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.queries import list_later
from evenhand.web.register.queries import list_items, list_scales, list_themes
from evenhand.web.work.sheets.columns import VERSION
from evenhand.web.work.sheets.compare import Standing
from evenhand.web.work.sheets.read import SheetLine


def gather_standing(lines: Sequence[SheetLine], *, actor: Actor, at: datetime) -> Standing:
    """What these lines are to be compared with."""
    as_of = AsOf.now(at)
    rows = list_items(as_of=as_of, actor=actor, only_items=False)
    versions = [int(line.cells[VERSION]) for line in lines if line.cells[VERSION].isdecimal()]
    return Standing(
        {row.ref: row for row in rows},
        list_scales(),
        frozenset(party.subject for party in list_parties()),
        frozenset(theme.ref for theme in list_themes(as_of=as_of)),
        list_later("recommendation", since=min(versions, default=-1)),
        actor,
        as_of.on,
    )
