"""Commands over imports: keep a paper, correct it, discard it, or put all of it on the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.accountability.permissions import may_import
from evenhand.accountability.scales import KNOWN_SCALES, Scale
from evenhand.core import UsageProblem, require
from evenhand.datasets.papers import PaperDraft
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, list_parties
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.imports.choices import ImportState
from evenhand.web.imports.corrections import lay_corrections
from evenhand.web.imports.faults import check_proposal
from evenhand.web.imports.models import ImportDraft
from evenhand.web.imports.plans import build_plan
from evenhand.web.imports.proposals import Proposal, build_proposal
from evenhand.web.imports.reading import build_reading
from evenhand.web.imports.recording import record_lines
from evenhand.web.ledger.batch import batched
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event
from evenhand.web.register.queries import list_inquiries, list_publications, list_scales
from evenhand.web.register.services import accept_publication, open_inquiry

REF_LENGTH = 16  # of the hash: 64 bits, far more than the papers of an office will ever collide in


@command(rule=may_import, audit="import.kept")
def keep_draft(*, paper: PaperDraft, by: User, at: datetime) -> str:
    """Keep a paper that was read, so that it can be corrected and accepted; gives its reference.

    The paper that waits already is left as it is. One that is on the register is refused, and the
    earlier import named.

    Authorisation: `may_import`. Audit: ``import.kept``.
    """
    actor = get_actor(by, at=at)
    require(may_import(actor))
    row = ImportDraft.objects.filter(sha256=paper.sha256).first()
    _refuse_known(paper.sha256)
    if row is not None and row.state == ImportState.WAITING:
        return row.ref
    row = row or ImportDraft(sha256=paper.sha256, ref=paper.sha256[:REF_LENGTH])
    owners = list_parties(PartyKind.TEAM, PartyKind.BODY)
    row.read = build_reading(paper, parties={o.name.lower(): o.subject for o in owners})
    row.corrected, row.state = {}, ImportState.WAITING
    row.filename, row.kind = paper.filename[:300], paper.kind
    event = record_event(
        kind="import.kept",
        subject=row.subject,
        by=actor,
        at=at,
        after={"sha256": paper.sha256, "kind": paper.kind, "bytes": paper.size},
    )
    row.brought_by, row.brought_at = actor.ref, event.at
    row.save()
    return row.ref


@command(rule=may_import, audit="import.corrected")
def correct_draft(
    *,
    draft: str,
    by: User,
    at: datetime,
    seen: int | None = None,
    head: Mapping[str, Any] | None = None,
    entries: Mapping[str, Mapping[str, Any]] | None = None,
    added: Mapping[str, str] | None = None,
) -> None:
    """Correct what was read. Only a field that differs from the paper’s is kept as corrected.

    ``entries`` are fields by key; ``added`` are keys of recommendations that the reading missed,
    each with the key of the recommendation it is a part of, or "".

    Authorisation: `may_import`. Audit: ``import.corrected``, with the names of the fields.
    """
    actor = get_actor(by, at=at)
    require(may_import(actor))
    row = _get_waiting(draft)
    require_unchanged(row.subject, seen, aspect="import")
    laid = lay_corrections(
        row.read, row.corrected, head=head or {}, entries=entries or {}, added=added or {}
    )
    if laid.corrected == row.corrected:
        return
    record_event(
        kind="import.corrected",
        subject=row.subject,
        by=actor,
        at=at,
        after={"fields": sorted(laid.names)},
    )
    row.corrected = laid.corrected
    row.save(update_fields=["corrected"])


@command(rule=may_import, audit="import.discarded")
def discard_draft(*, draft: str, by: User, at: datetime, seen: int | None = None) -> None:
    """Discard a paper that waits: what was read and corrected is emptied, the event stays.

    Authorisation: `may_import`. Audit: ``import.discarded``.
    """
    actor = get_actor(by, at=at)
    require(may_import(actor))
    row = _get_waiting(draft)
    require_unchanged(row.subject, seen, aspect="import")
    record_event(kind="import.discarded", subject=row.subject, by=actor, at=at)
    row.read, row.corrected, row.state = {}, {}, ImportState.DISCARDED
    row.save(update_fields=["read", "corrected", "state"])


@command(rule=may_import, audit="import.accepted")
def import_report(*, draft: str, by: User, at: datetime, seen: int | None = None) -> str:
    """Put a paper on the register as corrected: all of it or nothing; gives the publication.

    Its inquiry where it is new, the publication, recommendations and parts with their exact words,
    the levels and responses it states, owners, due dates, and its narrative as updates as at its
    day. Each of these is the ordinary command, under its own rule and with its own event.

    Authorisation: `may_import`. Audit: ``import.accepted``, after the events of all it records.
    """
    actor = get_actor(by, at=at)
    require(may_import(actor))
    row = _get_waiting(draft)
    require_unchanged(row.subject, seen, aspect="import")
    proposal = build_proposal(row.read, row.corrected)
    _require_ready(proposal, at=at)
    with batched():
        inquiry = proposal.head.inquiry or _open_inquiry(proposal, by=by, at=at)
        scale = _get_scale(proposal.head.scale)
        plan = build_plan(proposal, inquiry=inquiry, scale=scale, source_sha256=row.sha256)
        publication = accept_publication(plan=plan, by=by, at=at)
        record_lines(proposal, by=by, at=at)
        record_event(
            kind="import.accepted",
            subject=row.subject,
            by=actor,
            at=at,
            after={"publication": publication.ref, "sha256": row.sha256},
            touches=[publication.subject],
        )
    row.state, row.publication = ImportState.ACCEPTED, publication.ref
    row.save(update_fields=["state", "publication"])
    return str(publication.ref)


def _get_waiting(ref: str) -> ImportDraft:
    row: ImportDraft | None = ImportDraft.objects.select_for_update().filter(ref=ref).first()
    if row is None:
        raise NotThere("there is no such import.", rule="import-exists")
    if row.state == ImportState.ACCEPTED:
        raise _known(row.filename, row.publication)
    if row.state != ImportState.WAITING:
        raise UsageProblem(
            "this paper was discarded.", remedy="Bring it again.", rule="drafts-wait"
        )
    return row


def _refuse_known(sha256: str) -> None:
    row = ImportDraft.objects.filter(sha256=sha256, state=ImportState.ACCEPTED).first()
    if row is not None:
        raise _known(row.filename, row.publication)


def _known(filename: str, publication: str) -> UsageProblem:
    return UsageProblem(
        f"this very paper is on the register already, as {publication}, imported from {filename}.",
        remedy="Look at that report; a corrected edition of a paper is a file of its own.",
        rule="a-paper-is-imported-once",
    )


def _require_ready(proposal: Proposal, *, at: datetime) -> None:
    head = proposal.head
    faults = check_proposal(proposal, today=day_of(at))
    if faults:
        shown = " ".join(f"{fault.name}: {fault.problem}" for fault in faults[:5])
        raise UsageProblem(
            f"{len(faults)} thing(s) must be put right first, so nothing was recorded. {shown}",
            remedy="Correct them on the page of the import.",
            rule="proposals-are-whole",
        )
    for each in list_publications(as_of=AsOf.now(at), inquiry=head.inquiry or "-"):
        if (each.title, each.edition) == (head.title, head.edition):
            raise UsageProblem(
                f"this inquiry has edition {head.edition} of this report already, as {each.ref}.",
                remedy="If this is a corrected edition, give it the next edition number.",
                rule="editions-are-unique",
            )


def _open_inquiry(proposal: Proposal, *, by: User, at: datetime) -> str:
    head = proposal.head
    ref = head.ref.rpartition("-")[0] or head.ref
    known = {each.ref for each in list_inquiries(as_of=AsOf.now(at))}
    ref = head.ref if ref in known else ref
    open_inquiry(ref=ref, title=head.new_inquiry, by=by, at=at)
    return ref


def _get_scale(ref: str) -> Scale:
    found = {**KNOWN_SCALES, **list_scales()}.get(ref)
    if found is None:
        raise NotThere(f"there is no scale {ref}.", rule="scale-exists")
    return found
