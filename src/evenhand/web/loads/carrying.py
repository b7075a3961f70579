"""What a job does: check what was brought, load what was confirmed, measure what is there."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from evenhand.core import EvenhandError, Refused
from evenhand.datasets import Progress
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_account
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.loads import queries
from evenhand.web.loads.choices import BroughtState
from evenhand.web.loads.datasets import get_dataset
from evenhand.web.loads.files import list_kept
from evenhand.web.loads.jobs import JobKind, Order, Teller, one_at_a_time
from evenhand.web.loads.measuring import finish_withdrawals, measure_again
from evenhand.web.loads.services import discard_files, keep_findings, record_load

Clock = Callable[[], datetime]

_log = logging.getLogger(__name__)


def carry_out(order: Order) -> None:
    """Do a job to its end and tell how it ended; what a killed one had done is not done twice."""
    tell = Teller(order.id)
    try:
        WORK[order.kind](order.of, get_account(order.by), tell)
    except EvenhandError as error:
        tell.fail(error)
    except Exception as error:
        # Its words may hold what stood in a row: only where it happened is kept.
        _log.error("A job failed: %s in %s", type(error).__name__, _place(error))
        tell.fail(EvenhandError("this could not be done.", remedy="Tell your administrator."))


def check_brought(ref: str, *, by: User, tell: Progress, clock: Clock = timezone.now) -> None:
    """Read every row of what was brought; files that cannot be read at all are removed again."""
    dataset = get_dataset(queries.get_brought(ref).dataset)
    try:
        report = dataset.check(list_kept(ref), clock(), tell)
    except EvenhandError:
        discard_files(brought=ref, by=by, at=clock())
        raise
    keep_findings(brought=ref, facts=report.as_dict(), by=by, at=clock())


def load_confirmed(
    ref: str, *, by: User, tell: Progress, clock: Clock = timezone.now
) -> queries.LoadRow:
    """Put the good rows into the lake, and the load on the record.

    A load that a killed job had put into the lake is found there and recorded now. Raises Refused
    where every row was there before; the files are then removed.
    """
    dataset = get_dataset(queries.get_brought(ref).dataset)
    finish_withdrawals(dataset.family, at=clock())  # or their rows would seem to be there already
    done = dataset.load(list_kept(ref), settings.HOME.folder, clock(), tell)
    lake_id, facts = done.id, done.report.as_dict()
    if not lake_id:
        left = queries.list_unrecorded(dataset.into, as_of=AsOf.now(clock()))
        if not left:
            discard_files(brought=ref, by=by, at=clock())
            raise Refused("Every row of these files is loaded already; again changes nothing.")
        lake_id, facts = left[-1].id, left[-1].report
    made = record_load(brought=ref, lake_id=lake_id, facts=facts, by=by, at=clock())
    return queries.get_load(made.ref, as_of=AsOf.now(clock()))


def _check(ref: str, by: User, tell: Teller) -> None:
    if queries.get_brought(ref).state == BroughtState.CHECKING:
        check_brought(ref, by=by, tell=tell)
    tell.end(goes_to=reverse("loads:brought", args=[ref]))


def _load(ref: str, by: User, tell: Teller) -> None:
    if queries.get_brought(ref).state == BroughtState.LOADING:
        load_confirmed(ref, by=by, tell=tell)
    load = queries.get_load(queries.get_brought(ref).load, as_of=AsOf.now(timezone.now()))
    measured = _measure(load, by, tell, because="More rows were loaded.")
    said = f"{load.rows_loaded:,} rows are loaded."
    tell.end(said, measured, goes_to=reverse("loads:load", args=[load.ref]))


def _measure_without(ref: str, by: User, tell: Teller) -> None:
    load = queries.get_load(ref, as_of=AsOf.now(timezone.now()))
    measured = _measure(load, by, tell, because=f"A load was withdrawn: {load.reason}")
    tell.end(measured, goes_to=reverse("loads:load", args=[ref]))


WORK: dict[JobKind, Callable[[str, User, Teller], None]] = {
    JobKind.CHECK: _check,
    JobKind.LOAD: _load,
    JobKind.MEASURE_WITHOUT: _measure_without,
}


def _measure(load: queries.LoadRow, by: User, tell: Teller, *, because: str) -> str:
    family = get_dataset(load.dataset).family
    tell("measuring")
    with one_at_a_time(family):
        plan = measure_again(family, by=by, at=timezone.now(), because=because)
    return f"Measured anew: {plan.title}." if plan else "No row is left to measure."


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
