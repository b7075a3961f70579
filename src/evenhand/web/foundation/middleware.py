"""Between a request and its view: nothing is public by accident, and errors are pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from evenhand.core import EvenhandError, Refused, UnreadableFile, UsageProblem
from evenhand.web.foundation.errors import ChangedMeanwhile, NotThere

GetResponse = Callable[[HttpRequest], HttpResponseBase]

STATUS: dict[type[EvenhandError], int] = {
    Refused: 403,
    NotThere: 404,
    ChangedMeanwhile: 409,
    UsageProblem: 422,
    UnreadableFile: 422,
}
"""The HTTP status of each class of error; any other of ours is 400."""

TITLES = {
    403: "You may not do this",
    404: "There is no such page",
    409: "Somebody changed this meanwhile",
    422: "This could not be accepted",
    400: "Something was not right",
}

OUTSIDE = ("django.contrib.admin", "django.views.static", "django.views.i18n")
"""Views that guard themselves: the read-only admin asks for a staff account."""


class PrivateByDefault:
    """Refuse every view of ours that does not say by which rule it lets somebody in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        response = self.get_response(request)
        if "Cache-Control" not in response and not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"  # what one role may see must not be kept
        return response

    def process_view(
        self, _request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Stop before a view that is not marked."""
        if hasattr(view, "entry_rule") or view.__module__.startswith(OUTSIDE):
            return None
        return HttpResponse("This page states no rule, so nobody may see it.", status=403)


class ErrorsAsPages:
    """Turn an error of ours into a page that says what, why, and what to do next."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Draw the page; what is not ours is left to Django."""
        if not isinstance(error, EvenhandError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
        context = {
            "title": TITLES[status],
            "error": error,
            "changes": getattr(error, "changes", ()),
        }
        return render(request, "foundation/error.html", context, status=status)
