"""Bring a paper by file or by paste, and see what waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_import
from evenhand.core import EvenhandError
from evenhand.datasets.papers import PaperDraft, check_size, read_paper
from evenhand.web.accounts.queries import list_names
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.imports.forms import BringForm
from evenhand.web.imports.queries import list_drafts
from evenhand.web.imports.services import keep_draft

PASTED = "pasted text"


@page(may_import)
def bring(request: PageRequest) -> HttpResponse:
    """Read a paper; what cannot be read is told on the form, and the pasted text is kept there."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = read_brought(form.cleaned_data["file"], form.cleaned_data["text"])
            ref = keep_draft(paper=paper, by=request.account, at=request.moment)
        except EvenhandError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", _told(error))
        else:
            messages.success(request, "The paper was read. Nothing is on the register yet.")
            return redirect("imports:preview", ref)
    drafts = list_drafts()
    context = {
        "form": form,
        "drafts": drafts,
        "names": list_names(draft.brought_by for draft in drafts),
    }
    return render(request, "imports/bring.html", context, status=422 if form.errors else 200)


def read_brought(file: UploadedFile[Any] | None, text: str) -> PaperDraft:
    """The paper in a file or a paste; its size is checked before its bytes are read."""
    if file is None:
        return read_paper(text.replace("\r\n", "\n").encode(), filename=PASTED)
    name = file.name or "file"
    check_size(file.size or 0, filename=name)
    return read_paper(file.read(), filename=name)


def _told(error: EvenhandError) -> str:
    said = f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}".strip()
    return f"{error.file}: {said}" if error.file else said


def too_much(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: what was sent is larger than a form may be, or is no form at all."""
    error = {
        "problem": "What was sent is too large for a form, or was cut short; nothing was saved.",
        "remedy": "A long paper is brought as a file, not pasted.",
    }
    context = {"title": "This could not be read", "error": error}
    return render(request, "foundation/error.html", context, status=400)
