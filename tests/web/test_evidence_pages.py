"""Pages of evidence: offer, version, use, review, withdraw, download; what is refused and how."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from evenhand.accountability.roles import Role
from evenhand.datasets.papers import limits, sniff
from evenhand.web.accounts.services import grant_role
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.queries import get_head
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.queries import list_evidence
from evenhand.web.work.uploads import NAME_LENGTH, read_upload

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
OFFER = f"/recommendations/{ONE}/evidence/"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def _file(content=b"Forty of fifty sergeants.", name="count.txt"):
    return SimpleUploadedFile(name, content)


def _sent(at, **changes):
    day = day_of(at)
    sent = {
        "title": "Count of sergeants",
        "shows": "How many were trained",
        "file": _file(),
        "speaks_from": (day - timedelta(90)).isoformat(),
        "speaks_to": day.isoformat(),
        "method": "All records counted",
        "limits": "Two stations missing",
        "reliability": "high",
        "classification": "internal",
    }
    return {key: value for key, value in (sent | changes).items() if value is not None}


@pytest.fixture
def row(at):
    def read(place=0):
        return list_evidence(as_of=AsOf.now(at + timedelta(1)))[place]

    return read


@pytest.fixture
def offered(lamp, signed_in, at, row):
    assert signed_in("owner").post(OFFER, _sent(at)).status_code == 302
    return f"/evidence/{row().ref}/"


def test_an_offered_file_is_kept_under_its_hash_and_found_by_its_words(offered, row, signed_in):
    version = row().latest
    content = b"Forty of fifty sergeants."
    assert version.sha256 == hashlib.sha256(content).hexdigest()
    assert (version.filename, version.media_type) == ("count.txt", "text/plain")
    page = signed_in("member").get(offered).content.decode()
    for told in ("Count of sergeants", "Two stations missing", version.sha256, "Internal"):
        assert told in page
    found = signed_in("member").get("/recommendations/", {"words": "forty sergeants"})
    assert [each.ref for each in found.context["page"].rows] == [ONE]
    item = signed_in("member").get(f"/recommendations/{ONE}/").content.decode()
    assert offered in item


def test_a_download_is_an_attachment_whose_hash_was_checked(offered, signed_in):
    response = signed_in("member").get(f"{offered}file/1/")
    assert response.content == b"Forty of fifty sergeants."
    assert response["Content-Disposition"] == 'attachment; filename="count.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    digest = base64.b64encode(hashlib.sha256(response.content).digest()).decode()
    assert response["Repr-Digest"] == f"sha-256=:{digest}:"


def test_a_file_changed_on_disk_is_not_handed_out(offered, row, signed_in, settings):
    digest = row().latest.sha256
    (settings.HOME.evidence / digest[:2] / digest).write_bytes(b"other")
    response = signed_in("member").get(f"{offered}file/1/")
    assert response.status_code == 400
    assert "not what was offered" in response.content.decode()


def test_a_web_page_is_handed_out_as_plain_text(lamp, signed_in, at, row):
    page = _file(b"<!doctype html><html><body><script>1</script>Told</body></html>", "told.html")
    assert signed_in("owner").post(OFFER, _sent(at, file=page)).status_code == 302
    response = signed_in("member").get(f"/evidence/{row().ref}/file/1/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")


def test_a_link_is_evidence_too_and_has_no_file(lamp, signed_in, at, row):
    sent = _sent(at, file=None, address="https://a.example/count")
    assert signed_in("owner").post(OFFER, sent).status_code == 302
    assert (row().latest.address, row().latest.sha256) == ("https://a.example/count", "")
    assert signed_in("member").get(f"/evidence/{row().ref}/file/1/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"file": None}, "Choose a file or give a link"),
        ({"address": "https://a.example/x"}, "one of the two"),
        ({"file": None, "address": "javascript:alert(1)"}, "valid URL"),
        ({"speaks_to": "2019-01-01"}, "ends before it begins"),
        ({"speaks_to": "2030-01-01"}, "in the future"),
        ({"method": " "}, "in a few words"),
        ({"title": ""}, "in a few words"),
        ({"classification": "secret"}, "choose again"),
        ({"file": _file(b"", "empty.txt")}, "empty"),
        ({"file": _file(b"%PDF-1.4 nothing", "count.txt")}, "its content is a PDF"),
        ({"file": _file(b"%PDF-1.4 nothing", "count.pdf")}, "damaged"),
        ({"file": _file(PNG, "count.pdf")}, "Its content is a picture"),
        ({"file": _file(b"text", "count.png")}, "its content is not"),
        ({"file": _file(b"MZ\x90 program", "count.exe")}, "a program"),
        ({"file": _file(b"PK\x03\x04", "count.docm")}, "macros"),
        ({"file": _file(b"text", "count.xyz")}, "not one that is read"),
    ],
)
def test_what_is_not_right_is_told_on_the_form_and_nothing_is_saved(
    changes, told, lamp, signed_in, at
):
    size = get_head().size
    response = signed_in("owner").post(OFFER, _sent(at, **changes))
    text = response.content.decode()
    assert response.status_code == 422
    assert told.lower() in text.lower()
    assert "Nothing was saved" in text
    assert get_head().size == size


def test_a_file_that_is_too_large_is_refused_unread(lamp, signed_in, at, monkeypatch):
    monkeypatch.setattr(sniff, "MAX_PAPER_BYTES", 100)
    assert limits.MAX_PAPER_BYTES > 100
    response = signed_in("owner").post(OFFER, _sent(at, file=_file(b"x" * 101)))
    assert response.status_code == 422
    assert "papers of up to" in response.content.decode()


def test_a_picture_and_a_word_file_are_taken_for_what_they_are(tmp_path):
    assert read_upload(_file(PNG, "a.png")).media_type == "image/png"
    document = Document()
    document.add_paragraph("Forty were trained.")
    document.save(tmp_path / "a.docx")
    upload = read_upload(_file((tmp_path / "a.docx").read_bytes(), "a.docx"))
    assert "wordprocessingml" in upload.media_type
    assert "Forty were trained." in upload.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\papers\\count.txt", "count.txt"),
        ("../../etc/count.txt", "count.txt"),
        ("co\r\nunt.txt", "count.txt"),
        ("x" * 300 + ".txt", "x" * (NAME_LENGTH - 4) + ".txt"),
    ],
)
def test_a_file_name_is_a_name_and_nothing_else(given, kept):
    file = _file()
    file._name = given
    assert read_upload(file).filename == kept


def test_a_new_version_stands_beside_the_first_and_is_reviewed_anew(offered, row, signed_in, at):
    panel, owner = signed_in("panel"), signed_in("owner")
    seen = panel.get(f"{offered}review/").context["version"]
    sent = {"verb": "accept", "reason": "", "seen": seen}
    assert panel.post(f"{offered}review/", sent).status_code == 302
    assert row().state == "accepted"
    again = _sent(at, file=_file(b"Fifty of fifty."), title=None, shows=None)
    assert owner.post(f"{offered}version/", again).status_code == 302
    assert (row().state, [each.number for each in row().versions]) == ("offered", [1, 2])
    page = owner.get(offered).content.decode()
    assert page.index("Version 2") < page.index("Version 1")


def test_the_second_reviewer_sees_what_the_first_decided(offered, signed_in, row):
    first, second = signed_in("panel"), signed_in("secretariat")
    seen = second.get(f"{offered}review/").context["version"]
    first.post(f"{offered}review/", {"verb": "return", "reason": "Too few", "seen": seen})
    late = second.post(f"{offered}review/", {"verb": "accept", "reason": "Fine", "seen": seen})
    text = late.content.decode()
    assert late.status_code == 409
    assert "Too few" in text
    assert "Fine" in text, "what was typed is kept"
    assert row().state == "returned"
    newer = late.context["version"]
    retry = second.post(f"{offered}review/", {"verb": "accept", "reason": "", "seen": newer})
    assert retry.status_code == 403, "the state no longer allows it, and the page says so"


def test_sending_evidence_back_needs_a_reason(offered, signed_in, row):
    response = signed_in("panel").post(f"{offered}review/", {"verb": "return", "reason": " "})
    assert response.status_code == 422
    assert "Say what would have to be different" in response.content.decode()
    assert row().state == "offered"


def test_an_owner_does_not_review_and_a_member_does_not_offer(offered, cast, admin, at, signed_in):
    grant_role(person=cast["owner"].subject, role=Role.PANEL_MEMBER, by=admin, at=at)
    assert signed_in("owner").post(f"{offered}review/", {"verb": "accept"}).status_code == 403
    assert "Review it" not in signed_in("owner").get(offered).content.decode()
    size = get_head().size
    for page in (OFFER, f"{offered}version/", f"{offered}withdraw/", f"{offered}use/"):
        assert signed_in("member").post(page, _sent(at)).status_code == 403
    assert get_head().size == size


def test_evidence_is_used_for_another_item_with_what_it_shows_there(offered, signed_in, row):
    keeper = signed_in("secretariat")
    form = keeper.get(f"{offered}use/").content.decode()
    assert f'value="{TWO}"' in form
    assert f'value="{ONE}"' not in form, "it is used there already"
    sent = {"recommendation": TWO, "shows": "Half of it"}
    assert keeper.post(f"{offered}use/", sent).status_code == 302
    assert [ref for ref, _ in row().uses] == [ONE, TWO]
    assert "Half of it" in keeper.get(offered).content.decode()
    other = keeper.get(f"/recommendations/{TWO}/").content.decode()
    assert "Count of sergeants" in other


def test_withdrawing_is_asked_twice_and_is_for_good(offered, signed_in, row):
    owner = signed_in("owner")
    unsure = owner.post(f"{offered}withdraw/", {"reason": "Counted twice"})
    assert unsure.status_code == 422
    assert row().state == "offered"
    owner.post(f"{offered}withdraw/", {"reason": "Counted twice", "confirm": "on"})
    assert row().state == "withdrawn"
    page = owner.get(offered).content.decode()
    assert "Counted twice" in page
    for link in ("version/", "use/", "review/", "withdraw/"):
        assert f'href="{offered}{link}"' not in page


def test_a_past_day_shows_the_versions_of_that_day_and_offers_nothing(lamp, cast, signed_in, at):
    def draft(content):
        return EvidenceDraft(
            at.date(), at.date(), "Counted", Reliability.LOW, EvidenceClass.PUBLIC,
            content=content, filename="a.txt", media_type="text/plain",
        )  # fmt: skip

    key = {"by": cast["owner"]}
    made = work.offer_evidence(recommendation=ONE, title="C", draft=draft(b"1"), at=at, **key)
    later = at + timedelta(10)
    work.revise_evidence(evidence=made.ref, draft=draft(b"2"), at=later, **key)
    page, client = f"/evidence/{made.ref}/", signed_in("owner")
    then = {"as_of": day_of(at + timedelta(5)).isoformat()}
    past = client.get(page, then).content.decode()
    assert "Version 1" in past
    assert "Version 2" not in past
    assert f'href="{page}version/"' not in past
    assert client.get(f"{page}file/2/", then).status_code == 404
    assert f'href="{page}version/"' in client.get(page).content.decode()
    assert client.get(page, {"as_of": "2020-03-01"}).status_code == 404
