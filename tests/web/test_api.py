"""The API: what a person may do, for a machine with their token, in JSON and at a pace."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from evenhand.accountability.roles import Role
from evenhand.accountability.tokens import PACE, TokenScope
from evenhand.core import Refused, UsageProblem
from evenhand.web.accounts.services import end_role
from evenhand.web.api.models import Token
from evenhand.web.api.queries import find_token, list_tokens
from evenhand.web.api.secrets import hash_secret
from evenhand.web.api.services import end_token, make_token
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.queries import get_head, list_bodies, list_history, list_refusals
from evenhand.web.register.queries import get_item, list_items
from evenhand.web.work.queries import list_item_exceptions

ONE = "lamp-2020/1"
TODAY = timezone.now().date()
BOTH = (TokenScope.READ, TokenScope.IMPORT)


def make(user, *, scopes=BOTH, days=30) -> str:
    """A token of this account, made now."""
    now = timezone.now()
    _, secret = make_token(
        label="A test", scopes=scopes, expires_on=now.date() + timedelta(days), by=user, at=now
    )
    return secret


def ask(secret: str, path: str, method: str = "get", **more):
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **more)


def test_a_token_is_shown_once_and_kept_only_as_its_hash(lamp, member):
    secret = make(member)
    assert len(secret) > 40
    assert Token.objects.get().sha256 == hash_secret(secret)
    assert secret.encode() not in b"".join(list_bodies())
    assert secret not in str([vars(row) for row in Token.objects.all()])


def test_a_token_reads_what_its_holder_may_read(lamp, member):
    answer = ask(make(member), "/recommendations")
    assert answer.status_code == 200
    found = answer.json()
    assert found["rows"][0]["ref"] == ONE
    assert found["total"] == 5
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_token_reaches_no_further_than_its_holder(small_demo):
    users = small_demo.users
    rows = ask(make(users["association"]), "/recommendations?size=200").json()["rows"]
    assert {row["inquiry"] for row in rows} == {"faith"}
    other = list_items(as_of=AsOf.now(timezone.now()))[0]
    secret = make(users["association"])
    assert ask(secret, f"/recommendations/{other.ref}").status_code in (200, 403)
    lantern = next(r for r in list_items(as_of=AsOf.now(timezone.now())) if r.inquiry == "lantern")
    assert ask(secret, f"/recommendations/{lantern.ref}").status_code == 403
    assert ask(secret, f"/history/{lantern.ref}").status_code == 403


def test_without_a_token_with_a_wrong_one_or_an_ended_one_nothing_is_said(lamp, member, at):
    ended, good = make(member), make(member)
    end_token(token=find_token(ended).ref, by=member, at=timezone.now())
    for secret in ("", "evh_wrong", ended):
        answer = ask(secret, "/recommendations")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "rows" not in answer.json()
    assert ask(good, "/recommendations").status_code == 200


def test_a_token_past_its_last_day_opens_nothing(lamp, member, monkeypatch):
    secret = make(member, days=1)
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr("evenhand.web.api.access.timezone.now", lambda: later)
    answer = ask(secret, "/inquiries")
    assert answer.status_code == 401
    assert "expired" in answer.json()["error"]["problem"]


def test_a_token_without_the_scope_is_refused_with_the_reason(lamp, keeper):
    answer = ask(make(keeper, scopes=[TokenScope.READ]), "/imports/papers/none")
    assert answer.status_code == 403
    assert "lacks the scope" in answer.json()["error"]["problem"]


def test_when_a_role_ends_its_token_ends_with_it(lamp, member, admin):
    secret = make(member)
    assert ask(secret, "/inquiries").status_code == 200
    yesterday = timezone.now().date() - timedelta(1)
    end_role(person=member.subject, role=Role.MEMBER, on=yesterday, by=admin, at=timezone.now())
    assert ask(secret, "/inquiries").status_code == 403


def test_a_token_that_is_used_too_fast_is_told_how_long_to_wait(lamp, member, monkeypatch):
    secret, now = make(member), timezone.now()
    monkeypatch.setattr("evenhand.web.api.access.timezone.now", lambda: now)
    statuses = [ask(secret, "/ledger/head").status_code for _ in range(PACE.burst + 1)]
    assert statuses == [200] * PACE.burst + [429]
    answer = ask(secret, "/ledger/head")
    assert answer.headers["Retry-After"] == "1"
    later = now + timedelta(seconds=1)
    monkeypatch.setattr("evenhand.web.api.access.timezone.now", lambda: later)
    assert ask(secret, "/ledger/head").status_code == 200
    assert ask(make(member), "/ledger/head").status_code == 200


def test_when_a_token_was_last_used_is_known(lamp, member):
    secret = make(member)
    assert list_tokens(holder=member)[0].last_used_at is None
    ask(secret, "/inquiries")
    assert list_tokens(holder=member)[0].last_used_at is not None


def test_making_and_ending_a_token_are_on_the_record(lamp, member, keeper):
    ref, _ = make_token(label="CANARY", scopes=BOTH, expires_on=TODAY, by=member, at=timezone.now())
    with pytest.raises(Refused):
        end_token(token=ref, by=keeper, at=timezone.now())
    assert list_refusals()[0].command == "api.services.end_token"
    end_token(token=ref, by=member, at=timezone.now())
    with pytest.raises(UsageProblem, match="already"):
        end_token(token=ref, by=member, at=timezone.now())
    assert [each.kind for each in list_history(f"token:{ref}")] == ["token.made", "token.ended"]
    assert b"CANARY" not in b"".join(list_bodies())


@pytest.mark.parametrize(("days", "scopes", "label"), [(-1, BOTH, "x"), (400, BOTH, "x")])
def test_a_token_lasts_a_year_at_most(lamp, member, days, scopes, label):
    with pytest.raises(UsageProblem, match="lasts"):
        make(member, days=days, scopes=scopes)


def test_a_list_can_be_asked_as_of_a_past_day_and_not_of_a_day_to_come(small_demo):
    secret = make(small_demo.users["member"])
    then = ask(secret, "/recommendations?as_of=2021-06-01&size=1").json()["total"]
    assert then < ask(secret, "/recommendations?size=1").json()["total"]
    tomorrow = TODAY + timedelta(2)
    assert ask(secret, f"/recommendations?as_of={tomorrow}").status_code == 422
    assert ask(secret, "/recommendations?as_of=soon").json()["error"]["rule"] == "request-shape"


def test_exceptions_are_those_of_the_page(small_demo):
    now = AsOf.now(timezone.now())
    expected = list_item_exceptions(list_items(as_of=now), as_of=now)
    found = ask(make(small_demo.users["member"]), "/exceptions").json()
    assert [(f"recommendation:{e['recommendation']}", e["kind"]) for e in found] == [
        (e.item, e.kind.value) for e in expected
    ]


def test_one_recommendation_comes_with_everything_about_it(small_demo):
    secret = make(small_demo.users["member"])
    rows = ask(secret, "/recommendations?size=200").json()["rows"]
    kinds = ("updates", "challenges", "actions", "evidence", "links", "policies")
    seen = set()
    for row in rows[:45]:
        whole = ask(secret, f"/recommendations/{row['ref']}")
        assert whole.status_code == 200
        seen |= {kind for kind in kinds if whole.json()[kind]}
    assert seen == set(kinds)


def test_history_and_proofs_lead_to_the_head(lamp, member):
    secret = make(member)
    events = ask(secret, f"/history/{ONE}").json()
    assert events[-1]["kind"] == "duty.assigned"
    head = ask(secret, "/ledger/head").json()
    proof = ask(secret, f"/ledger/proofs/{events[0]['sequence']}").json()
    assert (head["size"], head["root"]) == (get_head().size, proof["root"])
    assert ask(secret, f"/ledger/proofs/{head['size']}").status_code == 422
    assert ask(secret, "/ledger/checkpoints").json() == []
    assert ask(secret, "/releases").json() == []


PAPER = b"Report of the Bell inquiry\n\nRecommendation 1\nTrain every team.\n"


def test_a_paper_is_brought_corrected_and_accepted(lamp, keeper):
    secret = make(keeper)
    file = SimpleUploadedFile("bell.txt", PAPER)
    brought = ask(secret, "/imports/papers", "post", data={"file": file})
    assert brought.status_code == 201
    ref = brought.json()["ref"]
    assert brought.json()["faults"]
    early = ask(secret, f"/imports/papers/{ref}/accept", "post")
    assert early.status_code == 422
    head = {
        "title": "Bell report",
        "ref": "bell-2021",
        "new_inquiry": "The Bell Inquiry",
        "published_on": "2021-05-04",
        "scale": "actioned",
    }
    corrected = ask(
        secret,
        f"/imports/papers/{ref}",
        "patch",
        data=json.dumps(head),
        content_type="application/json",
    )
    assert corrected.json()["faults"] == []
    accepted = ask(secret, f"/imports/papers/{ref}/accept", "post")
    assert accepted.json() == {"publication": "bell-2021"}
    assert get_item("bell-2021/1", as_of=AsOf.now(timezone.now())).text == "Train every team."
    again = ask(secret, "/imports/papers", "post", data={"file": SimpleUploadedFile("b", PAPER)})
    assert again.status_code == 422


def test_a_paper_that_waits_is_discarded(lamp, keeper):
    secret = make(keeper)
    file = SimpleUploadedFile("bell.txt", PAPER)
    ref = ask(secret, "/imports/papers", "post", data={"file": file}).json()["ref"]
    assert ask(secret, f"/imports/papers/{ref}/discard", "post").status_code == 204
    assert ask(secret, f"/imports/papers/{ref}").status_code == 404


def _exported(user, signed_in) -> bytes:
    return signed_in(user).get("/register.csv").content


def test_an_edited_register_is_previewed_and_applied(lamp, keeper, signed_in):
    secret = make(keeper)
    content = _exported("secretariat", signed_in)
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    title = next(name for name in lines[0].strip().split(",") if name.lower() == "working title")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    rows[0][title] = "Fair sergeants"
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    edited = out.getvalue().encode()

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("register.csv", edited)

    seen = ask(secret, "/imports/spreadsheets/preview", "post", data={"file": file()}).json()
    assert [change["after"] for change in seen["changes"]] == ["Fair sergeants"]
    wrong = {"file": file(), "sha256": "0" * 64}
    assert ask(secret, "/imports/spreadsheets/apply", "post", data=wrong).status_code == 422
    right = {"file": file(), "sha256": seen["sha256"]}
    applied = ask(secret, "/imports/spreadsheets/apply", "post", data=right)
    assert applied.json() == {"changes": 1}
    assert get_item(ONE, as_of=AsOf.now(timezone.now())).title == "Fair sergeants"


def test_a_session_opens_nothing_of_the_api(lamp, signed_in):
    assert signed_in("secretariat").get("/api/v1/recommendations").status_code == 401


def test_tokens_are_made_shown_once_and_ended_on_their_page(lamp, signed_in):
    client = signed_in("member")
    assert "None." in client.get("/tokens/").content.decode()
    last = TODAY + timedelta(10)
    form = {"label": "Nightly copy", "scopes": ["read"], "expires_on": last.isoformat()}
    made = client.post("/tokens/", form)
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert secret not in client.get("/tokens/").content.decode()
    assert ask(secret, "/inquiries").status_code == 200
    ref = list_tokens()[0].ref
    assert signed_in("owner").get(f"/tokens/{ref}/end/").status_code == 403
    assert "Nightly copy" in signed_in("admin").get("/tokens/").content.decode()
    assert "Nightly copy" not in signed_in("owner").get("/tokens/").content.decode()
    client.post(f"/tokens/{ref}/end/")
    assert ask(secret, "/inquiries").status_code == 401
    late = form | {"expires_on": (TODAY + timedelta(500)).isoformat()}
    assert client.post("/tokens/", late).status_code == 422


def test_the_page_lists_every_route_of_the_description(lamp, signed_in):
    text = signed_in("member").get("/tokens/").content.decode()
    described = Client().get("/api/v1/openapi.json").json()
    for path in described["paths"]:
        assert path.replace("{ref}", "{path:ref}") in text or path in text
