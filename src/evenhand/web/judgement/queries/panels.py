"""Panels, terms and interests as of a date, and what bars a member from an item."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from evenhand.accountability.judgement.insiders import Term, Ties
from evenhand.web.accounts.queries import list_circles
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.models import (
    Claim,
    CriterionRow,
    CriterionStanding,
    Interest,
    Panel,
    Redaction,
    Seat,
)
from evenhand.web.register.queries import list_bound
from evenhand.web.work.queries import list_evidence, list_hands


@dataclass(frozen=True, slots=True)
class SeatView:
    """A member's term on a panel."""

    panel: str
    member: str
    name: str
    organisation: str
    organisation_name: str
    starts: date
    ends: date | None

    @property
    def member_key(self) -> str:
        """The member's reference without its kind, as an address has it."""
        return self.member.partition(":")[2]

    @property
    def term(self) -> Term:
        """The term as rules take it."""
        return Term(self.member, self.starts, self.ends, self.organisation)


@dataclass(frozen=True, slots=True)
class PanelView:
    """A panel with its terms."""

    pk: int
    ref: str
    title: str
    purpose: str
    quorum: int
    seats: tuple[SeatView, ...]

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"panel:{self.ref}"

    def sitting_on(self, day: date) -> tuple[SeatView, ...]:
        """Members whose term covers this day."""
        return tuple(seat for seat in self.seats if seat.term.holds_on(day))

    def find_seat(self, member: str) -> SeatView | None:
        """A member's seat, whatever its dates."""
        return next((seat for seat in self.seats if seat.member == member), None)


@dataclass(frozen=True, slots=True)
class InterestView:
    """An interest as it stands."""

    pk: int
    member: str
    item: str
    nature: str
    declared_on: date


def list_panels(*, as_of: AsOf) -> list[PanelView]:
    """Panels by title, with the terms that are recorded for each."""
    panels = list(Panel.objects.as_of(as_of.moment).order_by("title", "pk"))
    rows = Seat.objects.as_of(as_of.moment).select_related("member", "organisation", "panel")
    seats: dict[int, list[SeatView]] = defaultdict(list)
    for row in rows.order_by("member__name", "pk"):
        seats[row.panel_id].append(_seat(row))
    return [
        PanelView(each.pk, each.ref, each.title, each.purpose, each.quorum, tuple(seats[each.pk]))
        for each in panels
    ]


def get_panel(ref: str, *, as_of: AsOf) -> PanelView:
    """One panel."""
    for panel in list_panels(as_of=as_of):
        if panel.ref == ref:
            return panel
    raise NotThere("there is no such panel at that date.", rule="panel-exists")


def list_interests(*, as_of: AsOf, item: str = "", member: str = "") -> list[InterestView]:
    """Interests that stand, the latest first."""
    found = Interest.objects.as_of(as_of.moment).select_related("member", "recommendation")
    if item:
        found = found.filter(recommendation__ref=item)
    rows = [
        InterestView(
            row.pk,
            row.member.subject,
            row.recommendation.ref,
            row.nature,
            day_of(row.recorded_at),
        )
        for row in found.order_by("-recorded_at", "-pk")
    ]
    return [row for row in rows if not member or row.member == member]


def list_ties(seats: tuple[SeatView, ...], *, item: str, as_of: AsOf) -> dict[str, Ties]:
    """What each of these members is tied to with respect to one item, by member."""
    bound = _with_circles(list_bound(item, as_of=as_of), as_of)
    hands = list_all_hands(item, as_of=as_of)
    declared: dict[str, list[str]] = defaultdict(list)
    for each in list_interests(as_of=as_of, item=item):
        declared[each.member].append(each.nature)
    return {
        seat.member: Ties(
            member=seat.member,
            speaks_for=list_circles(seat.member, as_of=as_of.moment),
            bound=bound,
            hands=hands,
            organisation=seat.organisation,
            declared=tuple(declared[seat.member]),
        )
        for seat in seats
    }


def find_ties(member: str, seat: SeatView | None, *, item: str, as_of: AsOf) -> Ties:
    """The same for one person, who may have no seat at all."""
    if seat is not None:
        return list_ties((seat,), item=item, as_of=as_of)[member]
    circles = list_circles(member, as_of=as_of.moment)
    return Ties(member, circles, frozenset(), frozenset())


def list_all_hands(item: str, *, as_of: AsOf) -> frozenset[str]:
    """Whoever had a hand in what is judged: evidence, its public twin, criterion or claim."""
    criteria = CriterionRow.objects.as_of(as_of.moment).filter(recommendation__ref=item)
    standings = CriterionStanding.objects.filter(criterion__in=criteria.values("pk"))
    claims = Claim.objects.as_of(as_of.moment).filter(recommendation__ref=item)
    refs = [each.ref for each in list_evidence(as_of=as_of, item=item)]
    twins = Redaction.objects.as_of(as_of.moment).filter(evidence__in=refs)
    people = {
        *criteria.values_list("proposed_by", flat=True),
        *standings.values_list("for_owner", flat=True),
        *standings.values_list("for_secretariat", flat=True),
        *claims.values_list("by", flat=True),
        *twins.values_list("made_by", flat=True),
        *list_hands(item, as_of=as_of),
    }
    return frozenset(people - {""})


def _with_circles(bound: frozenset[str], as_of: AsOf) -> frozenset[str]:
    """People who are bound bring their teams with them: a colleague of an owner is no outsider."""
    people = [each for each in bound if each.startswith("person:")]
    circles = [list_circles(person, as_of=as_of.moment) for person in people]
    return bound.union(*circles)


def _seat(row: Seat) -> SeatView:
    organisation = row.organisation
    return SeatView(
        row.panel.ref,
        row.member.subject,
        row.member.name,
        organisation.subject if organisation else "",
        organisation.name if organisation else "",
        row.starts,
        row.ends,
    )
