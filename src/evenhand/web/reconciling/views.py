"""Pages of reconciliation: bring a ledger, see what differs, decide, take our answers out."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_keep
from evenhand.accountability.reconciling import Choice, DifferenceKind
from evenhand.core import EvenhandError
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.foundation.paging import cut_pages
from evenhand.web.reconciling.forms import BringForm, DecideForm
from evenhand.web.reconciling.queries import (
    get_ledger,
    list_decisions,
    list_differences,
    list_ledgers,
)
from evenhand.web.reconciling.reading import MOST_BYTES
from evenhand.web.reconciling.services import bring_ledger, decide_difference
from evenhand.web.register.queries import list_publications

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection


@page(may_keep)
def ledgers(request: PageRequest) -> HttpResponse:
    """Every ledger that was brought, and a form for another."""
    reports = list_publications(as_of=AsOf.now(request.moment))
    form = BringForm(
        request.POST or None,
        request.FILES or None,
        publications=[(each.ref, each.title) for each in reports],
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            ref = bring_ledger(
                publication=form.cleaned_data["publication"],
                source=form.cleaned_data["source"],
                content=file.read(MOST_BYTES + 1),
                filename=file.name or "file",
                by=request.account,
                at=request.moment,
            )
        except EvenhandError as error:
            form.add_error("file", f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}")
        else:
            messages.success(request, "Brought. Nothing of our register is changed by it.")
            return redirect("reconciling:show", ref)
    rows = list_ledgers()
    context = {"form": form, "rows": rows, "names": list_names(row.brought_by for row in rows)}
    status = 422 if form.errors else 200
    return render(request, "reconciling/ledgers.html", context, status=status)


@page(may_keep)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """What differs now, and what was decided."""
    ledger = get_ledger(ref)
    decisions = list_decisions(ledger)
    context = {
        "ledger": ledger,
        "page": cut_pages(request, list_differences(ledger, as_of=AsOf.now(request.moment))),
        "decisions": [(row, DifferenceKind(row.kind)) for row in decisions],
        "names": list_names({ledger.brought_by, *(row.by for row in decisions)}),
    }
    return render(request, "reconciling/show.html", context)


@page(may_keep)
def decide(request: PageRequest, ref: str, key: str) -> HttpResponse:
    """Decide about one difference, with both sides in view."""
    ledger = get_ledger(ref)
    found = list_differences(ledger, as_of=AsOf.now(request.moment))
    difference = next((each for each in found if each.key == key), None)
    if difference is None:
        raise NotThere(
            "this is no difference any more: it was decided, or our register changed.",
            rule="differences-stand",
        )
    form = DecideForm(request.POST or None, kind=difference.kind)
    if request.method == "POST" and form.is_valid():
        try:
            decide_difference(
                ledger=ref,
                key=key,
                choice=Choice(form.cleaned_data["choice"]),
                reason=form.cleaned_data["reason"],
                by=request.account,
                at=request.moment,
            )
        except EvenhandError as error:
            form.add_error(None, f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}")
        else:
            messages.success(request, "Decided, and on the record.")
            return redirect("reconciling:show", ref)
    context = {"ledger": ledger, "difference": difference, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reconciling/decide.html", context, status=status)


@page(may_keep)
def answers(request: PageRequest, ref: str) -> HttpResponse:
    """Our answers as a CSV file, to be sent to whoever keeps the other ledger."""
    ledger = get_ledger(ref)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["reference", "difference", "ours", "theirs", "decision", "reason", "on"])
    for row in list_decisions(ledger)[::-1]:
        on = row.recorded_at.date().isoformat()
        cells = [row.reference, row.kind, row.ours, row.theirs, row.choice.value, row.reason, on]
        writer.writerow(_safe(cell) for cell in cells)
    for each in list_differences(ledger, as_of=AsOf.now(request.moment)):
        cells = [each.reference, each.kind.value, each.ours, each.theirs, "not decided", "", ""]
        writer.writerow(_safe(cell) for cell in cells)
    response = HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="answers-{ledger.ref}.csv"'
    return response


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
