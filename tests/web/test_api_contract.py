"""The description of the API is kept: generated requests meet no 5xx and open nothing unasked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from evenhand.accountability.tokens import Pace, TokenScope
from evenhand.web.api.routing import api, list_routes
from evenhand.web.api.services import make_token

pytestmark = pytest.mark.slow

EXAMPLES = 12  # a route: enough for every type of parameter and body to be wrong in turn
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture
def schema(small_demo, monkeypatch) -> Any:
    monkeypatch.setattr(
        "evenhand.web.api.writing.PACE", Pace(burst=10**6, interval=timedelta(microseconds=1))
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def secret(small_demo) -> str:
    now = timezone.now()
    last = now.date() + timedelta(1)
    keeper = small_demo.users["secretariat"]
    made = make_token(label="t", scopes=list(TokenScope), expires_on=last, by=keeper, at=now)
    return made[1]


def _try(schema: Any, headers: dict[str, str], check: Any) -> int:
    """Every operation with generated requests; how many were sent."""
    sent = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @FEW
        @given(case=operation.as_strategy())
        def run(case: Any) -> None:
            nonlocal sent
            sent += 1
            check(case, case.call(headers=headers))

        run()
    return sent


def test_no_request_with_a_token_meets_a_server_error_or_breaks_the_description(schema, secret):
    def check(case: Any, response: Any) -> None:
        case.validate_response(response, checks=CHECKS)

    headers = {"Authorization": f"Bearer {secret}"}
    assert _try(schema, headers, check) > len(list(list_routes()))


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer evh_guess"}])
def test_no_request_without_a_token_is_answered_with_anything(schema, headers):
    def check(case: Any, response: Any) -> None:
        assert response.status_code == 401, (case.operation.label, response.status_code)
        assert set(response.json()) == {"error", "details"}

    assert _try(schema, headers, check) > len(list(list_routes()))


def test_every_route_is_described_with_its_scope_by_a_door(db):
    described = Client().get("/api/v1/openapi.json").json()
    operations = [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(operations) == len(list(list_routes()))
    for path, method, operation in operations:
        assert operation["security"], (path, method)
        assert operation["summary"], (path, method)
    assert api.docs_url is None
