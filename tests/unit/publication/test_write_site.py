"""A site is written whole or not at all, the same each time, over nothing that is not ours."""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from evenhand.core import UnreadableFile, UsageProblem
from evenhand.publication import is_site, swap, write_site


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def require_whole(folder: Path) -> dict[str, object]:
    """Every file the manifest lists is there with its fingerprint, and no other."""
    manifest: dict[str, object] = json.loads((folder / "manifest.json").read_text())
    found = contents(folder)
    listed = manifest["files"]
    assert isinstance(listed, dict)
    assert set(found) == {*listed, "manifest.json"}
    for path, facts in listed.items():
        assert hashlib.sha256(found[path]).hexdigest() == facts["sha256"], path
    return manifest


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def test_the_same_site_is_the_same_bytes(samples, folder: Path, tmp_path: Path) -> None:
    write_site(samples.make_site(services=1, units=1), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(folder)


def test_the_manifest_lists_every_file_with_its_fingerprint_and_provenance(folder: Path) -> None:
    manifest = require_whole(folder)
    assert manifest["provenance"]["code_version"] == "0.1.0"
    assert manifest["provenance"]["loads"][0]["id"] == "9f2c" * 16
    assert manifest["synthetic"] is True


def test_the_report_counts_what_is_there(site, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    report = write_site(site, tmp_path / "site", progress=lambda *step: told.append(step))
    assert report.files == len(contents(tmp_path / "site"))
    assert report.size == sum(map(len, contents(tmp_path / "site").values()))
    assert (report.pages, report.packs) == (5, 2)
    assert report.front.is_file()
    assert [step[0] for step in told] == [1, 2, 3, 4, 5]
    assert {step[1] for step in told} == {5}


def test_a_new_site_replaces_the_old_one_whole(site, tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(site, out)
    (out / "left-over.txt").write_text("from before")
    write_site(replace(site, title="Second edition"), out)
    assert require_whole(out)["title"] == "Second edition"
    assert beside(out) == []


def test_a_folder_of_someone_elses_is_left_alone(site, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageProblem, match="not a site made by evenhand; nothing was written"):
        write_site(site, out)
    assert contents(out) == {"thesis.txt": b"years of work"}
    assert beside(out) == []


def test_another_programs_manifest_does_not_make_it_ours(site, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "an app"}')
    assert not is_site(out)
    with pytest.raises(UsageProblem, match="nothing was written"):
        write_site(site, out)


def test_a_file_in_the_way_is_refused(site, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(UsageProblem, match="is a file, not a folder"):
        write_site(site, tmp_path / "site")


def test_an_empty_folder_and_missing_parents_are_welcome(site, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_site(site, tmp_path / "empty")
    write_site(site, tmp_path / "a/b/site")
    require_whole(tmp_path / "empty")
    require_whole(tmp_path / "a/b/site")


def test_a_place_that_cannot_be_written_is_named(site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UnreadableFile, match="folder cannot be made here"):
        write_site(site, tmp_path / "file" / "site")


def test_a_link_to_a_folder_stays_a_link(site, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    write_site(site, link)
    assert link.is_symlink()
    require_whole(tmp_path / "real")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_a_run_that_is_stopped_leaves_the_old_site_and_nothing_beside_it(
    site, tmp_path: Path, stop: type[BaseException]
) -> None:
    out = tmp_path / "site"
    write_site(site, out)

    def halt(done: int, total: int, what: str) -> None:
        if done == 3:
            raise stop

    with pytest.raises(stop):
        write_site(replace(site, title="Never finished"), out, progress=halt)
    assert require_whole(out)["title"] == site.title
    assert beside(out) == []


def test_where_the_system_cannot_exchange_the_swap_takes_two_steps(
    site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda new, out: False)
    out = tmp_path / "site"
    write_site(site, out)
    write_site(replace(site, title="Second edition"), out)
    assert require_whole(out)["title"] == "Second edition"
    assert beside(out) == []


@pytest.mark.parametrize("finished", [True, False])
def test_a_two_step_swap_cut_short_is_put_right_by_the_next_run(
    site, tmp_path: Path, finished: bool
) -> None:
    out = tmp_path / "site"
    write_site(site, out)
    previous = tmp_path / ".site.evenhand-previous"
    out.rename(previous)
    if finished:
        write_site(replace(site, title="Second edition"), tmp_path / "other")
        (tmp_path / "other").rename(out)
    with swap.replacing(tmp_path / "site") as new:
        assert out.is_dir()
        assert not previous.exists()
        (new / "manifest.json").write_text(json.dumps({"format": swap.FORMAT}))


def test_this_system_can_exchange_two_folders_in_one_step(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("needs Linux: renameat2 is its own")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a/old").touch()
    if not swap._exchange(tmp_path / "b", tmp_path / "a"):
        pytest.skip("needs a file system that can exchange names")
    assert (tmp_path / "b/old").exists()
    assert not (tmp_path / "a/old").exists()


def test_a_living_runs_folder_is_not_cleaned_away(site, tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(site, out)
    with swap.replacing(out) as first:
        (first / "half").touch()
        write_site(replace(site, title="Meanwhile"), out)
        assert (first / "half").exists()
        (first / "manifest.json").write_text(json.dumps({"format": swap.FORMAT}))
    assert (out / "half").exists()


_WRITER = """
import importlib.util, sys
from dataclasses import replace
from pathlib import Path
from evenhand.publication import write_site
spec = importlib.util.spec_from_file_location("samples", sys.argv[1])
samples = importlib.util.module_from_spec(spec)
spec.loader.exec_module(samples)
site = samples.make_site(services=1, units=0)
print("ready", flush=True)
n = 0
while True:
    n += 1
    write_site(replace(site, title=f"Edition {n}"), Path(sys.argv[2]))
"""


def test_killed_at_any_moment_the_site_is_whole(site, tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(site, out)
    moments = random.Random(20200401)
    editions = set()
    samples_file = Path(__file__).with_name("sample_site.py")
    for _ in range(8):
        command = [sys.executable, "-c", _WRITER, str(samples_file), str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.4))
            writer.send_signal(signal.SIGKILL)
        assert writer.returncode == -signal.SIGKILL
        editions.add(require_whole(out)["title"])
    assert len(editions) > 1
    write_site(site, out)
    assert require_whole(out)["title"] == site.title
    assert beside(out) == []
