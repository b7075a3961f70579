"""The zip package inside a Word file or workbook: opened only when it is safe to."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import dataclass

from evenhand.core import UnreadableFile, UnsafeArchive
from evenhand.datasets.papers.limits import MAX_PARTS, MAX_UNPACKED_BYTES, in_mib

_MACROS = re.compile(r"(?:^|/)(?:vbaProject\w*\.bin|vbaData\.xml|macrosheets/.*)$", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """An Office package whose size, macros and declarations have been checked."""

    archive: zipfile.ZipFile
    filename: str

    @property
    def names(self) -> list[str]:
        """The parts it holds."""
        return self.archive.namelist()

    def read_bytes(self, name: str) -> bytes:
        """One part's bytes; the zip module stops at the size that was checked."""
        try:
            return self.archive.read(name)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise _damaged(self.filename) from error
        except Exception as error:  # zlib.error and its like differ by compression
            raise _damaged(self.filename) from error

    def find_xml(self, name: str) -> ElementTree.Element | None:
        """One part as XML, or None when the package has no such part."""
        if name not in self.names:
            return None
        try:
            # every part was searched for a document type first, so no entity can expand
            return ElementTree.fromstring(self.read_bytes(name))  # noqa: S314
        except ElementTree.ParseError as error:
            raise _damaged(self.filename) from error


def _damaged(filename: str) -> UnreadableFile:
    return UnreadableFile(
        "the file is damaged: one of its parts cannot be read.",
        file=filename,
        rule="package-whole",
        remedy="Open and save it again in the program that made it.",
    )


def open_package(content: bytes, *, filename: str) -> Package:
    """Open a package after checking its size, its encryption, macros and XML declarations."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(filename) from error
    _check_size(entries, filename)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(
            "it is locked with a password.",
            file=filename,
            rule="not-encrypted",
            remedy="Save it without a password.",
        )
    package = Package(archive, filename)
    _check_macros(package)
    _check_declarations(package)
    return package


def _check_size(entries: list[zipfile.ZipInfo], filename: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_PARTS:
        raise UnsafeArchive(
            f"it unpacks to {in_mib(unpacked)} in {len(entries):,} parts; at most "
            f"{in_mib(MAX_UNPACKED_BYTES)} in {MAX_PARTS:,} are read.",
            file=filename,
            rule="package-size",
            remedy="Save the paper without pictures and attachments, or as text.",
        )


def _check_macros(package: Package) -> None:
    types = "[Content_Types].xml"
    declared = types in package.names and _MACRO_TYPE.search(package.read_bytes(types))
    if declared or any(_MACROS.search(name) for name in package.names):
        raise UnsafeArchive(
            "it holds macros (a program). Nothing of it was run or read.",
            file=package.filename,
            rule="no-macros",
            remedy="Save it as .docx or .xlsx, which cannot hold macros.",
        )


def _check_declarations(package: Package) -> None:
    """Office files never declare a document type; one that does wants entities expanded."""
    for name in package.names:
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        plain = package.read_bytes(name).replace(b"\x00", b"").upper()
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise UnsafeArchive(
                "it declares XML entities, which can expand without end or fetch other files.",
                file=package.filename,
                rule="no-xml-entities",
                remedy="Save it again in a word processor or spreadsheet program.",
            )
