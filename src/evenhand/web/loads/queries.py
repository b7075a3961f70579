"""Files that wait, and the loads there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from evenhand.datasets.lake import Manifest
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.loads.choices import UNDECIDED, BroughtState, LoadState
from evenhand.web.loads.datasets import open_lake
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

    @property
    def at_work(self) -> bool:
        """Whether a job is to check or load them."""
        return self.state in (BroughtState.CHECKING, BroughtState.LOADING)

    @property
    def state_words(self) -> str:
        """How far they are, in words."""
        return str(BroughtState(self.state).label)


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A load as it stood."""

    ref: str
    dataset: str
    lake_id: str
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
    """Files that are neither loaded nor discarded yet, the newest first."""
    rows = Brought.objects.filter(state__in=UNDECIDED).order_by("-brought_at")
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


def list_unrecorded(dataset: str, *, as_of: AsOf) -> list[Manifest]:
    """Loads of the lake that the record does not name, as from the command line; oldest first."""
    known = {load.lake_id for load in list_loads(as_of=as_of) if load.dataset == dataset}
    lake = open_lake(settings.HOME.folder, dataset)
    return sorted(
        (each for each in lake.list_loads() if each.id not in known), key=lambda each: each.at
    )


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
        load.lake_id,
        load.rows_read,
        load.rows_loaded,
        load.rows_quarantined,
        load.report,
        load.recorded_at,
        row.state,
        row.reason,
    )
