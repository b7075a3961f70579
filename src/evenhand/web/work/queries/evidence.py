"""What evidence there is, and what of it a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from evenhand.accountability.classification import Classification, tighten
from evenhand.accountability.machines import EVIDENCE
from evenhand.accountability.permissions import Item, may_read, may_see_evidence
from evenhand.accountability.roles import Actor
from evenhand.core import Refused
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.register.queries import ItemRow, list_named
from evenhand.web.work.models import EvidenceStanding, EvidenceUse, EvidenceVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of evidence. ``guard``: the class it is guarded by today, its own or a later one's.

    Today, whenever it is looked at: who may see what is never a question of the past.
    """

    number: int
    filename: str
    media_type: str
    size: int
    sha256: str
    address: str
    speaks_from: date
    speaks_to: date
    method: str
    limits: str
    reliability: str
    classification: str
    by: str
    recorded_at: datetime
    event: int
    guard: Classification = field(compare=False)

    @property
    def erased(self) -> bool:
        """Whether its words and its file were erased, as the law requires."""
        return self.method == ERASED


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence, how it stood, its versions, and what it was used for."""

    ref: str
    title: str
    offered_by: str
    state: str
    reviewed_by: str
    reason: str
    versions: tuple[VersionRow, ...]
    uses: tuple[tuple[str, str], ...]
    event: int = -1
    offered_event: int = -1

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"evidence:{self.ref}"

    @property
    def words(self) -> str:
        """What a page calls the state."""
        return EVIDENCE.state(self.state).words

    @property
    def latest(self) -> VersionRow:
        """The version that counts."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What a reader sees of the evidence for an item, and how many pieces are kept from them."""

    rows: tuple[EvidenceRow, ...]
    withheld: int


def list_evidence(*, as_of: AsOf, item: str = "", ref: str = "") -> list[EvidenceRow]:
    """All evidence with its versions and uses, the latest offered first: for rules and reports.

    A page shows :func:`list_shown_evidence`, which leaves out what its reader may not see.
    """
    found = EvidenceStanding.objects.as_of(as_of.moment).select_related("evidence")
    if item:
        used = EvidenceUse.objects.as_of(as_of.moment).filter(recommendation__ref=item)
        found = found.filter(evidence__in=used.values("evidence"))
    if ref:
        found = found.filter(evidence__ref=ref)
    rows = list(found.order_by("-evidence__recorded_at", "-pk"))
    keys = [row.evidence_id for row in rows]
    versions, uses = _list_versions(keys, as_of), _list_uses(keys, as_of)
    return [
        EvidenceRow(
            row.evidence.ref,
            row.evidence.title,
            row.evidence.offered_by,
            row.state,
            row.reviewed_by,
            row.reason,
            tuple(versions[row.evidence_id]),
            tuple(uses[row.evidence_id]),
            row.event_id,
            row.evidence.event_id,
        )
        for row in rows
    ]


def list_shown_evidence(*, as_of: AsOf, item: ItemRow, actor: Actor) -> ShownEvidence:
    """The evidence for an item that this person may see, and how many pieces they may not."""
    rows = list_evidence(as_of=as_of, item=item.ref)
    shown = [cut for row in rows if (cut := _cut(row, [item.item], actor))]
    return ShownEvidence(tuple(shown), len(rows) - len(shown))


def get_shown_evidence(ref: str, *, as_of: AsOf, actor: Actor) -> tuple[EvidenceRow, list[ItemRow]]:
    """One piece of evidence as this person may see it, and the items they reach that it is for.

    Raises
    ------
    NotThere
        There was no such evidence.
    Refused
        The person is not cleared for it, with the reason.
    """
    found = list_evidence(as_of=as_of, ref=ref)
    if not found:
        raise NotThere("there is no such evidence at that date.", rule="evidence-exists")
    items = list_named((each for each, _ in found[0].uses), as_of=as_of)
    shown = _cut(found[0], [each.item for each in items], actor)
    if shown is None:
        raise Refused("Your roles are not cleared for this evidence.")
    return shown, [each for each in items if may_read(actor, each.item)]


def _cut(row: EvidenceRow, items: Iterable[Item], actor: Actor) -> EvidenceRow | None:
    """The row with the versions this person may see; None when the latest is not among them.

    The latest is never guarded more than an earlier one, so where it is kept back all are.
    """
    reached = list(items)
    seen = tuple(
        each for each in row.versions if any(_sees(actor, item, row, each) for item in reached)
    )
    return replace(row, versions=seen) if row.latest in seen else None


def _sees(actor: Actor, item: Item, row: EvidenceRow, version: VersionRow) -> bool:
    return bool(may_see_evidence(actor, item, version.guard, offered_by=row.offered_by))


def _list_versions(keys: list[int], as_of: AsOf) -> Mapping[int, list[VersionRow]]:
    offered: dict[int, list[EvidenceVersion]] = defaultdict(list)
    for each in EvidenceVersion.objects.filter(evidence__in=keys).order_by("number"):
        offered[each.evidence_id].append(each)
    found: dict[int, list[VersionRow]] = {}
    for key, rows in offered.items():
        guards = tighten([Classification(row.classification) for row in rows])
        found[key] = [
            _version(row, guard)
            for row, guard in zip(rows, guards, strict=True)
            if as_of.moment is None or row.recorded_at <= as_of.moment
        ]
    return found


def _list_uses(keys: list[int], as_of: AsOf) -> Mapping[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    used = EvidenceUse.objects.as_of(as_of.moment).filter(evidence__in=keys)
    for evidence, ref, shows in used.order_by("recommendation__place").values_list(
        "evidence", "recommendation__ref", "shows"
    ):
        found[evidence].append((ref, shows))
    return found


def _version(row: EvidenceVersion, guard: Classification) -> VersionRow:
    return VersionRow(
        row.number,
        row.filename,
        row.media_type,
        row.size,
        row.sha256,
        row.address,
        row.speaks_from,
        row.speaks_to,
        row.method,
        row.limits,
        row.reliability,
        row.classification,
        row.by,
        row.recorded_at,
        row.event_id,
        guard,
    )
