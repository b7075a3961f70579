"""The answers of the API that are no answers: every one in the same shape, with its reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from evenhand.core import EvenhandError
from evenhand.web.api.access import NoToken, TooFast
from evenhand.web.api.schemas import ErrorOut
from evenhand.web.foundation.middleware import STATUS

REFUSALS = (400, 401, 403, 404, 409, 422, 429)


def answers(schema: Any, *, status: int = 200) -> dict[int, Any]:
    """What a route may answer: its schema, or a fault."""
    return {status: schema, **dict.fromkeys(REFUSALS, ErrorOut)}


def tell_errors(api: NinjaAPI) -> None:
    """Make every error of ours, and every request that is not right, an answer in JSON."""

    @api.exception_handler(EvenhandError)
    def ours(request: HttpRequest, error: Any) -> HttpResponse:
        body = {"error": {**_fault(error)}, "details": _details(error)}
        response = api.create_response(request, body, status=_status(error))
        if isinstance(error, NoToken):
            response["WWW-Authenticate"] = "Bearer"
        if isinstance(error, TooFast):
            response["Retry-After"] = str(error.wait_seconds)
        return response

    @api.exception_handler(ValidationError)
    def not_right(request: HttpRequest, error: Any) -> HttpResponse:
        # What was sent is not repeated: it may hold anything.
        details = [
            {"where": ".".join(map(str, each["loc"])), "problem": each["msg"]}
            for each in error.errors
        ]
        fault = {
            "kind": "usage",
            "problem": "the request is not of the shape that this route takes.",
            "rule": "request-shape",
            "remedy": "See the description of the API.",
        }
        return api.create_response(request, {"error": fault, "details": details}, status=422)


def _status(error: EvenhandError) -> int:
    if isinstance(error, NoToken):
        return 401
    if isinstance(error, TooFast):
        return 429
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)


def _fault(error: EvenhandError) -> dict[str, Any]:
    facts = error.as_dict()
    return {name: facts[name] for name in ("kind", "problem", "rule", "remedy")}


def _details(error: EvenhandError) -> list[dict[str, Any]]:
    """The faults of a spreadsheet, where that is what was refused."""
    return [
        {
            "line": each.line,
            "ref": each.ref,
            "column": each.column,
            "rule": each.rule,
            "problem": each.problem,
        }
        for each in getattr(error, "faults", ())
    ]
