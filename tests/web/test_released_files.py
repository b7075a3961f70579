"""Public twins of evidence, released with their recommendation: bytes, notices, nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from evenhand.accountability.exceptions import ExceptionKind
from evenhand.accountability.remnants import Step
from evenhand.core import UsageProblem
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import services as judgement
from evenhand.web.judgement.queries import list_redactions
from evenhand.web.judgement.twins import Twin, load_twin
from evenhand.web.ledger.models import Event
from evenhand.web.register.queries import get_item
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.gathering import Asked, gather, view_at
from evenhand.web.releases.kept import SHELF
from evenhand.web.releases.queries.frozen import get_record, get_release
from evenhand.web.releases.services import approve_release, propose_release, withdraw_release
from evenhand.web.remnants.queries import list_remnants
from evenhand.web.work import services as work
from evenhand.web.work.choices import ErasureGround, EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.queries import list_item_exceptions

from .publishing import list_addresses, make_publisher

ONE = "lamp-2020/1"
PRIVATE = b"CANARY of a private file: who attended, and where they live.\n"
PUBLIC = b"How many attended, by month.\n"
PDF = b"%PDF-1.7\n%made up\n"


@pytest.fixture(autouse=True)
def _fresh_shelf():
    """Pages of another test’s database are not kept."""
    SHELF.__init__()  # type: ignore[misc]


@pytest.fixture
def publish(lamp, keeper, member, at):
    return make_publisher(keeper, member, at)


@pytest.fixture
def shown(lamp, owner, at) -> str:
    """A restricted file, offered as evidence."""
    draft = EvidenceDraft(
        speaks_from=day_of(at) - timedelta(90),
        speaks_to=day_of(at) - timedelta(10),
        method="Counted by CANARY.",
        reliability=Reliability.HIGH,
        classification=EvidenceClass.RESTRICTED,
        content=PRIVATE,
        filename="CANARY-list.txt",
        media_type="text/plain",
    )
    then = at - timedelta(5)
    return work.offer_evidence(
        recommendation=ONE, title="Of CANARY", draft=draft, by=owner, at=then
    ).ref


@pytest.fixture
def make_twin(shown, analyst, keeper, at):
    def run(
        content=PUBLIC, filename="CANARY-twin.txt", *, at=at - timedelta(4), passed=True
    ) -> str:
        twin = Twin(content, filename, "text/plain", "Who attended.")
        ref = judgement.prepare_redaction(evidence=shown, twin=twin, by=analyst, at=at)
        if passed:
            judgement.review_redaction(redaction=ref, verb="pass", by=keeper, at=at)
        return ref

    return run


def attached(at):
    view = view_at(at)
    rows = [each.row for each in gather(Asked(recommendations=(ONE,)), as_of=view)]
    return list_attached(rows, as_of=view)


def asked(at):
    files = frozenset(each.id for each in attached(at) if not each.why_not)
    return Asked(publications=("lamp-2020",), files=files)


def address_of() -> str:
    [told] = get_record(ONE).read()["files"]
    return reverse("public:file", args=[ONE, told["name"]])


def test_the_public_gets_the_bytes_of_a_twin_and_never_the_private_file(make_twin, publish, at):
    make_twin()
    publish(asked=asked(at))
    client = Client()
    page = client.get(reverse("public:record", args=[ONE])).content.decode()
    assert address_of() in page
    assert "Plain text, 29\xa0bytes" in page
    assert "Who attended." in page
    file = client.get(address_of())
    assert file.content == PUBLIC
    assert file.headers["Content-Disposition"].startswith('attachment; filename="lamp-2020-1-')
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    served = [client.get(each) for each in list_addresses()]
    whole = b"".join(each.content + str(each.headers).encode() for each in served)
    assert b"CANARY" not in whole
    private = hashlib.sha256(PRIVATE).hexdigest()
    assert private.encode() not in whole
    for guess in (
        private,
        f"lamp-2020-1-{private[:12]}.txt",
        "CANARY-list.txt",
        "../CANARY-list.txt",
    ):
        found = client.get(f"/public/recommendations/{ONE}/files/{guess}", follow=True)
        assert found.status_code == 404


def test_a_file_is_in_the_manifest_and_in_the_open_data_with_its_hash(make_twin, publish, at):
    make_twin()
    publish(asked=asked(at))
    digest, name = hashlib.sha256(PUBLIC).hexdigest(), address_of().rpartition("/")[2]
    assert f"{digest}  {ONE}/files/{name}\n" in get_release(1).manifest
    rows = list(csv.DictReader(io.StringIO(Client().get("/public/files.csv").content.decode())))
    assert [(row["address"], row["name"], row["sha256"]) for row in rows] == [(ONE, name, digest)]


def test_a_twin_goes_out_only_where_two_people_chose_it(make_twin, publish):
    make_twin()
    publish()
    assert get_record(ONE).read()["files"] == []
    assert (
        "Evidence: public versions"
        not in Client().get(reverse("public:record", args=[ONE])).content.decode()
    )


def test_a_twin_that_nobody_passed_is_not_offered(make_twin, at):
    make_twin(passed=False)
    assert attached(at) == []


@pytest.mark.parametrize(
    ("content", "filename", "why"),
    [
        (b"<!doctype html><html><body>x</body></html>", "a.html", "Only PDF"),
        (b"MZ\x90\x00program", "a.exe", "a program"),
        (b"plain words", "a.pdf", "PDF"),
    ],
)
def test_a_kind_that_can_hide_words_is_named_and_cannot_go_out(
    make_twin, publish, at, content, filename, why
):
    make_twin(content, filename)
    [found] = attached(at)
    assert why in found.why_not
    with pytest.raises(UsageProblem, match="may not go out"):
        publish(asked=Asked(recommendations=(ONE,), files=frozenset({found.id})))


def test_a_twin_that_is_somebody_elses_private_file_cannot_go_out(make_twin, owner, at, publish):
    make_twin()
    draft = EvidenceDraft(
        day_of(at) - timedelta(9), day_of(at), "Kept.", Reliability.LOW, EvidenceClass.INTERNAL,
        content=PUBLIC, filename="b.txt", media_type="text/plain",
    )  # fmt: skip
    chosen = asked(at)
    work.offer_evidence(recommendation=ONE, title="Other", draft=draft, by=owner, at=at)
    assert "not public" in attached(at + timedelta(1))[0].why_not
    with pytest.raises(UsageProblem, match="may not go out"):
        publish(asked=chosen, at=at + timedelta(1))


def test_a_twin_withdrawn_between_proposal_and_decision_stays_inside(
    make_twin, keeper, member, analyst, at
):
    ref = make_twin()
    said = {"title": "t", "statement": "s", "reasons": "r"}
    proposal = propose_release(asked=asked(at), by=keeper, at=at, **said)
    judgement.withdraw_redaction(
        redaction=ref, reason="A name was left in.", by=keeper, at=at + timedelta(hours=1)
    )
    with pytest.raises(UsageProblem, match="may not go out"):
        approve_release(release=proposal, by=member, at=at + timedelta(hours=2))


def test_a_twin_withdrawn_after_its_release_is_owed_until_the_public_has_it_no_more(
    make_twin, publish, keeper, at
):
    ref, later = make_twin(), at + timedelta(1)
    publish(asked=asked(at))
    reason = {"reason": "A name was left in.", "by": keeper, "at": later}
    judgement.withdraw_redaction(redaction=ref, **reason)
    [row] = list_remnants(as_of=AsOf.now(later))
    assert (row.step, row.address) == (Step.WITHDRAW, ONE)
    item = get_item(ONE, as_of=AsOf.now(later))
    found = list_item_exceptions([item], as_of=AsOf.now(later))
    assert found[0].kind is ExceptionKind.ERASED_PUBLIC
    publish(at=later + timedelta(1), statement="Without it.")
    [row] = list_remnants(as_of=AsOf.now(later + timedelta(2)))
    assert row.step is Step.ERASE


def test_withdrawal_leaves_a_notice_at_the_file_as_well(make_twin, publish, keeper, at):
    make_twin()
    ref = publish(asked=asked(at))
    address = address_of()
    withdraw_release(release=ref, reason="It named a street.", by=keeper, at=at + timedelta(1))
    gone = Client().get(address)
    assert gone.status_code == 410
    assert "It named a street." in gone.content.decode()
    assert PUBLIC not in gone.content
    assert "Content-Disposition" not in gone.headers


def test_a_release_without_the_file_leaves_a_notice_and_one_with_it_brings_it_back(
    make_twin, publish, at
):
    make_twin()
    publish(asked=asked(at))
    address, client = address_of(), Client()
    publish(at=at + timedelta(1), statement="Without.")
    gone = client.get(address)
    assert gone.status_code == 410
    assert "no longer holds it" in gone.content.decode()
    publish(asked=asked(at + timedelta(2)), at=at + timedelta(2), statement="Again.")
    assert client.get(address).content == PUBLIC


def test_erasing_a_release_erases_its_files_and_erasing_a_twin_erases_its_bytes(
    make_twin, publish, admin, at, django_capture_on_commit_callbacks
):
    make_twin()
    publish(asked=asked(at))
    address, digest = address_of(), hashlib.sha256(PUBLIC).hexdigest()
    prepared = Event.objects.get(kind="redaction.prepared").sequence
    with django_capture_on_commit_callbacks(execute=True):
        for event in (prepared, get_release(1).event):
            work.erase_words(event=event, ground=ErasureGround.ASKED, by=admin, at=at)
    gone = Client().get(address)
    assert gone.status_code == 410
    assert "the law required to be erased" in gone.content.decode()
    with pytest.raises(Exception, match="not in its place"):
        load_twin(digest)
    [row] = list_redactions(as_of=AsOf.now(at))
    assert row.left_out.startswith("[erased")


def test_the_database_refuses_to_change_a_released_file(make_twin, publish, at):
    make_twin()
    publish(asked=asked(at))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE releases_frozenfile SET content = 'b3RoZXI='")


def test_the_form_offers_a_twin_and_shows_the_second_person_what_goes_out(
    make_twin, signed_in, at, monkeypatch
):
    make_twin()
    make_twin(b"<!doctype html><html><body>x</body></html>", "a.html")
    client = signed_in("secretariat")
    fields = {"title": "T", "statement": "S", "reasons": "R", "recommendations": ONE}
    looked = client.post(reverse("releases:propose"), fields)
    page = looked.content.decode()
    assert page.count('name="attached"') == 1
    assert "a.html</strong> cannot be published" in page
    [chosen] = [each.id for each, _ in looked.context["attached"] if not each.why_not]
    done = client.post(
        reverse("releases:propose"), fields | {"attached": [chosen], "propose": "1"}, follow=True
    )
    told = done.content.decode()
    assert "Proposed." in told
    assert "Who attended." in told
    assert reverse("judgement:twin-file", args=[looked.context["attached"][1][0].twin]) in told
    decider = signed_in("member")
    twin = decider.get(reverse("judgement:twin-file", args=[looked.context["attached"][1][0].twin]))
    assert twin.content == PUBLIC
