"""Frozen copies by their keys: what each is, whether anybody is shown it, whether it was erased."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.accountability.remnants import Place
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.erasure import list_erased_events
from evenhand.web.releases.choices import Act
from evenhand.web.releases.freezing import name_file
from evenhand.web.releases.models import FrozenFile, FrozenRecord, FrozenRelease, ReleaseStanding


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A frozen copy. ``address`` is of its recommendation, empty for a statement; ``release`` the
    reference of its proposal, empty for a withdrawal; ``event`` the one that put it there."""

    place: Place
    key: int
    title: str
    address: str
    number: int
    release: str
    event: int
    shown: bool
    erased: bool


def list_copies(keys: Mapping[Place, Collection[int]], *, as_of: AsOf) -> list[CopyRow]:
    """These copies as they stood: a copy is shown while no later act stands at its address."""
    if not any(keys.get(place) for place in (Place.RECORD, Place.FILE, Place.RELEASE)):
        return []
    records = FrozenRecord.objects.filter(pk__in=keys.get(Place.RECORD, ()))
    files = FrozenFile.objects.filter(pk__in=keys.get(Place.FILE, ())).defer("content")
    releases = FrozenRelease.objects.filter(pk__in=keys.get(Place.RELEASE, ()))
    addresses = {row.address for row in (*records.defer("body"), *files)}
    acts = FrozenRelease.objects.as_of(as_of.moment)
    view = _View(
        erased=list_erased_events(as_of=as_of.moment),
        newest=_list_newest(addresses, as_of.moment),
        ended={row.withdraws for row in acts if row.withdraws is not None},
        proposals=dict(
            ReleaseStanding.objects.filter(state="released").values_list("event", "release__ref")
        ),
    )
    return [
        *(view.of_record(row) for row in records.select_related("release").defer("body")),
        *(view.of_file(row) for row in files.select_related("release")),
        *(view.of_release(row) for row in releases),
    ]


def list_files_of(sha256: str) -> list[int]:
    """The keys of every released file with these bytes that was not erased."""
    rows = FrozenFile.objects.filter(sha256=sha256).exclude(content=ERASED)
    return list(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _View:
    """What stood on the public side at one moment: the newest row of each address above all."""

    erased: frozenset[int]
    newest: Mapping[str, FrozenRecord]
    ended: Collection[int]
    proposals: Mapping[int, str]

    def of_record(self, row: FrozenRecord) -> CopyRow:
        erased = row.event_id in self.erased
        shown = self._stands(row.address) and self.newest[row.address].pk == row.pk
        title = f"{row.address}, release {row.release.number}"
        return self._copy(Place.RECORD, row, title, shown, erased, row.release)

    def of_file(self, row: FrozenFile) -> CopyRow:
        erased = row.event_id in self.erased
        newest = self.newest.get(row.address)  # its manifest names the files, erased or not
        line = name_file(row.address, row.name)
        listed = (
            self._stands(row.address) and newest is not None and line in newest.release.manifest
        )
        title = f"{row.name}, release {row.release.number}"
        return self._copy(Place.FILE, row, title, listed and not erased, erased, row.release)

    def of_release(self, row: FrozenRelease) -> CopyRow:
        erased = row.event_id in self.erased
        shown = not erased and row.number not in self.ended
        title = f"Statement of release {row.number}"
        return self._copy(Place.RELEASE, row, title, shown, erased, row)

    def _stands(self, address: str) -> bool:
        """Whether a record is public there, and no notice."""
        row = self.newest.get(address)
        return row is not None and row.act == Act.RELEASED and row.event_id not in self.erased

    def _copy(
        self,
        place: Place,
        row: FrozenRecord | FrozenFile | FrozenRelease,
        title: str,
        shown: bool,
        erased: bool,
        release: FrozenRelease,
    ) -> CopyRow:
        return CopyRow(
            place,
            row.pk,
            title,
            getattr(row, "address", ""),
            release.number,
            self.proposals.get(release.event_id, ""),
            row.event_id,
            shown,
            erased,
        )


def _list_newest(addresses: Collection[str], moment: datetime | None) -> Mapping[str, FrozenRecord]:
    rows = FrozenRecord.objects.as_of(moment).filter(address__in=addresses).order_by("pk")
    rows = rows.select_related("release").defer("body")
    return {row.address: row for row in rows}
