"""A finished site is shown on this machine only, and nothing else is."""

from __future__ import annotations

import json
import socket
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from evenhand.cli import serve as room
from evenhand.core import UnreadableFile, UsageProblem


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "bare").mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"format": "evenhand-site/1"}))
    (folder / "index.html").write_text("<h1>Fairness</h1>")
    return folder


@pytest.fixture
def address(site: Path):
    server = room._listen(site, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_front_page_answers_with_a_policy_that_lets_nothing_in(address: str) -> None:
    with urllib.request.urlopen(f"{address}/") as answer:
        assert answer.read() == b"<h1>Fairness</h1>"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/bare/", "/absent.html", "/../secret", "/%2e%2e/secret"])
def test_what_is_not_a_page_of_the_site_is_not_found(address: str, site: Path, path: str) -> None:
    (site.parent / "secret").write_text("not for you")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}{path}")
    assert refused.value.code == 404
    refused.value.close()


def test_only_this_machine_is_listened_to(site: Path) -> None:
    with room._listen(site, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_port_in_use_is_named_with_what_to_do(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageProblem, match=rf"port {port} is already in use.*--port 0"):
            room.serve_site(site, port=port, announce=lambda _: None)


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("someone else’s page")
    with pytest.raises(UsageProblem, match="not a site made by evenhand"):
        room.serve_site(tmp_path, port=0, announce=lambda _: None)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such folder"):
        room.serve_site(tmp_path / "absent", port=0, announce=lambda _: None)


def test_the_command_prints_the_address_as_words_or_as_json(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: object, **_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(room._Server, "serve_forever", stop)
    app = typer.Typer()
    app.command()(room.serve)
    said = CliRunner().invoke(app, [str(site), "--port", "0"])
    assert said.exit_code == 0
    assert "http://127.0.0.1:" in said.stdout
    told = json.loads(CliRunner().invoke(app, [str(site), "--port", "0", "--json"]).stdout)
    assert told["address"].startswith("http://127.0.0.1:")
    assert told["site"] == str(site)
