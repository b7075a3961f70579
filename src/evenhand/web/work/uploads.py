"""A file that somebody offers as evidence: how large, what it is by its content, its words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from evenhand.core import UnreadableFile, UsageProblem
from evenhand.datasets.papers import PaperDraft, PaperKind, check_size, read_paper
from evenhand.datasets.papers.sniff import find_kind

NAME_LENGTH = 255
PICTURES = {
    b"\x89PNG\r\n\x1a\n": ("image/png", (".png",)),
    b"\xff\xd8\xff": ("image/jpeg", (".jpg", ".jpeg")),
}
"""Pictures are taken as evidence by their first bytes; nothing in them is searched."""

MEDIA_TYPES = {
    PaperKind.TEXT: "text/plain",
    PaperKind.HTML: "text/html",
    PaperKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperKind.PDF: "application/pdf",
    PaperKind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PaperKind.CSV: "text/csv",
}
WORDLESS = frozenset({"pdf-has-text", "pdf-pages"})
"""Rules by which a whole, unlocked PDF is not read: a scan is evidence, and finds nothing."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its bytes, its name, what it is, and the words a search may find."""

    content: bytes
    filename: str
    media_type: str
    text: str


def read_upload(file: UploadedFile[Any]) -> Upload:
    """Take a file, its size checked before its bytes are read and its kind before its words.

    Raises
    ------
    UnreadableFile
        It is too large, empty, locked, damaged or not what its name says.
    UnsafeArchive
        It may hold a program.
    UsageProblem
        It is of a kind that is not taken.
    """
    name = _clean(file.name or "file")
    check_size(file.size or 0, filename=name)
    content = file.read()
    media_type = find_media_type(content, name)
    words = "" if media_type.startswith("image/") else _read_words(content, name)
    return Upload(content, name, media_type, words)


def find_media_type(content: bytes, name: str) -> str:
    """What a file is by its content; refused where its name says something else."""
    return _find_picture(content, name) or MEDIA_TYPES[find_kind(content, filename=name)]


def _clean(name: str) -> str:
    """The last part of a name, printable, of a length a table keeps; the ending is never lost."""
    plain = "".join(sign for sign in PurePath(name.replace("\\", "/")).name if sign.isprintable())
    ending = PurePath(plain).suffix
    return plain if len(plain) <= NAME_LENGTH else plain[: NAME_LENGTH - len(ending)] + ending


def _find_picture(content: bytes, name: str) -> str:
    for magic, (media_type, endings) in PICTURES.items():
        if content.startswith(magic):
            if PurePath(name).suffix.lower() not in endings:
                raise UnreadableFile(
                    "its content is a picture, and its name says something else.",
                    file=name,
                    rule="content-matches-name",
                    remedy="Give it its right ending, or fetch the file again.",
                )
            return media_type
    if PurePath(name).suffix.lower() in {end for _, ends in PICTURES.values() for end in ends}:
        raise UsageProblem(
            "its name says it is a picture, and its content is not.",
            file=name,
            rule="content-matches-name",
            remedy="Give it its right ending, or fetch the file again.",
        )
    return ""


def _read_words(content: bytes, name: str) -> str:
    try:
        paper = read_paper(content, filename=name)
    except UnreadableFile as fault:
        if fault.rule in WORDLESS:
            return ""
        raise
    return _join_words(paper)


def _join_words(paper: PaperDraft) -> str:
    said = [passage.text for passage in paper.list_passages()]
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row]
    entries = [entry.text for entry in paper.recommendations]
    return "\n".join([*said, *cells, *entries])
