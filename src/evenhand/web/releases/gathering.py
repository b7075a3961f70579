"""What a proposal is about, read from the register as of one moment: before anything is chosen.

This is the only module of the app that looks into the register, and only commands and the pages of
a proposal call it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.scales import Scale
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement.queries import (
    ClaimView,
    VerdictView,
    list_claims,
    list_latest_verdicts,
)
from evenhand.web.register.queries import (
    Filter,
    ItemRow,
    LinkRow,
    PublicationRow,
    list_items,
    list_links,
    list_publications,
    list_scales,
)
from evenhand.web.releases.attached import Attached, list_attached
from evenhand.web.work.queries import list_challenges, list_updates

ID_LENGTH = 32  # of the hash: 128 bits name exactly these words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal asks for: whole reports, single recommendations, approved words and files."""

    publications: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """Free text somebody wrote about an item. ``id`` is a hash over all of it: what is approved is
    exactly these words, and other words need another approval."""

    item: str
    kind: str
    on: date
    text: str

    @property
    def id(self) -> str:
        """The name of exactly these words."""
        facts = [self.item, self.kind, self.on.isoformat(), self.text]
        return hashlib.sha256(canonical_bytes(facts)).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything about one recommendation that a part of the record may look at."""

    row: ItemRow
    publication: PublicationRow
    scale: Scale
    parts: tuple[ItemRow, ...]
    links: tuple[LinkRow, ...]
    approved: tuple[Words, ...]
    as_at: date
    claim: ClaimView | None = None
    verdict: VerdictView | None = None
    files: tuple[Attached, ...] = ()


def view_at(at: datetime) -> AsOf:
    """The viewpoint of a proposal made at this moment: looked at again, it says the same."""
    return AsOf(at, day_of(at))


def gather(asked: Asked, *, as_of: AsOf) -> list[Material]:
    """The recommendations asked for, with whatever may be said about them, in published order.

    A recommendation that is split is gathered with a part of it, so that no address leads nowhere.
    """
    rows = _list_rows(asked, as_of)
    publications = {row.ref: row for row in list_publications(as_of=as_of)}
    scales, parts = list_scales(), _parts(rows, as_of)
    links = _confirmed(as_of)
    claims, verdicts = _claims(as_of), list_latest_verdicts(as_of=as_of)
    words: dict[str, list[Words]] = defaultdict(list)
    if asked.words:
        for each in list_words(rows, as_of=as_of):
            if each.id in asked.words:
                words[each.item].append(each)
    files: dict[str, list[Attached]] = defaultdict(list)
    if asked.files:
        for attached in list_attached(rows, as_of=as_of, only=asked.files):
            files[attached.item].append(attached)
    return [
        Material(
            row,
            publications[row.publication],
            scales[row.scale],
            tuple(parts[row.ref]),
            tuple(links[row.ref]),
            tuple(words[row.ref]),
            as_of.on,
            claims.get(row.ref),
            verdicts.get(row.ref),
            tuple(files[row.ref]),
        )
        for row in rows
    ]


def list_words(rows: Sequence[ItemRow], *, as_of: AsOf) -> list[Words]:
    """Every free text about these recommendations, the latest first in each kind.

    Who wrote it is left out here already: a release names bodies and teams, never persons.
    """
    wanted = {row.ref for row in rows}
    found = [words for row in rows for words in _standing_words(row)]
    for update in list_updates(as_of=as_of):
        if update.item in wanted:
            told = (
                ("progress", update.progress),
                ("challenges", update.challenges),
                ("next_steps", update.next_steps),
            )
            found += [Words(update.item, kind, update.as_at, text) for kind, text in told]
    for challenge in list_challenges(as_of=as_of):
        if challenge.item in wanted:
            asked_on, item = challenge.asked_on, challenge.item
            found.append(Words(item, "question", asked_on, challenge.question))
            found += [
                Words(item, "answer", day_of(answer.recorded_at), answer.text)
                for answer in challenge.answers
            ]
    return [words for words in found if words.text.strip() and words.text != ERASED]


def _standing_words(row: ItemRow) -> Iterable[Words]:
    if row.response:
        yield Words(row.ref, "response", row.response.responded_on, row.response.reason)
    if row.work.reason:
        yield Words(row.ref, "state", row.work.since, row.work.reason)
    if row.due and row.due.reason:
        yield Words(row.ref, "due", row.due.since, row.due.reason)


def _list_rows(asked: Asked, as_of: AsOf) -> list[ItemRow]:
    single = set(asked.recommendations)
    whole = set(asked.publications)
    rows: list[ItemRow] = []
    for publication in sorted(whole | {ref.partition("/")[0] for ref in single}):
        every = list_items(Filter(publication=publication), as_of=as_of, only_items=False)
        parents = {row.parent for row in every if row.ref in single}
        rows += [
            row for row in every if publication in whole or row.ref in single or row.ref in parents
        ]
    return rows


def _parts(rows: Sequence[ItemRow], as_of: AsOf) -> Mapping[str, list[ItemRow]]:
    """The parts of those recommendations that are split."""
    found: dict[str, list[ItemRow]] = defaultdict(list)
    split = {row.publication for row in rows if not row.is_item}
    for publication in sorted(split):
        for row in list_items(Filter(publication=publication), as_of=as_of):
            found[row.parent].append(row)
    return found


def _claims(as_of: AsOf) -> Mapping[str, ClaimView]:
    """The latest claim about each item that is not withdrawn or replaced."""
    found: dict[str, ClaimView] = {}
    for claim in list_claims(as_of=as_of):
        if claim.state not in ("withdrawn", "replaced"):
            found.setdefault(claim.item, claim)
    return found


def _confirmed(as_of: AsOf) -> Mapping[str, list[LinkRow]]:
    found: dict[str, list[LinkRow]] = defaultdict(list)
    for link in list_links(as_of=as_of, state="confirmed"):
        found[link.source].append(link)
        found[link.target].append(link)
    return found
