"""Questions about snapshots."""

from __future__ import annotations

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.frozen import Content, Frozen, read_content
from evenhand.web.meetings.models import Snapshot


def get_snapshot(ref: str) -> Frozen:
    """The snapshot with this reference, its counts checked against their hash."""
    found: Snapshot | None = Snapshot.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such snapshot.", rule="snapshot-exists")
    return build_frozen(found)


def list_snapshots(*, as_of: AsOf) -> list[Frozen]:
    """Snapshots that had been taken, the latest first; without their counts."""
    found = Snapshot.objects.as_of(as_of.moment).defer("content")
    return [_bare(each) for each in found.order_by("-recorded_at", "-pk")]


def build_frozen(row: Snapshot) -> Frozen:
    """A snapshot as a value."""
    return _frozen(row, read_content(row.content, sha256=row.sha256))


def _bare(row: Snapshot) -> Frozen:
    return _frozen(row, Content())


def _frozen(row: Snapshot, content: Content) -> Frozen:
    return Frozen(
        row.ref,
        row.title,
        row.recorded_at,
        row.size,
        row.root,
        row.sha256,
        row.taken_by,
        content,
    )
