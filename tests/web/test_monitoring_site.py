"""The monitoring site inside the register: its files, to whoever may enter, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evenhand.publication.swap import FORMAT, MANIFEST
from evenhand.web.home import Home
from evenhand.web.monitoring import making
from evenhand.web.monitoring.making import make_demo_site

PAGE = "<!doctype html><title>Findings</title>"


@pytest.fixture
def site(settings) -> Path:
    """A site of two pages, a file, and things that a site of ours never holds."""
    folder = settings.HOME.site
    (folder / "services" / "north").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "services" / "north" / "index.html").write_text("North")
    (folder / "findings.csv").write_text("a,b\n")
    (folder / ".hidden.html").write_text("hidden")
    (folder / "odd.sqlite3").write_text("odd")
    (folder / "out.html").symlink_to(settings.HOME.secret_key)
    (folder / MANIFEST).write_text(json.dumps({"format": FORMAT}))
    return folder


def test_a_page_and_a_file_are_shown_as_they_were_written(site, cast, signed_in):
    client = signed_in("member")
    front = client.get("/monitoring/")
    assert front.content.decode() == PAGE
    assert front["Content-Type"] == "text/html; charset=utf-8"
    assert client.get("/monitoring/findings.csv")["Content-Type"].startswith("text/csv")
    inner = client.get("/monitoring/services/north/")
    assert inner.content == b"North"


def test_a_page_may_run_nothing_and_load_only_what_is_beside_it(site, cast, signed_in):
    policy = signed_in("member").get("/monitoring/")["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy


def test_a_folder_without_its_slash_leads_to_the_page_so_that_its_links_hold(site, cast, signed_in):
    found = signed_in("member").get("/monitoring/services/north")
    assert (found.status_code, found["Location"]) == (302, "/monitoring/services/north/")


@pytest.mark.parametrize(
    "address",
    [
        "../session.key", "%2e%2e/session.key", "services/../../session.key", "/etc/passwd",
        "..%2fledger.key", ".hidden.html", "odd.sqlite3", "out.html", "services/", "nowhere.html",
        "a%00.html", "x" * 5000 + ".html", "services/north/..", "index.html/more",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_can_be_reached(site, cast, signed_in, address):
    assert signed_in("admin").get(f"/monitoring/{address}").status_code == 404


def test_a_visitor_sees_no_page_of_it(site, cast, signed_in):
    for address in ("", "findings.csv", "nowhere"):
        found = signed_in(None).get(f"/monitoring/{address}")
        assert found["Location"].startswith("/accounts/sign-in/?next="), address


def test_where_nothing_was_measured_a_page_says_how(cast, signed_in):
    client = signed_in("member")
    assert "evenhand measure" in client.get("/monitoring/").content.decode()
    assert client.get("/monitoring/findings.csv").status_code == 404


@pytest.mark.slow
def test_the_demo_measures_a_made_up_service_once_and_says_how_it_goes(tmp_path, capsys):
    home = Home(tmp_path / "home")
    home.prepare()
    made = make_demo_site(home)
    assert made is not None
    assert made.run.findings.table.rows()
    assert "synthetic" in (home.site / "index.html").read_text()
    said = capsys.readouterr().err
    assert "made-up" in said
    assert "measuring" in said
    assert make_demo_site(home) is None


def test_a_site_that_cannot_be_made_says_why_and_stops_nothing(tmp_path, capsys, monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "demonstrate", full)
    assert make_demo_site(Home(tmp_path)) is None
    assert "No space left" in capsys.readouterr().err
