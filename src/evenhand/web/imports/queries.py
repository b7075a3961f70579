"""Questions about imports: what waits, what was accepted, and whether a paper was here before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenhand.web.foundation.errors import NotThere
from evenhand.web.imports.choices import ImportState
from evenhand.web.imports.models import ImportDraft
from evenhand.web.imports.proposals import Proposal, build_proposal


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A paper that was brought, as a page lists it."""

    ref: str
    subject: str
    sha256: str
    filename: str
    kind: str
    state: ImportState
    brought_by: str
    brought_at: datetime
    publication: str

    @property
    def waits(self) -> bool:
        """Whether it can still be corrected, accepted or discarded."""
        return self.state is ImportState.WAITING


def get_draft(ref: str) -> DraftRow:
    """The paper with this reference."""
    return _row(_get(ref))


def get_proposal(ref: str) -> Proposal:
    """What would be put on the register from this paper, or was; a discarded one holds nothing."""
    row = _get(ref)
    if not row.read:
        raise NotThere(
            "this paper was discarded, and nothing of it was kept.",
            remedy="Bring it again if it is wanted.",
            rule="discarded-is-gone",
        )
    return build_proposal(row.read, row.corrected)


def find_draft(sha256: str) -> DraftRow | None:
    """Whether a paper of this content was brought before."""
    row = ImportDraft.objects.filter(sha256=sha256).first()
    return _row(row) if row else None


def list_drafts() -> list[DraftRow]:
    """Every paper that waits or was accepted, the latest first."""
    rows = ImportDraft.objects.exclude(state=ImportState.DISCARDED).defer("read", "corrected")
    return [_row(row) for row in rows.order_by("-brought_at", "-pk")]


def _get(ref: str) -> ImportDraft:
    row = ImportDraft.objects.filter(ref=ref).first()
    if row is None:
        raise NotThere("there is no such import.", rule="import-exists")
    return row


def _row(row: ImportDraft) -> DraftRow:
    return DraftRow(
        row.ref,
        row.subject,
        row.sha256,
        row.filename,
        row.kind,
        ImportState(row.state),
        row.brought_by,
        row.brought_at,
        row.publication,
    )
