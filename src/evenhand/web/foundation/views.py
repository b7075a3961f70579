"""Pages for what Django itself refuses: an unknown address, a stale form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.web.foundation.errors import NotThere


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    error = NotThere("there is no page at this address.", remedy="Begin at the first page.")
    context = {"title": "There is no such page", "error": error}
    return render(request, "foundation/error.html", context, status=404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form’s own token is missing or old: usually a second sign-in in another tab."""
    error: Any = {
        "problem": "This form is from an earlier visit, so nothing was saved.",
        "remedy": "Open the page again and send it once more.",
    }
    context = {"title": "Please send this again", "error": error}
    return render(request, "foundation/error.html", context, status=403)
