"""``evenhand measure`` as a person and as a script meets it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

FINDING = {
    "indicator", "unit", "characteristic", "group", "comparator", "period", "estimate", "low",
    "high", "p_adjusted", "unknown_share", "signal", "sentence", "method",
}  # fmt: skip
RUN = {"files", "rows_read", "rows_loaded", "rows_quarantined", "rows_repeated", "findings"}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_script_gets_one_object_with_everything_it_was_promised(
    evenhand: Call, archive: Path, residents: list[str], tmp_path: Path
) -> None:
    ended = evenhand("measure", archive, *residents, "--out", tmp_path / "site", "--json")
    assert ended.code == 0
    said = ended.said
    assert set(said) >= RUN
    assert (said["rows_read"], said["rows_loaded"], said["rows_quarantined"]) == (90, 90, 0)
    (file,) = said["files"]
    assert file["rows_read"] == file["rows_loaded"] + file["rows_quarantined"]
    assert said["findings"]
    for finding in said["findings"]:
        assert set(finding) >= FINDING
    assert said["site"]["front"] == str(tmp_path / "site" / "index.html")
    (black,) = [
        f for f in said["findings"]
        if (f["indicator"], f["group"], f["characteristic"])
        == ("stop-rate", "Black", "ethnicity-self-defined")
    ]  # fmt: skip
    assert black["unit"] == "kent"
    assert black["period"] == "2020-07"
    assert black["estimate"] == pytest.approx((30 / 60_000) / (60 / 900_000))
    assert black["low"] < black["estimate"] < black["high"]
    assert black["signal"] == "concern"


def test_a_person_is_told_the_findings_first_then_the_rows_then_where_the_site_is(
    evenhand: Call, archive: Path, residents: list[str], tmp_path: Path
) -> None:
    ended = evenhand("measure", archive, *residents, "--out", tmp_path / "site")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].startswith("Findings: ")
    assert lines[1].startswith("  Concern: In Kent, Black people")
    assert any(line.startswith("Rows: 90 read in 1 files = 90 loaded + 0 set") for line in lines)
    assert lines[-1] == f"The site: {tmp_path / 'site' / 'index.html'}"
    assert (tmp_path / "site" / "index.html").is_file()


def test_what_was_set_aside_is_said_at_the_end(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    text = archive.read_text(encoding="utf-8")
    archive.write_text(text.replace(",Arrest,", ",Sent home,", 1), encoding="utf-8")
    ended = evenhand("measure", archive, "--out", tmp_path / "site")
    assert ended.code == 0
    assert "89 loaded + 1 set aside" in ended.out
    assert "“Sent home”" in ended.out
    assert "Once." in ended.out


def test_progress_goes_to_stderr_and_not_into_what_a_script_reads(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    assert evenhand("measure", archive, "--out", tmp_path / "site", "--json").out.startswith("{")


def test_an_archive_and_a_folder_are_measured_alike(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "archive.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.write(archive, f"2020-07/{archive.name}")
    folder = tmp_path / "folder" / "2020-07"
    folder.mkdir(parents=True)
    (folder / archive.name).write_bytes(archive.read_bytes())
    said = [
        evenhand("measure", source, "--out", tmp_path / "site", "--json").said
        for source in (packed, tmp_path / "folder")
    ]
    assert said[0]["findings"] == said[1]["findings"]
    assert [s["files"][0]["name"] for s in said] == [f"2020-07/{archive.name}"] * 2


def break_missing(archive: Path) -> Path:
    return archive.with_name("nowhere.zip")


def break_empty_archive(archive: Path) -> Path:
    path = archive.with_name("empty.zip")
    zipfile.ZipFile(path, "w").close()
    return path


def break_not_csv(archive: Path) -> Path:
    archive.write_bytes(b"\x00\x01\x02\x03" * 300)
    return archive


def break_page(archive: Path) -> Path:
    archive.write_text("<!doctype html><title>Not found</title>", encoding="utf-8")
    return archive


def break_column(archive: Path) -> Path:
    text = archive.read_text(encoding="utf-8")
    archive.write_text(text.replace("Officer-defined ethnicity", "Hat size", 1), encoding="utf-8")
    return archive


def break_path(archive: Path) -> Path:
    path = archive.with_name("escaping.zip")
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"../{archive.name}", archive.read_bytes())
    return path


def break_all_rows(archive: Path) -> Path:
    text = archive.read_text(encoding="utf-8")
    archive.write_text(text.replace("+00:00,False", "+00:00,perhaps"), encoding="utf-8")
    return archive


BROKEN = [
    (break_missing, 3, "unreadable"),
    (break_empty_archive, 3, "unreadable"),
    (break_not_csv, 3, "unreadable"),
    (break_page, 3, "unreadable"),
    (break_column, 4, "contract"),
    (break_path, 5, "unsafe"),
    (break_all_rows, 8, "nothing"),
]


@pytest.mark.parametrize(
    ("spoil", "code", "kind"), BROKEN, ids=[spoil.__name__[6:] for spoil, _, _ in BROKEN]
)
def test_each_class_of_bad_input_has_its_exit_code_and_leaves_the_site_as_it_was(
    evenhand: Call, archive: Path, tmp_path: Path, spoil: Callable[[Path], Path], code: int,
    kind: str,
) -> None:  # fmt: skip
    site = tmp_path / "site"
    assert evenhand("measure", archive, "--out", site).code == 0
    before = bytes_of(site)
    broken = spoil(archive)
    ended = evenhand("measure", broken, "--out", site, "--json")
    assert ended.code == code
    error = ended.said["error"]
    assert (error["exit_code"], error["kind"]) == (code, kind)
    assert error["problem"]
    assert bytes_of(site) == before
    assert {p.name for p in tmp_path.iterdir()} <= {"site", archive.name, broken.name}
    spoken = evenhand("measure", broken, "--out", site)
    assert (spoken.code, spoken.out) == (code, "")
    assert "evenhand: " in spoken.err
    assert "Traceback" not in spoken.err


def test_a_missing_column_is_named_with_its_file_and_rule(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    broken = break_column(archive)
    error = evenhand("measure", broken, "--out", tmp_path / "site", "--json").said["error"]
    assert error["file"].endswith(archive.name)
    assert error["column"] == "Officer-defined ethnicity"
    assert error["rule"]
    words = evenhand("measure", broken, "--out", tmp_path / "site").err
    for part in (archive.name, "Officer-defined ethnicity", f"[rule: {error['rule']}]"):
        assert part in words


POPULATIONS = [
    ("X1,Kent,Mixed,20000\n", "", 4, "population-has-every-group"),
    ("Black,60000", "Black,-60000", 4, ""),
    ("Black,60000", "Black,60000.5", 4, ""),
    ("ethnic group", "hat size", 4, ""),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "rule"),
    POPULATIONS,
    ids=["lacks-a-group", "negative", "fractional", "lacks-a-column"],
)
def test_a_population_that_breaks_its_contract_is_refused(
    evenhand: Call, archive: Path, residents: list[str], tmp_path: Path, old: str, new: str,
    code: int, rule: str,
) -> None:  # fmt: skip
    people = tmp_path / "people.csv"
    people.write_text(people.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ended = evenhand("measure", archive, *residents, "--out", tmp_path / "site", "--json")
    assert ended.code == code
    error = ended.said["error"]
    assert error["file"] == "people.csv"
    assert error["rule"].startswith(rule)
    assert not (tmp_path / "site").exists()


def test_a_population_that_is_not_there_is_refused_before_the_rows_are_read(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    ended = evenhand("measure", archive, "--population", tmp_path / "none.csv", "--json")
    assert (ended.code, ended.said["error"]["exit_code"]) == (3, 3)


@pytest.mark.parametrize(
    "options", [["--policy", "nobody"], ["--bogus"], []], ids=["policy", "option", "no-archive"]
)
def test_wrong_use_is_told_in_json_to_a_script_and_exits_with_2(
    evenhand: Call, archive: Path, options: list[str]
) -> None:
    given = [archive] if options else []
    ended = evenhand("measure", *given, *options, "--json")
    assert (ended.code, ended.said["error"]["kind"]) == (2, "usage")


def test_an_unknown_policy_is_answered_with_those_there_are(evenhand: Call, archive: Path) -> None:
    error = evenhand("measure", archive, "--policy", "nobody", "--json").said["error"]
    assert error["remedy"] == "Choose one of: public, staff, cleared."


def test_a_folder_that_is_no_site_of_ours_is_left_alone(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "to-mother.txt").write_text("Dear mother", encoding="utf-8")
    ended = evenhand("measure", archive, "--out", letters, "--json")
    assert (ended.code, ended.said["error"]["rule"]) == (2, "write-only-over-our-sites")
    assert bytes_of(letters) == {"to-mother.txt": b"Dear mother"}


def test_the_systems_refusal_is_an_error_with_its_path_and_no_traceback(
    evenhand: Call, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = evenhand("measure", archive, "--lake", tmp_path / "file", "--json")
    assert (ended.code, ended.said["error"]["rule"]) == (3, "system-refused")
    assert ended.said["error"]["file"] == str(tmp_path / "file")


def test_a_site_is_replaced_and_says_who_it_is_for(
    evenhand: Call, archive: Path, residents: list[str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert evenhand("measure", archive, *residents, "--out", site).code == 0
    first = bytes_of(site)
    again = evenhand(
        "measure", archive, *residents, "--out", site, "--policy", "cleared", "--title", "Watch",
        "--json",
    )  # fmt: skip
    assert (again.code, again.said["policy"]) == (0, "cleared")
    second = bytes_of(site)
    assert first != second
    assert b"Watch" in second["index.html"]
    assert b"cleared" in second["index.html"] + second["manifest.json"]


def test_loaded_rows_are_kept_where_asked(evenhand: Call, archive: Path, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    options = ["--lake", lake, "--out", tmp_path / "site", "--json"]
    first = evenhand("measure", archive, *options).said
    second = evenhand("measure", archive, *options).said
    assert list((lake / "loads").iterdir())
    assert (first["rows_loaded"], second["rows_loaded"]) == (90, 0)
    assert first["findings"] == second["findings"]
