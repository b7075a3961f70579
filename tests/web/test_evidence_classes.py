"""Who sees evidence of each class: on pages, in search, in history and in files that leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.accountability.roles import Role, Scope, ScopeKind
from evenhand.core import Refused
from evenhand.web.accounts.queries import get_actor
from evenhand.web.accounts.services import grant_role
from evenhand.web.demo.cast import ADMINISTRATOR, PARTS
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.export import render_export
from evenhand.web.register.queries import Filter, get_item, list_items
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.queries import list_item_history, list_shown_evidence

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
PAGE = f"/recommendations/{ONE}/"
EVERY = [ADMINISTRATOR, *(part.username for part in PARTS)]
# The association and the commander of the demo do not reach this report at all.
CLEARED = {
    "public": {
        ADMINISTRATOR, "secretariat", "member", "owner", "owner2", "panel", "analyst", "monitor",
    },
    "internal": {"secretariat", "member", "owner", "owner2", "panel", "analyst"},
    "restricted": {"secretariat", "panel", "owner"},
}  # fmt: skip
WORDS = ("Quokka count", "Numbat method", "Bilby limits", "Dunnart shows", "kowari", "olingo.txt")


def _draft(at, classification, *, content=b"counted", **facts):
    told = {"method": "Numbat method", "limits": "Bilby limits", "text": "kowari"} | facts
    return EvidenceDraft(
        speaks_from=day_of(at) - timedelta(90),
        speaks_to=day_of(at),
        reliability=Reliability.HIGH,
        classification=EvidenceClass(classification),
        content=content,
        filename="olingo.txt",
        **told,
    )


@pytest.fixture
def offer(lamp, cast, at):
    def make(classification, *, by="owner", recommendation=ONE, **facts):
        return work.offer_evidence(
            recommendation=recommendation,
            title="Quokka count",
            draft=_draft(at, classification, **facts),
            shows="Dunnart shows",
            by=cast[by],
            at=at,
        )

    return make


@pytest.mark.parametrize("classification", CLEARED)
@pytest.mark.parametrize("name", EVERY)
def test_only_those_cleared_see_or_find_evidence(classification, name, offer, cast, at, signed_in):
    offer(classification)
    client = signed_in(name)
    cleared = name in CLEARED[classification]
    for address in (PAGE, f"{PAGE}history/"):
        text = client.get(address).content.decode()
        assert ("Quokka" in text) == cleared
        assert cleared or not [word for word in WORDS if word in text]
    for word in ("quokka", "numbat", "bilby", "dunnart", "kowari"):
        found = client.get("/recommendations/", {"words": word}).context["page"].total
        assert bool(found) == cleared, word
        sheet = client.get("/register.csv", {"words": word}).content.decode("utf-8-sig")
        assert (ONE in sheet) == cleared, word


def test_a_page_says_that_something_is_kept_back_and_not_what(offer, signed_in):
    offer("restricted")
    text = signed_in("monitor").get(PAGE).content.decode()
    assert "1 piece of evidence is not shown" in text
    assert "of evidence that your roles are not cleared for" in (
        signed_in("monitor").get(f"{PAGE}history/").content.decode()
    )


def test_the_exported_ledger_holds_no_words_of_evidence(offer, cast, at):
    offered = offer("restricted")
    key = {"evidence": offered.ref, "at": at}
    work.review_evidence(verb="return", reason="Potoroo reason", by=cast["panel"], **key)
    work.revise_evidence(draft=_draft(at, "restricted"), by=cast["owner"], **key)
    work.withdraw_evidence(reason="Wambenger reason", by=cast["owner"], **key)
    text = b"".join(render_export()).decode()
    assert offered.versions.first().sha256 in text
    assert not [word for word in (*WORDS, "Potoroo", "Wambenger") if word in text]


def test_a_stricter_version_guards_what_was_open_before(offer, cast, at, signed_in):
    offered = offer("public")
    assert "Quokka" in signed_in("monitor").get(PAGE).content.decode()
    stricter = _draft(at, "restricted", content=b"again")
    work.revise_evidence(evidence=offered.ref, draft=stricter, by=cast["owner"], at=at)
    client = signed_in("monitor")
    for address in (PAGE, f"{PAGE}history/"):
        assert not [word for word in WORDS if word in client.get(address).content.decode()]
    for word in ("quokka", "kowari", "dunnart"):
        assert client.get("/recommendations/", {"words": word}).context["page"].total == 0
    yesterday = (day_of(at)).isoformat()
    past = client.get(PAGE, {"as_of": yesterday}).content.decode()
    assert "Quokka" not in past, "what may be seen is a question of today"


def test_a_public_version_opens_nothing_of_the_restricted_one_before_it(offer, cast, at, member):
    offered = offer("restricted")
    twin = _draft(at, "public", content=b"redacted", method="Redacted", limits="", text="")
    work.revise_evidence(evidence=offered.ref, draft=twin, by=cast["owner"], at=at)
    now, actor = AsOf.now(at), get_actor(member, at=at)
    item = get_item(ONE, as_of=now)
    [row] = list_shown_evidence(as_of=now, item=item, actor=actor).rows
    assert [version.number for version in row.versions] == [2]
    lines = list_item_history(as_of=now, item=item, actor=actor)
    kinds = {line.event.kind: line.withheld for line in lines}
    assert kinds["evidence.offered"]
    assert not kinds["evidence.revised"]
    assert list_items(Filter(words="numbat"), as_of=now, actor=actor) == []


def test_who_is_not_cleared_can_neither_revise_nor_use_nor_withdraw(offer, cast, admin, at):
    offered = offer("restricted")
    scope = Scope(ScopeKind.INQUIRY, "lamp")
    grant_role(person=cast["commander"].subject, role=Role.ANALYST, scope=scope, by=admin, at=at)
    key = {"evidence": offered.ref, "at": at}
    for name in ("analyst", "commander"):
        who = {"by": cast[name]}
        with pytest.raises(Refused, match="not cleared"):
            work.revise_evidence(draft=_draft(at, "public"), **who, **key)
        with pytest.raises(Refused, match="not cleared"):
            work.use_evidence(recommendation=TWO, **who, **key)
        with pytest.raises(Refused, match="not cleared"):
            work.withdraw_evidence(reason="x", **who, **key)


def test_who_offered_restricted_evidence_sees_it_on_the_page(offer, signed_in):
    offer("restricted", by="analyst")
    assert "Quokka" in signed_in("analyst").get(PAGE).content.decode()
    assert "Quokka" not in signed_in("member").get(PAGE).content.decode()


def test_evidence_used_for_another_item_finds_that_item_too(offer, cast, at, signed_in):
    offered = offer("internal")
    work.use_evidence(
        evidence=offered.ref, recommendation=TWO, shows="Phascogale", by=cast["secretariat"], at=at
    )
    client = signed_in("member")

    def found(word):
        return [
            row.ref for row in client.get("/recommendations/", {"words": word}).context["page"].rows
        ]

    assert found("kowari") == found("quokka") == [ONE, TWO]
    assert found("phascogale") == [TWO]
    hidden = signed_in("monitor").get("/recommendations/", {"words": "kowari"})
    assert hidden.context["page"].total == 0


def test_withdrawn_evidence_is_used_for_nothing_more(offer, cast, at):
    offered = offer("internal")
    work.withdraw_evidence(evidence=offered.ref, reason="Wrong", by=cast["owner"], at=at)
    with pytest.raises(Refused, match="withdrawn"):
        work.use_evidence(evidence=offered.ref, recommendation=TWO, by=cast["secretariat"], at=at)


def test_an_administrator_finds_no_evidence_in_the_tables(offer, signed_in):
    offer("restricted")
    client = signed_in(ADMINISTRATOR)
    for table in ("work/evidence", "work/evidenceversion", "work/evidenceuse", "search/passage"):
        assert client.get(f"/admin/{table}/").status_code == 404
