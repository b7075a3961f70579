"""Bytes to words: which encoding a text is in, and what looks damaged."""

from __future__ import annotations

import codecs
import re

from evenhand.core import UnreadableFile
from evenhand.datasets.papers.draft import Doubt

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: UTF-8 read as Windows-1252 and saved again: a curly quote or a pound sign becomes one of these
_TWICE_ENCODED = re.compile("â€[\x80-\xbf™œ\u009d“”˜]|Â[£§°\xa0]|Ã[©¨¼¶]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: more control characters than this share of a file, and it is no text at all
_MOST_CONTROL = 0.001


def decode_text(content: bytes, *, filename: str) -> tuple[str, list[Doubt]]:
    """The words of a text file, with a doubt for each way its encoding had to be guessed."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _checked(_decode(content, name, filename), filename, [])
    try:
        return _checked(content.decode("utf-8"), filename, [])
    except UnicodeDecodeError as error:
        where = f"byte {error.start:,}"
    doubt = Doubt(
        where,
        "Windows-1252 text",
        "the file is not UTF-8",
        "Look at quotation marks, dashes, pound signs and accents.",
        "encoding-guessed",
    )
    # the five bytes that Windows-1252 leaves undefined become the C1 controls of Latin-1
    text = (
        "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
            for byte in content
        )
        if re.search(rb"[\x81\x8d\x8f\x90\x9d]", content)
        else content.decode("cp1252")
    )
    return _checked(text, filename, [doubt])


def _decode(content: bytes, name: str, filename: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"it begins as {name} but stops being so at byte {error.start:,}.",
            file=filename,
            rule="one-encoding",
            remedy="Save it again as UTF-8.",
        ) from None


def _checked(text: str, filename: str, doubts: list[Doubt]) -> tuple[str, list[Doubt]]:
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _MOST_CONTROL * max(len(text), 1000):
        raise UnreadableFile(
            "it is not text: it holds bytes that no text has.",
            file=filename,
            rule="text-is-text",
            remedy="Give the file its right ending, or export the paper as text, Word or PDF.",
        )
    damaged = text.count("\ufffd")
    if damaged:
        doubts.append(
            Doubt(
                "whole file",
                f"{damaged:,} characters lost",
                "they were replaced before the file came here",
                "Ask for the file again.",
                "characters-lost",
            )
        )
    twice = len(_TWICE_ENCODED.findall(text))
    if twice:
        doubts.append(
            Doubt(
                "whole file",
                f"{twice:,} garbled characters",
                "UTF-8 was once read as Windows-1252",
                "Ask for the file again; the words are kept as they came.",
                "encoded-twice",
            )
        )
    return text, doubts
