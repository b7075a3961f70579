"""Commands on files of records: bring them, load them, discard them, withdraw a load."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
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
from evenhand.web.loads.choices import BroughtState, LoadState
from evenhand.web.loads.datasets import get_dataset, open_lake
from evenhand.web.loads.files import drop_files, keep_files, list_kept
from evenhand.web.loads.models import Brought, Load, LoadStanding


@command(rule=may_measure, audit="load.brought")
def bring_files(
    *, dataset: str, files: Sequence[UploadedFile[Any]], by: User, at: datetime
) -> Brought:
    """Take files in and check every row; nothing is loaded yet.

    Authorisation: `may_measure`. Audit: ``load.brought``, with the counts and no file's name.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    kind, ref = get_dataset(dataset), secrets.token_hex(16)
    if not files:
        raise UsageProblem("no file was sent.", remedy="Choose one.", rule="files-are-there")
    paths = keep_files(ref, files)
    try:
        report = kind.check(paths, at)
        facts = report.as_dict()
        event = record_event(
            kind="load.brought",
            subject=f"brought:{ref}",
            by=actor,
            at=at,
            after={"dataset": dataset, "files": len(paths), **_counts(facts)},
        )
        return Brought.objects.create(
            ref=ref,
            dataset=dataset,
            report=facts,
            state=BroughtState.WAITING,
            brought_by=actor.ref,
            brought_at=event.at,
        )
    except BaseException:
        drop_files(ref)
        raise


@command(rule=may_measure, audit="load.confirmed")
def confirm_load(*, brought: str, by: User, at: datetime) -> Load:
    """Load the good rows of files that were checked; the others stay set aside and counted.

    Authorisation: `may_measure`. Audit: ``load.confirmed``, with the hash of the rows.
    """
    actor = get_actor(by, at=at)
    require(may_measure(actor))
    waiting = _get_waiting(brought)
    done = get_dataset(waiting.dataset).load(list_kept(brought), settings.HOME.folder, at)
    if not done.id:
        raise Refused("Every row of these files is loaded already; loading again changes nothing.")
    ref = f"{waiting.dataset}-{done.id}"
    facts = done.report.as_dict()
    event = record_event(
        kind="load.confirmed",
        subject=f"load:{ref}",
        by=actor,
        at=at,
        after={"dataset": waiting.dataset, "id": done.id, **_counts(facts)},
        touches=[waiting.subject],
    )
    load = _create(ref, waiting.dataset, done.id, facts, event)
    Brought.objects.filter(pk=waiting.pk).update(
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
    waiting = _get_waiting(brought)
    record_event(kind="load.discarded", subject=waiting.subject, by=actor, at=at)
    Brought.objects.filter(pk=waiting.pk).update(state=BroughtState.DISCARDED, report={})
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


def _counts(facts: dict[str, Any]) -> dict[str, int]:
    return {name: facts[name] for name in ("rows_read", "rows_loaded", "rows_quarantined")}


def _get_waiting(ref: str) -> Brought:
    found: Brought | None = Brought.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotThere("no such files were brought.", rule="brought-exists")
    if found.state != BroughtState.WAITING:
        raise Refused("These files have been decided about.")
    return found


def _get(ref: str) -> Load:
    found: Load | None = Load.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such load.", rule="load-exists")
    return found


def _create(ref: str, dataset: str, lake_id: str, report: dict[str, Any], event: Event) -> Load:
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
