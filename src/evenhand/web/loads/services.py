"""Commands on files of records: bring, check, load, discard them, withdraw a load.

Reading the rows takes long and is done between two commands, never inside one: a command holds
the place of the only writer.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from evenhand.accountability.permissions import may_measure
from evenhand.core import Refused, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event
from evenhand.web.loads.choices import UNDECIDED, BroughtState, LoadState
from evenhand.web.loads.datasets import get_dataset, open_lake
from evenhand.web.loads.files import drop_files, keep_files
from evenhand.web.loads.models import Brought, Load, LoadStanding


@command(rule=may_measure, audit="load.brought")
def bring_files(
    *, dataset: str, files: Sequence[UploadedFile[Any]], by: User, at: datetime
) -> Brought:
    """Take files in, to be checked; nothing is loaded.

    Authorisation: `may_measure`. Audit: ``load.brought``, with the count and no file's name.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    get_dataset(dataset)
    if not files:
        raise UsageProblem("no file was sent.", remedy="Choose one.", rule="files-are-there")
    ref = secrets.token_hex(16)
    keep_files(ref, files)
    try:
        event = record_event(
            kind="load.brought",
            subject=f"brought:{ref}",
            by=actor,
            at=at,
            after={"dataset": dataset, "files": len(files)},
        )
        return Brought.objects.create(
            ref=ref,
            dataset=dataset,
            report={},
            state=BroughtState.CHECKING,
            brought_by=actor.ref,
            brought_at=event.at,
        )
    except BaseException:
        drop_files(ref)
        raise


@command(rule=may_measure, audit="load.checked")
def keep_findings(*, brought: str, facts: Mapping[str, Any], by: User, at: datetime) -> None:
    """What was found in files that were brought: they wait for a decision now.

    Authorisation: `may_measure`. Audit: ``load.checked``, with the counts and no file's name.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    checked = _get_brought(brought, BroughtState.CHECKING)
    record_event(
        kind="load.checked", subject=checked.subject, by=actor, at=at, after=_counts(facts)
    )
    Brought.objects.filter(pk=checked.pk).update(state=BroughtState.WAITING, report=dict(facts))


@command(rule=may_measure, audit="load.confirmed")
def confirm_load(*, brought: str, by: User, at: datetime) -> None:
    """Decide that the good rows are loaded; the others stay set aside and counted.

    Authorisation: `may_measure`. Audit: ``load.confirmed``.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    waiting = _get_brought(brought, BroughtState.WAITING)
    if not waiting.report["rows_loaded"]:
        raise Refused("No row of these files can be loaded.")
    record_event(
        kind="load.confirmed",
        subject=waiting.subject,
        by=actor,
        at=at,
        after={"dataset": waiting.dataset, **_counts(waiting.report)},
    )
    Brought.objects.filter(pk=waiting.pk).update(state=BroughtState.LOADING)


@command(rule=may_measure, audit="load.recorded")
def record_load(
    *, brought: str, lake_id: str, facts: Mapping[str, Any], by: User, at: datetime
) -> Load:
    """Put on the record what was loaded from files that were confirmed.

    Authorisation: `may_measure`. Audit: ``load.recorded``, with the hash of the rows.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    loading = _get_brought(brought, BroughtState.LOADING)
    dataset = get_dataset(loading.dataset).into
    ref = f"{dataset}-{lake_id}"
    event = record_event(
        kind="load.recorded",
        subject=f"load:{ref}",
        by=actor,
        at=at,
        after={"dataset": dataset, "id": lake_id, **_counts(facts)},
        touches=[loading.subject],
    )
    load = _create(ref, dataset, lake_id, facts, event)
    Brought.objects.filter(pk=loading.pk).update(
        state=BroughtState.LOADED, load=load.ref, report={}
    )
    transaction.on_commit(lambda: drop_files(brought))
    return load


@command(rule=may_measure, audit="load.adopted")
def adopt_load(*, dataset: str, lake_id: str, by: User, at: datetime) -> Load:
    """Put on the record a load that was made from the command line, as its manifest tells it.

    Authorisation: `may_measure`. Audit: ``load.adopted``.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    lake = open_lake(settings.HOME.folder, get_dataset(dataset).id)
    manifest = next((load for load in lake.list_loads() if load.id == lake_id), None)
    if manifest is None:
        raise NotThere("the lake has no such load.", rule="load-exists")
    ref = f"{dataset}-{lake_id}"
    event = record_event(
        kind="load.adopted",
        subject=f"load:{ref}",
        by=actor,
        at=at,
        after={"dataset": dataset, "id": lake_id, **_counts(manifest.report)},
    )
    return _create(ref, dataset, lake_id, manifest.report, event)


@command(rule=may_measure, audit="load.discarded")
def discard_files(*, brought: str, by: User, at: datetime) -> None:
    """Remove files that were brought; nothing of them was loaded.

    Authorisation: `may_measure`. Audit: ``load.discarded``.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    found = _get_brought(brought, *UNDECIDED)
    record_event(kind="load.discarded", subject=found.subject, by=actor, at=at)
    Brought.objects.filter(pk=found.pk).update(state=BroughtState.DISCARDED, report={})
    transaction.on_commit(lambda: drop_files(brought))


@command(rule=may_measure, audit="load.withdrawn")
def withdraw_load(
    *, load: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> Load:
    """Take a load out: no figure is computed from it any more; its rows are kept aside.

    Authorisation: `may_measure`. Audit: ``load.withdrawn``.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    found = _get(load)
    require_unchanged(found.subject, seen, aspect="load")
    if not reason.strip():
        raise UsageProblem("withdrawing a load needs a reason.", rule="moves-have-reasons")
    if LoadStanding.objects.as_of(None).get(load=found).state != LoadState.STANDING:
        raise Refused("This load is withdrawn already.")
    event = record_event(
        kind="load.withdrawn", subject=found.subject, by=actor, at=at, after={"reason": reason}
    )
    supersede(LoadStanding.objects.filter(load=found), event=event)
    _stand(found, LoadState.WITHDRAWN, event, reason)
    lake = open_lake(settings.HOME.folder, found.dataset)
    transaction.on_commit(lambda: lake.withdraw(found.lake_id, at=at, reason=reason))
    return found


def _counts(facts: Mapping[str, Any]) -> dict[str, int]:
    return {name: facts[name] for name in ("rows_read", "rows_loaded", "rows_quarantined")}


def _get_brought(ref: str, *states: BroughtState) -> Brought:
    found: Brought | None = Brought.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotThere("no such files were brought.", rule="brought-exists")
    if found.state not in states:
        raise Refused(f"These files are past this: {found.get_state_display().lower()}.")
    return found


def _get(ref: str) -> Load:
    found: Load | None = Load.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such load.", rule="load-exists")
    return found


def _create(ref: str, dataset: str, lake_id: str, report: Mapping[str, Any], event: Event) -> Load:
    load: Load = Load.objects.filter(ref=ref).first() or Load.objects.create(
        ref=ref,
        dataset=dataset,
        lake_id=lake_id,
        **_counts(report),
        report=report,
        recorded_at=event.at,
        event=event,
    )
    supersede(LoadStanding.objects.filter(load=load), event=event)
    _stand(load, LoadState.STANDING, event)
    return load


def _stand(load: Load, state: LoadState, event: Event, reason: str = "") -> None:
    LoadStanding.objects.create(
        load=load, state=state, reason=reason, recorded_at=event.at, event=event
    )
