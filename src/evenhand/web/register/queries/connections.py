"""Questions about links between items and about policies that cover them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from evenhand.accountability.machines import OPEN_WORK, WORK
from evenhand.accountability.overlap import Overlap, Text, suggest_overlaps
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import standing
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.models import (
    LinkStanding,
    Policy,
    PolicyCoverage,
    Recommendation,
    WorkState,
)

ROUND = 500  # pairs


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link and what had become of it."""

    ref: str
    source: str
    target: str
    kind: str
    reason: str
    made_by: str
    made_on: date
    state: str
    uncovered: str
    reviewed_by: str
    since: date
    event: int = -1

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"link:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls the kind."""
        return str(LinkKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A policy over an item."""

    policy: str
    policy_title: str
    address: str
    item: str
    in_full: bool
    uncovered: str


def list_links(*, as_of: AsOf, item: str = "", state: str = "") -> list[LinkRow]:
    """Links as they stood; those from or to one item, or in one state."""
    found = LinkStanding.objects.as_of(as_of.moment).select_related("link__source", "link__target")
    if item:
        found = found.filter(Q(link__source__ref=item) | Q(link__target__ref=item))
    if state:
        found = found.filter(state=state)
    return [_link(row) for row in found.order_by("link__recorded_at", "pk")]


def get_link(ref: str, *, as_of: AsOf) -> LinkRow:
    """The link with this reference, as it stood."""
    found = LinkStanding.objects.as_of(as_of.moment).select_related("link__source", "link__target")
    row = found.filter(link__ref=ref).first()
    if row is None:
        raise NotThere("there is no such link at that date.", rule="link-exists")
    return _link(row)


def list_blockers(*, as_of: AsOf) -> Mapping[int, list[tuple[str, date]]]:
    """For each item (by key) that depends on others: those still open, and since when."""
    links = LinkStanding.objects.as_of(as_of.moment).filter(
        state="confirmed", link__kind=LinkKind.DEPENDS_ON
    )
    pairs = list(
        links.values_list("link__source", "link__target", "link__target__ref", "recorded_at")
    )
    states = dict(
        WorkState.objects.filter(
            standing(as_of.moment), recommendation__in=[pair[1] for pair in pairs]
        ).values_list("recommendation", "state")
    )
    found: dict[int, list[tuple[str, date]]] = {}
    for source, target, ref, recorded_at in pairs:
        if states.get(target, WORK.start) in OPEN_WORK:
            entry = (f"recommendation:{ref}", day_of(recorded_at))
            found.setdefault(source, []).append(entry)
    return found


def list_policies(*, as_of: AsOf) -> list[Policy]:
    """Every policy that had been recorded, by title."""
    return list(Policy.objects.as_of(as_of.moment).order_by("title"))


def get_policy(ref: str, *, as_of: AsOf) -> Policy:
    """The policy with this reference."""
    found: Policy | None = Policy.objects.as_of(as_of.moment).filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such policy at that date.", rule="policy-exists")
    return found


def list_coverage(*, as_of: AsOf, item: str = "", policy: str = "") -> list[CoverageRow]:
    """Which policy covered which item, and what it left uncovered."""
    found = PolicyCoverage.objects.as_of(as_of.moment).select_related("policy", "recommendation")
    if item:
        found = found.filter(recommendation__ref=item)
    if policy:
        found = found.filter(policy__ref=policy)
    return [
        CoverageRow(
            row.policy.ref,
            row.policy.title,
            row.policy.address,
            row.recommendation.ref,
            row.in_full,
            row.uncovered,
        )
        for row in found.order_by("policy__title", "recommendation__place")
    ]


def list_likely_overlaps(*, as_of: AsOf, least: float = 0.25, most: int = 200) -> list[Overlap]:
    """Pairs of items of different publications that are alike in words and not yet linked.

    Suggestions only: a person proposes a link and another reviews it.
    """
    linked = {frozenset((row.source, row.target)) for row in list_links(as_of=as_of)}
    items = Recommendation.objects.as_of(as_of.moment).filter(is_item=True)
    texts = tuple(
        Text(ref, publication, f"{heading} {text}")
        for ref, publication, heading, text in items.values_list(
            "ref", "publication__ref", "heading", "text"
        )
    )
    # Rounded up, so that a new link does not make every pair be sought again.
    enough = ROUND * (1 + (most + len(linked)) // ROUND)
    found = _suggest(texts, least, enough)
    return [each for each in found if frozenset((each.first, each.second)) not in linked][:most]


@lru_cache(maxsize=4)
def _suggest(texts: tuple[Text, ...], least: float, most: int) -> tuple[Overlap, ...]:
    """The pairs among these very texts, which never change once they are on the register."""
    return tuple(suggest_overlaps(texts, least=least, most=most))


def _link(row: LinkStanding) -> LinkRow:
    link = row.link
    return LinkRow(
        link.ref,
        link.source.ref,
        link.target.ref,
        link.kind,
        link.reason,
        link.made_by,
        day_of(link.recorded_at),
        row.state,
        row.uncovered,
        row.reviewed_by,
        day_of(row.recorded_at),
        link.event_id,
    )
