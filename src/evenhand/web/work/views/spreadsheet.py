"""A spreadsheet that comes back: sent, shown as a diff, and applied whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_keep
from evenhand.core import UsageProblem
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.ledger.batch import batched
from evenhand.web.work.files import load_file, save_file
from evenhand.web.work.forms import SpreadsheetForm
from evenhand.web.work.services import apply_spreadsheet
from evenhand.web.work.sheets.compare import compare
from evenhand.web.work.sheets.outcomes import Comparison, Fault, SheetRefused
from evenhand.web.work.sheets.read import MAX_SHEET_BYTES, read_sheet
from evenhand.web.work.sheets.standing import gather_standing

WAITING = "spreadsheet"  # where the session keeps the hash and name of the file sent last
NAME_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Waiting:
    """A spreadsheet sent and not yet applied."""

    sha256: str
    filename: str


@page(may_keep)
def bring_back(request: PageRequest) -> HttpResponse:
    """Send an edited register; see what it would change; apply it, or put it away."""
    waiting = _find_waiting(request)
    if request.method != "POST":
        return _show(request, waiting)
    if "apply" in request.POST and waiting:
        return _apply(request, waiting)
    if "discard" in request.POST:
        request.session.pop(WAITING, None)
        messages.success(request, "The spreadsheet was put away. Nothing was changed.")
        return redirect("work:spreadsheet")
    form = SpreadsheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, waiting, form=form)
    _keep(request, form.cleaned_data["file"])
    return redirect("work:spreadsheet")


def _keep(request: PageRequest, file: Any) -> None:
    """Read it once, so that what cannot be read is refused at once, and keep it for the preview."""
    name = (file.name or "")[:NAME_LENGTH]
    if (file.size or 0) > MAX_SHEET_BYTES:
        raise UsageProblem(
            f"the file is larger than {MAX_SHEET_BYTES >> 20} MiB, and was not read.",
            remedy="Send only the exported register.",
            rule="sheet-size",
        )
    content = file.read()
    read_sheet(content, filename=name)
    digest = hashlib.sha256(content).hexdigest()
    save_file(content, sha256=digest)
    request.session[WAITING] = [digest, name]


def _find_waiting(request: PageRequest) -> Waiting | None:
    kept = request.session.get(WAITING)
    return Waiting(*kept) if kept else None


def _compare(request: PageRequest, waiting: Waiting) -> Comparison:
    lines = read_sheet(load_file(waiting.sha256), filename=waiting.filename)
    standing = gather_standing(lines, actor=request.actor, at=request.moment)
    return compare(lines, standing=standing)


def _apply(request: PageRequest, waiting: Waiting) -> HttpResponse:
    chosen = [number for number in request.POST.getlist("leave_out") if number.isdecimal()]
    left_out = frozenset(int(number) for number in chosen)
    try:
        with batched():
            found = _compare(request, waiting)
            rest = found.without(left_out)
            if rest.faults:
                raise SheetRefused(rest.faults)
            count = apply_spreadsheet(
                changes=rest.changes,
                sha256=waiting.sha256,
                left_out=sorted(left_out & found.concerned),
                by=request.account,
                at=request.moment,
            )
    except SheetRefused as refused:
        return _show(request, waiting, refused=refused, left_out=left_out)
    request.session.pop(WAITING, None)
    messages.success(request, f"{count} change{'' if count == 1 else 's'} are on the record.")
    return redirect("work:items")


def _show(
    request: PageRequest,
    waiting: Waiting | None,
    *,
    form: SpreadsheetForm | None = None,
    refused: SheetRefused | None = None,
    left_out: frozenset[int] = frozenset(),
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form or SpreadsheetForm(),
        "waiting": waiting,
        "refused": refused,
        "left_out": left_out,
    }
    if waiting:
        found = _compare(request, waiting)
        late = refused.faults if refused else ()  # found only when the commands were run
        context |= {
            "found": found,
            "faults": _by_row(dict.fromkeys((*found.faults, *late))),
            "page": cut_pages(request, found.changes),
            "items": len({change.ref for change in found.changes}),
        }
    return render(request, "work/spreadsheet.html", context, status=422 if refused else 200)


def _by_row(faults: Iterable[Fault]) -> list[tuple[int, list[Fault]]]:
    rows: dict[int, list[Fault]] = {}
    for fault in faults:
        rows.setdefault(fault.line, []).append(fault)
    return sorted(rows.items())
