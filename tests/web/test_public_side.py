"""The public side: frozen copies for anybody, nothing private in any byte, notices where gone."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import json
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import evenhand.web
from evenhand.web.register import services as register
from evenhand.web.releases.allowlist import PARTS, STATUS
from evenhand.web.releases.choices import ASPECTS
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at
from evenhand.web.releases.kept import SHELF, Kept, Shelf
from evenhand.web.releases.queries.frozen import get_release, list_records
from evenhand.web.releases.services import withdraw_release
from evenhand.web.work import services as work
from evenhand.web.work.choices import ErasureGround

from .publishing import list_addresses, make_publisher

ONE, TWO, SPLIT, PART = "lamp-2020/1", "lamp-2020/2", "lamp-2020/3", "lamp-2020/3/a"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _fresh_shelf():
    """Pages of another test’s database are not kept."""
    SHELF.__init__()  # type: ignore[misc]


@pytest.fixture
def publish(lamp, keeper, member, at):
    return make_publisher(keeper, member, at)


def test_a_visitor_leaves_no_session_and_is_shown_no_account(publish, signed_in):
    publish()
    for client in (Client(), signed_in("secretariat")):
        response = client.get("/public/")
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert b"Sign out" not in response.content


def test_the_public_side_reads_two_tables_and_no_other(publish, signed_in):
    publish()
    addresses = list_addresses()
    client = signed_in("secretariat")
    SHELF.__init__()  # type: ignore[misc]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for address in addresses:
            client.get(address)
    assert len(asked) > len(addresses)
    for query in asked:
        touched = {word.strip('"') for word in query["sql"].split() if word.startswith('"')}
        tables = {word for word in touched if "_" in word and "." not in word}
        allowed = ("releases_frozenrelease", "releases_frozenrecord")
        assert all(name.startswith(allowed) or name not in TABLES for name in tables), query["sql"]


TABLES = frozenset(
    name for name in connection.introspection.django_table_names() if "frozen" not in name
)


WEB = Path(evenhand.web.__file__).parent
ENTRANCES = ("views/public", "serving", "public_urls", "files", "feeds", "whole", "kept")


def _modules_behind(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("evenhand.web.")}


def _file_of(module: str) -> Path | None:
    path = WEB.joinpath(*module.split(".")[2:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.exists():
            return candidate
    return None


def test_no_module_of_the_public_side_reaches_the_live_register():
    waiting = [WEB / "releases" / f"{name}.py" for name in ENTRANCES]
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for module in _modules_behind(path):
            assert not module.startswith(("evenhand.web.register", "evenhand.web.work")), path
            behind = _file_of(module)
            if behind is not None:
                waiting.append(behind)
    assert len(seen) > 8


def test_every_aspect_of_the_status_has_a_name_for_readers():
    assert set(STATUS) == set(ASPECTS)
    assert {"status", "wording", "words"} <= set(PARTS)


def test_a_page_is_made_once_a_release_and_asked_for_again_by_its_version(publish, at):
    publish()
    client = Client()
    address = reverse("public:record", args=[ONE])
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).content == first.content
    assert len(asked) == 1
    version = first.headers["ETag"]
    unchanged = client.get(address, headers={"if-none-match": version})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    publish(at=at + timedelta(1), statement="Again.")
    later = client.get(address, headers={"if-none-match": version})
    assert later.status_code == 200
    assert later.headers["ETag"] != version


def test_a_story_is_told_in_words_with_the_log_of_what_changed(publish, keeper, at):
    publish()
    register.set_due_date(
        recommendation=ONE, due_on=date(2027, 1, 1), by=keeper, at=at + timedelta(1)
    )
    publish(at=at + timedelta(2), statement="A date was agreed.")
    page = Client().get(reverse("public:record", args=[ONE])).content.decode()
    assert "Lamp Inquiry recommended this in “Lamp report”, published on 3 February 2020." in page
    assert "It is due by 1 January 2027." in page
    assert "A date was agreed." in page
    assert page.index('id="release-2"') < page.index('id="release-1"')


def test_a_withdrawn_page_is_gone_with_its_reason_and_date(publish, keeper, at):
    ref = publish()
    withdraw_release(release=ref, reason="It named a street.", by=keeper, at=at + timedelta(1))
    client = Client()
    response = client.get(reverse("public:record", args=[ONE]))
    page = response.content.decode()
    assert response.status_code == 410
    assert "It named a street." in page
    assert "3 March 2026" in page
    assert client.get(reverse("public:record-json", args=[ONE])).status_code == 410
    gone = client.get(reverse("public:release", args=[1]))
    assert gone.status_code == 410
    assert "First." not in gone.content.decode()
    assert "First." not in client.get("/public/changes/").content.decode()
    assert "First." not in client.get("/public/feed.atom").content.decode()


def test_words_erased_by_law_leave_the_public_side_with_the_copies_that_held_them(
    lamp, publish, owner, keeper, member, admin, at
):
    words = work.post_update(
        recommendation=ONE, as_at=date(2026, 3, 1), progress="CANARY", by=owner, at=at
    )
    later = at + timedelta(1)
    view = view_at(later)
    rows = [each.row for each in gather(Asked(recommendations=(ONE,)), as_of=view)]
    [chosen] = [each.id for each in list_words(rows, as_of=view) if each.text == "CANARY"]
    publish(asked=Asked(recommendations=(ONE,), words=frozenset({chosen})), at=later)
    client, page = Client(), reverse("public:record", args=[ONE])
    assert "CANARY" in client.get(page).content.decode()
    released = get_release(1).event
    for event in (words.event_id, released):
        work.erase_words(event=event, ground=ErasureGround.values[0], by=admin, at=later)
    gone = client.get(page)
    assert gone.status_code == 410
    assert "the law required to be erased" in gone.content.decode()
    assert b"CANARY" not in b"".join(client.get(each).content for each in list_addresses())
    again = at + timedelta(2)
    publish(asked=Asked(recommendations=(ONE,)), at=again)
    assert client.get(page).status_code == 200
    assert "CANARY" not in client.get(page).content.decode()


def test_before_the_first_release_the_public_side_says_so(lamp):
    client = Client()
    assert "Nothing has been released yet" in client.get("/public/").content.decode()
    assert client.get("/public/changes/").status_code == 200
    ElementTree.fromstring(client.get("/public/feed.atom").content)
    for address in ("/public/recommendations.csv", "/public/everything.json"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "recommendations/lamp-2020/99/",
        "recommendations/lamp-2020/99/record.json",
        "inquiries/none/",
        "inquiries/none/feed.atom",
        "releases/99/",
        "releases/99/manifest.txt",
        "passwords.csv",
        "nothing/",
    ],
)
def test_an_address_that_is_not_public_is_absent_and_asks_nobody_to_sign_in(publish, address):
    publish()
    assert Client().get(f"/public/{address}").status_code == 404


def test_the_public_side_takes_no_orders(publish):
    publish()
    client = Client()
    assert client.post("/public/").status_code == 405
    assert client.head("/public/").status_code == 200


def test_a_json_copy_has_the_hash_that_the_manifest_lists(publish):
    publish()
    client = Client()
    listed = client.get(reverse("public:manifest", args=[1])).content.decode()
    body = client.get(reverse("public:record-json", args=[PART])).content
    assert f"{hashlib.sha256(body).hexdigest()}  {PART}\n" in listed


def test_the_table_is_open_data_that_its_description_fits(publish, tmp_path):
    import csvw

    publish()
    client = Client()
    for name in ("recommendations", "changes", "states", "levels-actioned"):
        (tmp_path / f"{name}.csv").write_bytes(client.get(f"/public/{name}.csv").content)
        path = tmp_path / f"{name}.csv-metadata.json"
        path.write_bytes(client.get(f"/public/{name}.csv-metadata.json").content)
        table = csvw.CSVW(str(path), validate=True)
        assert table.is_valid
    lines = list(csv.DictReader(io.StringIO((tmp_path / "recommendations.csv").read_text())))
    assert [line["address"] for line in lines] == [row.address for row in list_records()]
    assert lines[0]["responsible"] == "Learning and development"


def test_the_charts_count_what_is_public_with_words_and_a_table(publish, at, keeper):
    ref = publish()
    page = Client().get("/public/").content.decode()
    assert "Of 4 recommendations: 4 not started." in page
    assert page.count('role="img"') == page.count("<desc ") == 4
    assert page.count("The figures as a table") == 2
    states = list(csv.DictReader(io.StringIO(Client().get("/public/states.csv").content.decode())))
    assert sum(int(row["recommendations"]) for row in states) == 4
    withdraw_release(
        release=ref, reason="r", recommendations=[ONE], by=keeper, at=at + timedelta(1)
    )
    assert "Of 3 recommendations: 3 not started." in Client().get("/public/").content.decode()


def test_a_feed_names_each_change_once_and_for_good(publish, at, keeper):
    publish()
    register.set_due_date(
        recommendation=ONE, due_on=date(2027, 1, 1), by=keeper, at=at + timedelta(1)
    )
    publish(at=at + timedelta(2), statement="A date was agreed.")
    client = Client()
    for address in ("/public/feed.atom", "/public/inquiries/lamp/feed.atom"):
        feed = ElementTree.fromstring(client.get(address).content)
        entries = feed.findall(f"{ATOM}entry")
        names = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(names) == len(set(names)) == 6
        assert names[0] == f"http://testserver/public/recommendations/{ONE}/#release-2"
        assert "Due date: 2027-01-01." in (entries[0].findtext(f"{ATOM}summary") or "")
        moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert moments == sorted(moments, reverse=True)


def test_everything_is_one_json_file(publish, at, keeper):
    ref = publish()
    withdraw_release(
        release=ref, reason="r", recommendations=[ONE], by=keeper, at=at + timedelta(1)
    )
    found = json.loads(Client().get("/public/everything.json").content)
    assert [each["address"] for each in found["recommendations"]] == [
        TWO,
        SPLIT,
        PART,
        "lamp-2020/3/b",
    ]
    assert found["withdrawn"] == [{"address": ONE, "release": 2}]


def test_the_shelf_drops_what_was_not_asked_for_and_never_mixes_releases():
    shelf, made = Shelf(most_bytes=10), []

    def make(words: bytes):
        def run() -> Kept:
            made.append(words)
            return Kept(words, "text/plain")

        return run

    for address, words in (("a", b"1234"), ("b", b"5678"), ("a", b"1234"), ("c", b"9012")):
        assert shelf.get(address, release="1", make=make(words)).content == words
    assert made == [b"1234", b"5678", b"9012"]
    assert shelf.get("a", release="1", make=make(b"x")).content == b"1234"
    assert shelf.get("b", release="1", make=make(b"again")).content == b"again"
    assert shelf.get("a", release="2", make=make(b"new")).content == b"new"
    assert shelf.get("big", release="2", make=make(b"x" * 11)).content == b"x" * 11
    assert shelf.get("big", release="2", make=make(b"y")).content == b"y"
