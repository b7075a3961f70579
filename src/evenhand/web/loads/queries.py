"""Files that wait, and the loads there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.loads.choices import BroughtState, LoadState
from evenhand.web.loads.models import Brought, LoadStanding


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """Files that were brought, with what was found in them."""

    ref: str
    dataset: str
    report: Mapping[str, Any]
    state: str
    by: str
    at: datetime
    load: str

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"brought:{self.ref}"

    @property
    def waits(self) -> bool:
        """Whether a decision is still to be taken."""
        return self.state == BroughtState.WAITING


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A load as it stood."""

    ref: str
    dataset: str
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    report: Mapping[str, Any]
    recorded_at: datetime
    state: str
    reason: str

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"load:{self.ref}"

    @property
    def stands(self) -> bool:
        """Whether it is measured."""
        return self.state == LoadState.STANDING


def list_brought() -> list[BroughtRow]:
    """Files that wait for a decision, the newest first."""
    rows = Brought.objects.filter(state=BroughtState.WAITING).order_by("-brought_at")
    return [_brought(row) for row in rows]


def get_brought(ref: str) -> BroughtRow:
    """One bringing, whatever became of it."""
    found = Brought.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("no such files were brought.", rule="brought-exists")
    return _brought(found)


def list_loads(*, as_of: AsOf) -> list[LoadRow]:
    """Every load, the newest first."""
    rows = LoadStanding.objects.as_of(as_of.moment).select_related("load")
    return [_load(row) for row in rows.order_by("-load__recorded_at", "-load__pk")]


def get_load(ref: str, *, as_of: AsOf) -> LoadRow:
    """One load."""
    rows = LoadStanding.objects.as_of(as_of.moment).select_related("load")
    found = rows.filter(load__ref=ref).first()
    if found is None:
        raise NotThere("there is no such load.", rule="load-exists")
    return _load(found)


def _brought(row: Brought) -> BroughtRow:
    return BroughtRow(
        row.ref,
        row.dataset,
        row.report,
        row.state,
        row.brought_by,
        row.brought_at,
        row.load,
    )


def _load(row: LoadStanding) -> LoadRow:
    load = row.load
    return LoadRow(
        load.ref,
        load.dataset,
        load.rows_read,
        load.rows_loaded,
        load.rows_quarantined,
        load.report,
        load.recorded_at,
        row.state,
        row.reason,
    )
