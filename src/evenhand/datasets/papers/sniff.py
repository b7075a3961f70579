"""What a file is, by its content and not by its name; and a refusal when the two disagree."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from evenhand.core import UnreadableFile, UnsafeArchive, UsageProblem
from evenhand.datasets.papers.limits import MAX_PAPER_BYTES, in_mib


class PaperKind(StrEnum):
    """The formats a paper may come in."""

    TEXT = "text"
    HTML = "html"
    WORD = "word"
    PDF = "pdf"
    WORKBOOK = "workbook"
    CSV = "csv"


_ENDINGS = {
    ".txt": PaperKind.TEXT,
    ".text": PaperKind.TEXT,
    ".md": PaperKind.TEXT,
    ".html": PaperKind.HTML,
    ".htm": PaperKind.HTML,
    ".docx": PaperKind.WORD,
    ".pdf": PaperKind.PDF,
    ".xlsx": PaperKind.WORKBOOK,
    ".csv": PaperKind.CSV,
    ".tsv": PaperKind.CSV,
}
_MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm")
_NAMES = {
    PaperKind.TEXT: "plain text",
    PaperKind.HTML: "a web page",
    PaperKind.WORD: "a Word file",
    PaperKind.PDF: "a PDF",
    PaperKind.WORKBOOK: "an Excel workbook",
    PaperKind.CSV: "a CSV file",
}
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old or a password-protected Office file"),
    (b"{\\rtf", "a rich-text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<(?:head|body|table|div|p|h[1-6]|ol|ul|span|a|br|meta|script)\b[^<]*>",
    re.IGNORECASE,
)
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
#: how far into a file its kind must show (the PDF specification allows 1,024 bytes of preamble)
_LOOK = 1024


def find_kind(content: bytes, *, filename: str, kind: str | None = None) -> PaperKind:
    """The kind of a paper, checked against its content; ``kind`` overrides the name's ending."""
    check_size(len(content), filename=filename)
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableFile(
            "it is empty.", file=filename, rule="not-empty", remedy="Choose the paper again."
        )
    ending = PurePath(filename).suffix.lower()
    if ending in _MACRO_ENDINGS:
        raise UnsafeArchive(
            "its kind may hold macros (a program). Nothing of it was run or read.",
            file=filename,
            rule="no-macros",
            remedy="Save it as .docx or .xlsx, which cannot hold macros.",
        )
    expected = _named_kind(kind) if kind else _ENDINGS.get(ending)
    found = _find_binary(content, filename)
    if expected is None:
        return found or _kind_of_text(content, ending, filename)
    if (found or _plain_kind(content, expected)) is not expected:
        _refuse_mismatch(found or PaperKind.HTML, expected, filename, content)
    return expected


def _named_kind(kind: str) -> PaperKind:
    try:
        return PaperKind(kind)
    except ValueError:
        raise UsageProblem(
            f"{kind!r} is no kind of paper.",
            rule="known-format",
            remedy=f"Use one of {', '.join(PaperKind)}.",
        ) from None


def check_size(size: int, *, filename: str) -> None:
    """Refuse a file larger than :data:`MAX_PAPER_BYTES`, before reading it where possible."""
    if size > MAX_PAPER_BYTES:
        raise UnreadableFile(
            f"it has {in_mib(size)}; papers of up to {in_mib(MAX_PAPER_BYTES)} are read.",
            file=filename,
            rule="paper-size",
            remedy="Save it without pictures, or split off its appendices.",
        )


def _find_binary(content: bytes, filename: str) -> PaperKind | None:
    """The kind its first bytes prove; None for text of some sort."""
    for magic, name in _FOREIGN:
        if content.startswith(magic):
            raise UnreadableFile(
                f"it is {name}, which is not read.",
                file=filename,
                rule="known-format",
                remedy="Save the paper as .docx, .pdf, .html, .txt, .xlsx or .csv, unlocked.",
            )
    if b"%PDF-" in content[:_LOOK]:
        return PaperKind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _find_package_kind(content, filename)
    return None


def _find_package_kind(content: bytes, filename: str) -> PaperKind:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile(
            "the file is damaged or cut short.",
            file=filename,
            rule="package-whole",
            remedy="Fetch or save it again.",
        ) from error
    if "word/document.xml" in names:
        return PaperKind.WORD
    if "xl/workbook.xml" in names:
        return PaperKind.WORKBOOK
    raise UnreadableFile(
        "it is a zip archive, neither a Word file nor a workbook.",
        file=filename,
        rule="known-format",
        remedy="Unpack it and give the paper itself.",
    )


def _plain_kind(content: bytes, expected: PaperKind) -> PaperKind | None:
    """What text of this content may pass for: a web page is not plain text, nor the reverse."""
    if expected is PaperKind.HTML:
        return PaperKind.HTML if _HTML.search(content.replace(b"\x00", b"")) else None
    if expected in (PaperKind.TEXT, PaperKind.CSV):
        return PaperKind.HTML if _HTML_START.match(content) else expected
    return None


def _kind_of_text(content: bytes, ending: str, filename: str) -> PaperKind:
    if ending:
        raise UsageProblem(
            f"the ending “{ending}” is not one that is read.",
            file=filename,
            rule="known-format",
            remedy="Use .txt, .html, .docx, .pdf, .xlsx or .csv, or say the kind.",
        )
    return PaperKind.HTML if _HTML_START.match(content) else PaperKind.TEXT


def _refuse_mismatch(found: PaperKind, expected: PaperKind, filename: str, content: bytes) -> None:
    is_text = not content.startswith((b"PK", b"%PDF")) and not _HTML_START.match(content)
    actual = "something else" if is_text else _NAMES[found]
    raise UnreadableFile(
        f"its name says {_NAMES[expected]}, but its content is {actual}.",
        file=filename,
        rule="content-matches-name",
        remedy="Give it its right ending, or fetch the file again.",
    )
