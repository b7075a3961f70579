"""Questions to the frozen tables: all that the public side reads, and all it can read."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q

from evenhand.core import LedgerBroken
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.errors import NotThere
from evenhand.web.releases.choices import Act
from evenhand.web.releases.models import FrozenFile, FrozenRecord, FrozenRelease


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One act on the public side. ``withdrawn_by`` is the number of the act that ended it."""

    number: int
    act: str
    title: str
    statement: str
    on: date
    moment: datetime
    manifest: str
    sha256: str
    withdraws: int | None
    made_up: bool
    event: int
    withdrawn_by: int | None = None

    @property
    def is_withdrawal(self) -> bool:
        """Whether this act took something back."""
        return self.act == Act.WITHDRAWN


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What one address says: a record, or the notice that it was withdrawn."""

    address: str
    act: str
    inquiry: str
    publication: str
    place: int
    body: str
    sha256: str
    release: int

    @property
    def is_withdrawn(self) -> bool:
        """Whether only a notice stands here."""
        return self.act == Act.WITHDRAWN

    def read(self) -> Mapping[str, Any]:
        """The record as values."""
        found: Mapping[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True, slots=True)
class FileRow:
    """A released file at an address: ``content`` is None where only a notice stands for it."""

    record: RecordRow
    name: str
    media_type: str
    content: bytes | None


def find_newest() -> ReleaseRow | None:
    """The latest act: everything public is a function of it. None before the first."""
    row = FrozenRelease.objects.order_by("-number").first()
    return _release(row, {}) if row else None


def find_version() -> str:
    """What every public page is a function of: the latest act, and how many were erased.

    Asked on every request, so it is one short question.
    """
    found = FrozenRelease.objects.aggregate(
        newest=Max("number"), at=Max("recorded_at"), erased=Count("pk", filter=Q(statement=ERASED))
    )
    if found["newest"] is None:
        return "0"
    return f"{found['newest']}-{found['at']:%Y%m%d%H%M%S%f}-{found['erased']}"


def list_releases() -> list[ReleaseRow]:
    """Every act, the latest first; a release that was withdrawn as a whole says so."""
    rows = list(FrozenRelease.objects.order_by("-number"))
    ended = {row.withdraws: row.number for row in rows if row.withdraws is not None}
    return [_release(row, ended) for row in rows]


def get_release(number: int) -> ReleaseRow:
    """The act with this number."""
    found = [row for row in list_releases() if row.number == number]
    if not found:
        raise NotThere("there is no release of this number.", rule="release-exists")
    return found[0]


def get_record(address: str) -> RecordRow:
    """What stands at this address now."""
    rows = FrozenRecord.objects.select_related("release").filter(address=address)
    row = rows.order_by("-pk").first()
    if row is None:
        raise NotThere("nothing was ever released at this address.", rule="address-exists")
    return _record(row)


def get_file(address: str, name: str) -> FileRow:
    """A file that was once released at this address; its bytes only while it is public there."""
    rows = FrozenFile.objects.filter(address=address, name=name)
    row = rows.order_by("-pk").first()
    if row is None:
        raise NotThere("no such file was ever released at this address.", rule="address-exists")
    record = get_record(address)
    told = [each for each in record.read().get("files", ()) if each["name"] == name]
    if record.is_withdrawn or not told or row.content == ERASED:
        return FileRow(record, row.name, row.media_type, None)
    content = b64decode(row.content)
    if hashlib.sha256(content).hexdigest() != told[0]["sha256"]:
        raise LedgerBroken("a released file is not what was released.", rule="release-hash")
    return FileRow(record, row.name, row.media_type, content)


def list_records(*, inquiry: str = "", release: int | None = None) -> list[RecordRow]:
    """What every address says now, in the order of the reports; notices among them.

    ``release``: what that act put there instead, whether or not it still stands.
    """
    rows = FrozenRecord.objects.select_related("release")
    if release is not None:
        rows = rows.filter(release__number=release)
    else:
        newest = FrozenRecord.objects.values("address").annotate(last=Max("pk")).values("last")
        rows = rows.filter(pk__in=newest)
    if inquiry:
        rows = rows.filter(inquiry=inquiry)
    return [_record(row) for row in rows.order_by("inquiry", "publication", "place", "pk")]


def list_addresses() -> frozenset[str]:
    """Every address at which something was ever released: a link to it leads somewhere."""
    return frozenset(FrozenRecord.objects.values_list("address", flat=True).distinct())


def _release(row: FrozenRelease, ended: Mapping[int | None, int]) -> ReleaseRow:
    return ReleaseRow(
        row.number,
        row.act,
        row.title,
        row.statement,
        row.acted_on,
        row.recorded_at,
        row.manifest,
        row.sha256,
        row.withdraws,
        row.made_up,
        row.event_id,
        ended.get(row.number),
    )


def _record(row: FrozenRecord) -> RecordRow:
    erased = row.body == ERASED
    return RecordRow(
        row.address,
        Act.WITHDRAWN if erased else row.act,
        row.inquiry,
        row.publication,
        row.place,
        json.dumps(_notice_of(row)) if erased else row.body,
        row.sha256,
        row.release.number,
    )


def _notice_of(row: FrozenRecord) -> dict[str, Any]:
    """What is left to say of a copy that was erased: where it stood, and nothing that it said."""
    return {
        "address": row.address,
        "inquiry": {"ref": row.inquiry, "title": row.inquiry},
        "publication": {"ref": row.publication, "title": row.publication},
        "wording": {"number": row.address.partition("/")[2]},
        "place": row.place,
        "release": row.release.number,
        "withdrawn_on": row.release.acted_on.isoformat(),
        "log": [],
        "erased": True,
    }
