"""What a command needs of a recommendation to ask its rule: two queries, nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.permissions import Item
from evenhand.core import UsageProblem
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.batch import ask_once
from evenhand.web.register.choices import DutyRole
from evenhand.web.register.models import Duty, Recommendation
from evenhand.web.register.queries.items import build_duty
from evenhand.web.register.queries.rows import owners_of, place_of


@dataclass(frozen=True, slots=True)
class Target:
    """The recommendation a command is about, as it stands now."""

    pk: int
    subject: str
    item: Item
    is_item: bool
    scale_pk: int


def get_target(ref: str, *, at: datetime) -> Target:
    """The recommendation with this reference; its owners are those of the day of ``at``."""
    found = ask_once(("recommendation", ref), lambda: _get(ref))
    on = day_of(at)
    party = found.addressed_to
    duties = tuple(
        duty
        for duty in map(
            build_duty,
            Duty.objects.as_of(None).filter(recommendation=found).select_related("party"),
        )
        if duty.holds_on(on)
    )
    where = place_of(found.publication.inquiry.ref, party.subject if party else "", duties)
    item = Item(found.subject, where, owners_of(duties))
    return Target(found.pk, found.subject, item, found.is_item, found.publication.scale_id)


def get_work_target(ref: str, *, at: datetime) -> Target:
    """The same, refused where the work belongs to sub-items instead."""
    target = get_target(ref, at=at)
    if not target.is_item:
        raise UsageProblem(
            "this recommendation is split into sub-items, and work belongs to each of them.",
            remedy="Choose the sub-item.",
            rule="work-hangs-on-items",
        )
    return target


def list_bound(ref: str, *, as_of: AsOf) -> frozenset[str]:
    """Everybody an item binds or ever bound: duties held at any time, and whom it is addressed to.

    A duty that was ended or corrected still counts: who owned an item yesterday is no outsider.
    """
    rows = Duty.objects.filter(recommendation__ref=ref).exclude(role=DutyRole.CONSULTED)
    if as_of.moment is not None:
        rows = rows.filter(recorded_at__lte=as_of.moment)
    bound = {row.party.subject for row in rows.select_related("party")}
    party = _get(ref).addressed_to
    return frozenset(bound | ({party.subject} if party else set()))


def check_not_future(day: date, *, at: datetime, what: str) -> None:
    """Refuse a day that has not come: nothing can be reported as at tomorrow."""
    if day > day_of(at):
        raise UsageProblem(f"{what} lies in the future.", rule="reported-days-are-past")


def _get(ref: str) -> Recommendation:
    rows = Recommendation.objects.select_related("publication__inquiry", "addressed_to")
    found: Recommendation | None = rows.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such recommendation.", rule="item-exists")
    return found
