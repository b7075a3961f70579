"""Routes that import: a paper with its preview, and a register that was edited as a spreadsheet."""

from __future__ import annotations

import hashlib
from typing import Any

from ninja import File, Form, Router, Status, UploadedFile

from evenhand.accountability.permissions import may_import, may_keep
from evenhand.core import UsageProblem
from evenhand.web.api import importing_schemas as schemas
from evenhand.web.api.access import imports
from evenhand.web.api.answers import answers
from evenhand.web.foundation.as_of import day_of
from evenhand.web.imports.faults import check_proposal
from evenhand.web.imports.queries import get_draft, get_proposal
from evenhand.web.imports.services import correct_draft, discard_draft, import_report, keep_draft
from evenhand.web.imports.views.bring import read_brought
from evenhand.web.imports.views.look import build_counts
from evenhand.web.ledger.batch import batched
from evenhand.web.work.services import apply_spreadsheet
from evenhand.web.work.sheets.compare import compare
from evenhand.web.work.sheets.outcomes import Comparison, SheetRefused
from evenhand.web.work.sheets.read import MAX_SHEET_BYTES, read_sheet
from evenhand.web.work.sheets.standing import gather_standing

router = Router(tags=["imports"])

Upload = File[UploadedFile]


@router.post(
    "/imports/papers",
    auth=imports(may_import),
    response=answers(schemas.PaperOut, status=201),
    url_name="papers",
)
def bring_paper(request: Any, file: Upload) -> Any:
    """Bring a paper. It is read and kept to be corrected; nothing is on the register yet."""
    paper = read_brought(file, "")
    ref = keep_draft(paper=paper, by=request.account, at=request.moment)
    return Status(201, _show_paper(request, ref))


@router.get(
    "/imports/papers/{ref}",
    auth=imports(may_import),
    response=answers(schemas.PaperOut),
    url_name="paper",
)
def look_at_paper(request: Any, ref: str) -> Any:
    """What would be recorded from a paper, and what must be put right first."""
    return _show_paper(request, _clean(ref))


@router.patch(
    "/imports/papers/{ref}",
    auth=imports(may_import),
    response=answers(schemas.PaperOut),
    url_name="paper",
)
def correct_paper(request: Any, ref: str, head: schemas.HeadIn) -> Any:
    """Correct the head of a paper: its reference, inquiry, date, scale."""
    given = {name: value for name, value in head.model_dump().items() if value is not None}
    if "published_on" in given:
        given["published_on"] = given["published_on"].isoformat()
    correct_draft(draft=_clean(ref), head=given, by=request.account, at=request.moment)
    return _show_paper(request, _clean(ref))


@router.post(
    "/imports/papers/{ref}/accept",
    auth=imports(may_import),
    response=answers(schemas.AcceptedOut),
    url_name="accept-paper",
)
def accept_paper(request: Any, ref: str) -> Any:
    """Put all of a paper on the register, or nothing."""
    publication = import_report(draft=_clean(ref), by=request.account, at=request.moment)
    return {"publication": publication}


@router.post(
    "/imports/papers/{ref}/discard",
    auth=imports(may_import),
    response=answers(None, status=204),
    url_name="discard-paper",
)
def discard_paper(request: Any, ref: str) -> Any:
    """Empty a paper that waits."""
    discard_draft(draft=_clean(ref), by=request.account, at=request.moment)
    return Status(204, None)


@router.post(
    "/imports/spreadsheets/preview",
    auth=imports(may_keep),
    response=answers(schemas.SheetOut),
    url_name="preview-spreadsheet",
)
def preview_spreadsheet(request: Any, file: Upload) -> Any:
    """What an edited register would change, cell by cell. Nothing is changed or kept."""
    content = _read(file)
    found = _compare(request, content, file.name or "")
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "rows": found.rows,
        "changes": found.changes,
        "faults": found.faults,
    }


@router.post(
    "/imports/spreadsheets/apply",
    auth=imports(may_keep),
    response=answers(schemas.AppliedOut),
    url_name="apply-spreadsheet",
)
def apply_sheet(
    request: Any,
    file: Upload,
    sha256: Form[str],
    leave_out: Form[list[int]] = [],  # noqa: B006
) -> Any:
    """Apply an edited register whole, without the rows left out, or not at all.

    ``sha256`` is what the preview gave: only what was looked at is applied.
    """
    content = _read(file)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UsageProblem(
            "this is not the file that was previewed.",
            remedy="Preview this one, and send its hash.",
            rule="apply-what-was-previewed",
        )
    left_out = frozenset(leave_out)
    with batched():
        found = _compare(request, content, file.name or "")
        rest = found.without(left_out)
        if rest.faults:
            raise SheetRefused(rest.faults)
        count = apply_spreadsheet(
            changes=rest.changes,
            sha256=sha256,
            left_out=sorted(left_out & found.concerned),
            by=request.account,
            at=request.moment,
        )
    return {"changes": count}


def _show_paper(request: Any, ref: str) -> dict[str, Any]:
    draft, proposal = get_draft(ref), get_proposal(ref)
    faults = check_proposal(proposal, today=day_of(request.moment)) if draft.waits else []
    lines = [each for line in proposal.lines for each in (line, *line.items)]
    return {
        "ref": draft.ref,
        "state": draft.state.value,
        "publication": draft.publication,
        "title": proposal.head.title,
        "counts": build_counts(proposal),
        "faults": faults,
        "lines": [
            {
                "key": line.key,
                "number": line.number,
                "text": line.text,
                "left_out": line.left_out,
                "doubts": len(line.doubts),
            }
            for line in lines
        ],
    }


def _read(file: UploadedFile) -> bytes:
    if (file.size or 0) > MAX_SHEET_BYTES:
        raise UsageProblem(
            f"the file is larger than {MAX_SHEET_BYTES >> 20} MiB, and was not read.",
            remedy="Send only the exported register.",
            rule="sheet-size",
        )
    content: bytes = file.read()
    return content


def _compare(request: Any, content: bytes, filename: str) -> Comparison:
    lines = read_sheet(content, filename=filename)
    standing = gather_standing(lines, actor=request.actor, at=request.moment)
    return compare(lines, standing=standing)


def _clean(ref: str) -> str:
    return ref.replace("\0", "")
