"""Zip archives, read in place: nothing is ever written to disk under a name from inside one."""

from __future__ import annotations

import itertools
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from evenhand.core import UnreadableFile, UnsafeArchive
from evenhand.datasets.sources.bounded import Bounded
from evenhand.datasets.sources.limits import Limits

_LOCAL_HEADER = 30  # bytes before the name in a local file header (APPNOTE.TXT 4.3.7)
_ENCRYPTED = 0x1  # general purpose bit flag, bit 0 (APPNOTE.TXT 4.4.4)


def open_archive(path: Path, *, limits: Limits) -> zipfile.ZipFile:
    """Open a zip archive whose every entry has passed the safety rules."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(
            f"this is not a zip archive that can be read ({error}).",
            file=path.name,
            rule="zip-readable",
            remedy="Download it again, or unpack it and give the folder.",
        ) from error
    try:
        _check_entries(archive, path.name, limits)
    except BaseException:
        archive.close()
        raise
    return archive


def list_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in the archive, folders left out, in the order of their names."""
    return sorted(
        (entry for entry in archive.infolist() if not entry.is_dir()),
        key=lambda entry: entry.filename,
    )


@contextmanager
def open_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limits: Limits
) -> Iterator[BinaryIO]:
    """The unpacked bytes of one entry, cut off when there are more than were declared."""
    try:
        with archive.open(entry) as stream:
            bounded = Bounded(
                cast(BinaryIO, stream),
                name=entry.filename,
                packed=lambda: entry.compress_size,
                limits=limits,
            )
            yield cast(BinaryIO, bounded)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise UnreadableFile(
            f"the archive is damaged here ({error}).",
            file=entry.filename,
            rule="zip-readable",
            remedy="Download the archive again.",
        ) from error


def _check_entries(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.members:
        raise _unsafe(name, f"it lists {len(entries):,} files.", "archive-not-too-many")
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry, name)
        if entry.filename in seen:
            problem = f"it holds {entry.filename} twice."
            raise _unsafe(name, problem, "archive-names-once")
        seen.add(entry.filename)
        _check_entry(entry, limits)
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise _unsafe(name, f"it says it unpacks to {total:,} bytes.", "archive-size")
    _check_overlap(entries, name)


def _check_name(entry: zipfile.ZipInfo, archive: str) -> None:
    # A backslash or a drive letter is a path on Windows; zipfile has turned os.sep into "/".
    path = PurePosixPath(entry.orig_filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.orig_filename[:2]:
        raise _unsafe(
            archive,
            f"the name {entry.orig_filename!r} inside it points outside the folder.",
            "archive-stays-inside",
        )


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _unsafe(entry.filename, "this is a link to another file.", "archive-no-links")
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFile(
            "this file is encrypted.",
            file=entry.filename,
            rule="not-encrypted",
            remedy="Give the archive without its password.",
        )
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > limits.ratio_from and ratio > limits.ratio:
        raise _unsafe(
            entry.filename,
            f"it says it unpacks to {ratio:,.0f} times its size; real files stay under "
            f"{limits.ratio:g}.",
            "archive-ratio",
        )


def _check_overlap(entries: list[zipfile.ZipInfo], archive: str) -> None:
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, after in itertools.pairwise(ordered):
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        if end > after.header_offset:
            raise _unsafe(
                archive,
                f"{entry.filename} and {after.filename} share the same bytes.",
                "archive-no-overlap",
            )


def _unsafe(file: str, problem: str, rule: str) -> UnsafeArchive:
    return UnsafeArchive(
        problem,
        file=file,
        rule=rule,
        remedy="Do not open it; ask whoever made it for a plain archive.",
    )
