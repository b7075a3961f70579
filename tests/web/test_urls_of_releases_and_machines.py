"""Every URL × every role, for releases, the public side, tokens and the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from evenhand.accountability.permissions import (
    may_enter,
    may_export_ledger,
    may_import,
    may_keep,
)
from evenhand.accountability.releases import (
    may_propose_release,
    may_see_releases,
    may_withdraw_release,
)
from evenhand.accountability.remnants import may_see_remnants
from evenhand.accountability.tokens import TokenScope, may_hold_token
from evenhand.datasets.papers import read_paper
from evenhand.web.accounts.services import erase_name, record_party
from evenhand.web.api.routing import list_routes
from evenhand.web.api.services import make_token
from evenhand.web.demo.cast import ADMINISTRATOR, PARTS
from evenhand.web.digests.sending import send_digests
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.pages import anybody
from evenhand.web.imports.services import keep_draft
from evenhand.web.reconciling.services import bring_ledger
from evenhand.web.releases.gathering import Asked
from evenhand.web.releases.services import approve_release, propose_release
from evenhand.web.remnants.queries import list_remnants

from .judging import ITEM, Case

PAPER = b"Recommendation 1\nTrain every team.\n"
EVERY = frozenset({ADMINISTRATOR, *(part.username for part in PARTS)})
KEEPERS = frozenset({"secretariat"})
RELEASERS = frozenset({"secretariat", "member", ADMINISTRATOR})
# The association of the demo is limited to another inquiry, the commander to another team.
UNLIMITED = EVERY - {"association", "commander"}

PAGES: dict[str, tuple[tuple[str, ...], Any, frozenset[str]]] = {
    "releases:list": ((), may_see_releases, RELEASERS),
    "releases:propose": ((), may_propose_release, KEEPERS),
    "releases:show": (("{release}",), may_see_releases, RELEASERS),
    "releases:approve": (("{release}",), may_see_releases, frozenset({"member"})),
    "releases:decline": (("{release}",), may_see_releases, frozenset({"member"})),
    "releases:take-back": (("{release}",), may_propose_release, KEEPERS),
    "releases:withdraw": (("{release}",), may_withdraw_release, KEEPERS),
    "remnants:list": ((), may_see_remnants, RELEASERS),
    "remnants:dismiss": (("{remnant}",), may_see_remnants, KEEPERS),
    "reconciling:ledgers": ((), may_keep, KEEPERS),
    "reconciling:show": (("{outside}",), may_keep, KEEPERS),
    "reconciling:answers": (("{outside}",), may_keep, KEEPERS),
    "reconciling:decide": (("{outside}", "only_theirs:9"), may_keep, KEEPERS),
    "digests:owed": ((), may_enter, EVERY),
    "digests:digest": (("{year}", "{week}"), may_enter, frozenset({"secretariat"})),
    "tokens:list": ((), may_hold_token, EVERY),
    "tokens:end": (("{token}",), may_hold_token, frozenset({"member", ADMINISTRATOR})),
}
"""Arguments, the rule on the view, and who gets a page; others get 403, a visitor the sign-in."""

OWN = {"digests:digest"}
"""Pages of one’s own things: what is somebody else’s is not there (404)."""

PUBLIC = {
    "public:front",
    "public:inquiry",
    "public:inquiry-feed",
    "public:changes",
    "public:release",
    "public:manifest",
    "public:feed",
    "public:everything",
    "public:record-json",
    "public:record",
    "public:file",
    "public:csv",
    "public:csv-metadata",
    "public:absent",
    "api:openapi-json",
    "api:api-root",
}
"""What needs no account: frozen copies, and the description of the API."""

API: dict[str, tuple[tuple[str, ...], Any, frozenset[str]]] = {
    "inquiries": ((), may_enter, EVERY),
    "publications": ((), may_enter, EVERY),
    "scales": ((), may_enter, EVERY),
    "themes": ((), may_enter, EVERY),
    "recommendations": ((), may_enter, EVERY),
    "recommendation": ((ITEM,), may_enter, UNLIMITED),
    "history": ((ITEM,), may_enter, UNLIMITED),
    "exceptions": ((), may_enter, EVERY),
    "criteria": ((), may_enter, EVERY),
    "sittings": ((), may_enter, EVERY),
    "sitting": (("{sitting}",), may_enter, UNLIMITED),
    "verdicts": ((), may_enter, EVERY),
    "verdict": (("{verdict}",), may_enter, UNLIMITED),
    "commissions": ((), may_enter, EVERY),
    "runs": ((), may_enter, EVERY),
    "indicators": ((), may_enter, EVERY),
    "named-measures": ((), may_enter, EVERY),
    "figures": ((), may_enter, EVERY),
    "ledger-head": ((), may_enter, EVERY),
    "ledger-checkpoints": ((), may_enter, EVERY),
    "ledger-proof": (("0",), may_export_ledger, UNLIMITED),
    "releases": ((), may_enter, EVERY),
    "paper": (("{paper}",), may_import, KEEPERS),
    "papers": ((), may_import, KEEPERS),
    "accept-paper": (("{paper}",), may_import, KEEPERS),
    "discard-paper": (("{paper}",), may_import, KEEPERS),
    "preview-spreadsheet": ((), may_keep, KEEPERS),
    "apply-spreadsheet": ((), may_keep, KEEPERS),
}
"""Routes of the API: whose token is let in. Whether the request is then right is another matter."""

OURS = ("public:", "releases:", "remnants:", "api:", "tokens:", "digests:", "reconciling:")


def _views(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            if each.namespace != "admin":
                yield from _views(each.url_patterns, each.namespace or namespace)
        else:
            yield f"{namespace}:{each.name}", each.callback


VIEWS = {name: view for name, view in _views(get_resolver().url_patterns) if name.startswith(OURS)}


@pytest.fixture
def things(lamp, cast, at) -> dict[str, str]:
    """What addresses name that has no reference before it is made."""
    keeper = {"by": cast["secretariat"], "at": at}
    said = {"title": "Spring", "statement": "The first.", "reasons": "Due."}
    send_digests(at=at)
    case = Case(cast, at - timedelta(days=1)).decided()
    token, _ = make_token(
        label="t", scopes=[TokenScope.READ], expires_on=at.date(), by=cast["member"], at=at
    )
    return {
        "release": propose_release(asked=Asked(publications=("lamp-2020",)), **said, **keeper),
        "paper": keep_draft(paper=read_paper(PAPER, filename="a.txt"), **keeper),
        "token": token,
        "remnant": _leave_remnant(cast, at),
        "sitting": case.sitting,
        "verdict": case.verdict,
        "outside": bring_ledger(
            publication="lamp-2020",
            source="I",
            content=b"reference\n9\n",
            filename="a.csv",
            **keeper,
        ),
        "year": "2026",
        "week": "10",
    }


def _leave_remnant(cast, at) -> str:
    """A name that was erased and stands in the statement of a release."""
    person = record_party(kind="person", name="Zebedee Madeup", by=cast["secretariat"], at=at)
    said = {"title": "Old", "statement": "Told by Zebedee Madeup.", "reasons": "Due."}
    asked = Asked(recommendations=("lamp-2020/2",))
    ref = propose_release(asked=asked, by=cast["secretariat"], at=at, **said)
    approve_release(release=ref, by=cast["member"], at=at)
    erase_name(person=person.subject, reason="Asked.", by=cast[ADMINISTRATOR], at=at)
    return list_remnants(as_of=AsOf.now(at))[0].ref


def test_every_url_is_in_a_table():
    assert set(VIEWS) == set(PAGES) | PUBLIC | {f"api:{name}" for name in API}


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_states_its_rule(name):
    rule = getattr(VIEWS[name], "entry_rule", None)
    if name in PUBLIC:
        assert rule is anybody
    else:
        assert rule is (PAGES.get(name) or API[name.partition(":")[2]])[1]


@pytest.mark.parametrize("role", sorted(EVERY))
def test_a_role_gets_the_pages_of_the_table_and_no_other(role, things, signed_in):
    client = signed_in(role)
    for name, (arguments, _, allowed) in PAGES.items():
        address = reverse(name, args=[each.format(**things) for each in arguments])
        status = client.get(address).status_code
        refused = 404 if name in OWN else 403
        assert status == (200 if role in allowed else refused), f"{name} gave {status} to {role}"


def test_a_visitor_is_sent_to_sign_in(things):
    for name, (arguments, _, _) in PAGES.items():
        address = reverse(name, args=[each.format(**things) for each in arguments])
        assert Client().get(address)["Location"].startswith("/accounts/sign-in/?next="), name


def _ask(secret: str, name: str, method: str, things: dict[str, str]) -> int:
    address = reverse(f"api:{name}", args=[each.format(**things) for each in API[name][0]])
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return getattr(Client(), method.lower())(address, headers=headers).status_code


@pytest.mark.parametrize("role", sorted(EVERY))
def test_a_role_s_token_opens_the_routes_of_the_table_and_no_other(role, things, cast):
    now = timezone.now()
    _, secret = make_token(
        label="t",
        scopes=list(TokenScope),
        expires_on=now.date() + timedelta(1),
        by=cast[role],
        at=now,
    )
    for name, method, _, _, _ in list_routes():
        status = _ask(secret, name, method, things)
        refused = status in (401, 403)
        assert refused != (role in API[name][2]), f"{method} {name} gave {status} to {role}"
        assert status < 500


def test_no_route_is_open_without_a_token_or_to_a_session(things, signed_in):
    for name, method, _, _, _ in list_routes():
        assert _ask("", name, method, things) == 401
        assert _ask("evh_guess", name, method, things) == 401
