"""Small papers in binary formats, built in memory by these tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pytest

Lines = Sequence[str]


def build_pdf(pages: Sequence[Lines], *, image: bool = False) -> bytes:
    """A PDF of text lines in Helvetica, or of pages that hold one picture each and no text."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b""]
    objects[2] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    kids = []
    for lines in pages:
        content = _picture() if image else _text(lines)
        stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
        objects.append(stream)
        resources = b"<</Font<</F1 3 0 R>>>>"
        if image:
            objects.append(
                b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
                b"/BitsPerComponent 8/Length 1>>stream\n\x7f\nendstream"
            )
            resources = b"<</XObject<</Im1 %d 0 R>>>>" % len(objects)
        number = len(objects) - (1 if image else 0)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources %s>>"
            % (number, resources)
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return _assemble(objects)


def _picture() -> bytes:
    return b"q 595 0 0 842 0 0 cm /Im1 Do Q"


def _text(lines: Lines) -> bytes:
    out, y = [], 780
    for line in lines:
        if line:
            words = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            out.append(b"BT /F1 11 Tf 60 %d Td (%s) Tj ET" % (y, words.encode("cp1252")))
        y -= 14
    return b"\n".join(out)


def _assemble(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def build_word(fill: Callable[[docx.document.Document], None]) -> bytes:
    """A Word file that ``fill`` writes."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def build_workbook(rows: Sequence[Sequence[object]], *, name: str = "Register") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A package with parts added or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            new.writestr(name, body)
    return out.getvalue()


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    return build_pdf


@pytest.fixture(scope="session")
def word() -> Callable[..., bytes]:
    return build_word


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    return build_workbook


@pytest.fixture(scope="session")
def repack() -> Callable[..., bytes]:
    return with_parts
