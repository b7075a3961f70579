"""Bytes to UTF-8, and a clear refusal of what is not text at all."""

from __future__ import annotations

import codecs

from evenhand.core import UnreadableFile

_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC = {
    b"PK\x03\x04": "a zip archive or Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip file",
    b"PAR1": "a Parquet file",
    b"{": "JSON",
    b"[": "JSON",
    b"<": "a web page or XML",
}
REMEDY = "Save it as “CSV UTF-8” and give that file."


def require_text(head: bytes, file: str) -> None:
    """Refuse a file whose first bytes are not those of delimited text."""
    if not head.strip():
        raise UnreadableFile("the file is empty.", file=file, rule="not-empty", remedy=REMEDY)
    if head.startswith(_WIDE):
        raise UnreadableFile(
            "the text is in UTF-16 or UTF-32.", file=file, rule="utf-8", remedy=REMEDY
        )
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, what in _MAGIC.items():
        if start.startswith(magic):
            raise UnreadableFile(
                f"this is {what}, not CSV.", file=file, rule="is-csv", remedy=REMEDY
            )
    require_no_nul(head, file)


def require_no_nul(block: bytes, file: str) -> None:
    """Refuse binary bytes: text in UTF-8 or cp1252 never holds a NUL."""
    if b"\0" in block:
        raise UnreadableFile(
            "this is not text: it holds NUL bytes.", file=file, rule="is-csv", remedy=REMEDY
        )


def to_utf8(block: bytes) -> tuple[bytes, bool]:
    """The same text in UTF-8, and whether it had to be read as Windows cp1252.

    Five bytes mean nothing in cp1252; they become U+FFFD, and fail the rule of their column.
    """
    if block.isascii():
        return block, False
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return block.decode("cp1252", errors="replace").encode("utf-8"), True
    return block, False
