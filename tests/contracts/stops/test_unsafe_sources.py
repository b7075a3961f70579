"""Archives and files that ask for more than they should, or for what is not theirs."""

from __future__ import annotations

import datetime as dt
import gzip
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from evenhand.core import EvenhandError, UnreadableFile, UnsafeArchive
from evenhand.datasets import Lake, check_files, load_stops
from evenhand.datasets.sources import Limits

GOOD = Path(__file__).parent / "files" / "good" / "2020-07-kent-stop-and-search.csv"
NAME = "2020-07/2020-07-kent-stop-and-search.csv"
AT = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)


def zip_of(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def refusal(path: Path, tmp_path: Path, *, limits: Limits | None = None) -> EvenhandError:
    lake = Lake(tmp_path / "lake")
    with pytest.raises(EvenhandError) as caught:
        load_stops([path], lake=lake, at=AT, limits=limits or Limits())
    assert not lake.list_loads()
    assert not list((tmp_path / "lake").glob(".incoming/*"))
    return caught.value


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"]
)
def test_a_name_that_points_outside_is_refused(name: str, tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (name, GOOD.read_bytes()))
    error = refusal(path, tmp_path)
    assert isinstance(error, UnsafeArchive)
    assert error.rule == "archive-stays-inside"
    assert {p.name for p in tmp_path.iterdir()} <= {"a.zip", "lake"}


def test_a_link_inside_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(NAME)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    error = refusal(zip_of(tmp_path / "a.zip", (link, b"/etc/passwd")), tmp_path)
    assert (error.rule, error.file) == ("archive-no-links", NAME)


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes()))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # flag bit 0 in the central directory
    path.write_bytes(bytes(content))
    error = refusal(path, tmp_path)
    assert isinstance(error, UnreadableFile)
    assert (error.rule, error.file) == ("not-encrypted", NAME)


def test_two_names_for_the_same_bytes_are_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes()), ("b.csv", GOOD.read_bytes()))
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, second + 42, 0)  # its local header: the first file's
    path.write_bytes(bytes(content))
    assert refusal(path, tmp_path).rule == "archive-no-overlap"


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zip_of(tmp_path / "a.zip", (NAME, b"a"), (NAME, b"b"))
    assert refusal(path, tmp_path).rule == "archive-names-once"


def test_a_declared_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes() + b"\n" * 40_000_000))
    error = refusal(path, tmp_path)
    assert isinstance(error, UnsafeArchive)
    assert (error.rule, error.file) == ("archive-ratio", NAME)


def test_a_zip_that_lies_about_its_size_is_caught_while_it_unpacks(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes() + b"\n" * 40_000_000))
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 1000)
    path.write_bytes(bytes(content))
    assert isinstance(refusal(path, tmp_path), UnsafeArchive | UnreadableFile)


def test_an_archive_that_declares_too_much_in_all_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes()))
    assert refusal(path, tmp_path, limits=Limits(unpacked_bytes=100)).rule == "archive-size"


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", *((f"{i}.csv", b"x") for i in range(5)))
    assert refusal(path, tmp_path, limits=Limits(members=4)).rule == "archive-not-too-many"


def test_a_gzip_bomb_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "2020-07-kent-stop-and-search.csv.gz"
    path.write_bytes(gzip.compress(GOOD.read_bytes() + b"\n" * 40_000_000))
    error = refusal(path, tmp_path)
    assert isinstance(error, UnsafeArchive)
    assert error.file == path.name


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no archive at all"])
def test_a_zip_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert refusal(path, tmp_path).rule == "zip-readable"


def test_a_damaged_archive_names_the_file_that_is_damaged(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes()))
    content = bytearray(path.read_bytes())
    content[len(NAME) + 60] ^= 0xFF
    path.write_bytes(bytes(content))
    error = refusal(path, tmp_path)
    assert (error.rule, error.file) == ("zip-readable", NAME)


def test_a_gzip_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2020-07-kent-stop-and-search.csv.gz"
    path.write_bytes(gzip.compress(GOOD.read_bytes())[:-20])
    assert refusal(path, tmp_path).rule == "gzip-readable"


def test_an_empty_archive_is_refused(tmp_path: Path) -> None:
    error = refusal(zip_of(tmp_path / "a.zip"), tmp_path)
    assert isinstance(error, UnreadableFile)
    assert error.rule == "something-to-read"


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.csv", tmp_path).rule == "file-exists"


def test_a_folder_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / GOOD.name).symlink_to(GOOD)
    assert refusal(folder, tmp_path).rule == "folder-stays-inside"


def test_other_files_in_an_archive_are_passed_over_and_named(tmp_path: Path) -> None:
    path = zip_of(
        tmp_path / "a.zip",
        (NAME, GOOD.read_bytes()),
        ("2020-07/2020-07-kent-street.csv", b"Crime ID,Month\n"),
        ("__MACOSX/._x.csv", b"\0"),
        ("README.txt", b"hello"),
        ("inner.zip", b"PK"),
    )
    report = check_files([path], at=AT)
    assert report.rows_loaded == 5
    assert [ignored.name for ignored in report.ignored] == [
        "2020-07/2020-07-kent-street.csv",
        "README.txt",
        "__MACOSX/._x.csv",
        "inner.zip",
    ]


def test_one_unreadable_file_in_an_archive_leaves_the_lake_as_it_was(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", (NAME, GOOD.read_bytes()), ("z.csv", b"<html></html>"))
    error = refusal(path, tmp_path)
    assert (error.file, error.rule) == ("z.csv", "is-csv")
    report = check_files([path], at=AT)
    assert report.rows_loaded == 5
    assert [e.file for e in report.errors] == ["z.csv"]


def test_a_line_of_gigabytes_is_set_aside_without_being_held(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    header, *rows = GOOD.read_text().splitlines(keepends=True)
    path = tmp_path / "2020-07-kent-stop-and-search.csv"
    with path.open("wb") as file:
        file.write((header + rows[0]).encode())
        start = file.tell()
        file.seek(start + 2 * 1024**3)  # a hole: the bytes are NULs and take no space
        file.write(("\n" + "".join(rows[1:])).encode())
    with path.open("r+b") as file:  # text, so that length is the only fault near its start
        file.seek(start)
        file.write(b"x" * 1_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = check_files([path], at=AT)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    (fault,) = report.faults
    assert (fault.rule, fault.lines) == ("line-length", (3,))
    assert (report.rows_read, report.rows_loaded) == (6, 5)
    assert grown < 300 * 1024  # kilobytes: a few pieces of the file, not two gigabytes


def test_a_long_line_in_a_small_file_is_set_aside_too(tmp_path: Path) -> None:
    header, *rows = GOOD.read_text().splitlines(keepends=True)
    path = tmp_path / "2020-07-kent-stop-and-search.csv"
    path.write_text(header + rows[0] + "x" * 200_000 + "\n" + "".join(rows[1:]))
    report = check_files([path], at=AT)
    (fault,) = report.faults
    assert (fault.rule, fault.lines) == ("line-length", (3,))
    assert (report.rows_read, report.rows_loaded) == (6, 5)
