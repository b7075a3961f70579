"""Files that would do harm are refused before anything in them is run, expanded or believed."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from evenhand.core import EvenhandError, UnreadableFile, UnsafeArchive, UsageProblem
from evenhand.datasets.papers import MAX_PAPER_BYTES, check_size, limits, read_paper, sniff


@pytest.fixture
def plain_word(word):
    return word(lambda document: document.add_paragraph("Recommendation 1: Say it."))


@pytest.fixture
def plain_workbook(workbook):
    return workbook([("No", "Recommendation", "Owner"), (1, "Say it", "A")])


def test_a_file_over_the_limit_is_refused_with_the_limit_named(monkeypatch):
    monkeypatch.setattr(sniff, "MAX_PAPER_BYTES", 1000)
    with pytest.raises(UnreadableFile) as caught:
        read_paper(b"x" * 1001, filename="long.txt")
    assert caught.value.rule == "paper-size"


def test_two_hundred_mebibytes_are_refused_without_being_read():
    with pytest.raises(UnreadableFile, match=r"200 MiB; papers of up to 50 MiB"):
        check_size(200 * 1024 * 1024, filename="film.pdf")
    check_size(MAX_PAPER_BYTES, filename="just.pdf")


@pytest.mark.parametrize("name", ["a.docm", "a.xlsm", "a.dotm", "a.xlsb"])
def test_a_name_that_promises_macros_is_refused(plain_word, name):
    with pytest.raises(UnsafeArchive, match="macros") as caught:
        read_paper(plain_word, filename=name)
    assert caught.value.rule == "no-macros"


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/vbaData.xml"])
def test_a_word_file_with_a_hidden_macro_is_refused(plain_word, repack, part):
    with pytest.raises(UnsafeArchive) as caught:
        read_paper(repack(plain_word, {part: b"Sub AutoOpen()"}), filename="a.docx")
    assert caught.value.rule == "no-macros"


def test_a_workbook_with_a_hidden_macro_is_refused(plain_workbook, repack):
    for part in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"):
        with pytest.raises(UnsafeArchive) as caught:
            read_paper(repack(plain_workbook, {part: b"x"}), filename="a.xlsx")
        assert caught.value.rule == "no-macros"


def test_content_types_that_declare_macros_are_refused(plain_word, repack):
    types = zipfile.ZipFile(io.BytesIO(plain_word)).read("[Content_Types].xml")
    changed = types.replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    )
    assert changed != types
    with pytest.raises(UnsafeArchive):
        read_paper(repack(plain_word, {"[Content_Types].xml": changed}), filename="a.docx")


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize("body", [BILLION, BILLION.decode().encode("utf-16")])
def test_entities_in_a_word_file_are_refused(plain_word, repack, body):
    with pytest.raises(UnsafeArchive) as caught:
        read_paper(repack(plain_word, {"word/document.xml": body}), filename="a.docx")
    assert caught.value.rule == "no-xml-entities"


def test_entities_in_a_workbook_are_refused(plain_workbook, repack):
    body = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst>&x;</sst>'
    with pytest.raises(UnsafeArchive) as caught:
        read_paper(repack(plain_workbook, {"xl/sharedStrings.xml": body}), filename="a.xlsx")
    assert caught.value.rule == "no-xml-entities"


@pytest.mark.parametrize(
    ("fixture", "name"), [("plain_word", "a.docx"), ("plain_workbook", "a.xlsx")]
)
def test_a_zip_bomb_is_refused_without_being_unpacked(request, repack, fixture, name):
    content = request.getfixturevalue(fixture)
    bomb = repack(content, {"media/zeros.bin": bytes(limits.MAX_UNPACKED_BYTES + 1)})
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    with pytest.raises(UnsafeArchive) as caught:
        read_paper(bomb, filename=name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.rule == "package-size"
    assert peak < 8 * 1024 * 1024


def test_a_package_that_lies_about_its_size_is_not_believed(plain_word, repack):
    content = bytearray(repack(plain_word, {"word/document.xml": b"<w>" + b"x" * 5_000_000}))
    true = struct.pack("<I", 5_000_003)
    for at in [i for i in range(len(content)) if content[i : i + 4] == true]:
        content[at : at + 4] = struct.pack("<I", 100)
    with pytest.raises(EvenhandError) as caught:
        read_paper(bytes(content), filename="a.docx")
    assert caught.value.rule == "package-whole"


def test_too_many_parts_are_refused(plain_word, repack):
    parts = {f"x/{i}": b"" for i in range(limits.MAX_PARTS)}
    with pytest.raises(UnsafeArchive):
        read_paper(repack(plain_word, parts), filename="a.docx")


def test_a_stream_that_unpacks_without_end_is_refused_in_a_pdf(pdf):
    bomb = zlib.compress(bytes(limits.MAX_UNPACKED_BYTES + 1))
    content = pdf([["Recommendation 1"]])
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(bomb), bomb)
    start = content.index(b"4 0 obj\n") + 8
    end = content.index(b"endobj", start)
    with pytest.raises(UnsafeArchive) as caught:
        read_paper(content[:start] + stream + content[end:], filename="a.pdf")
    assert caught.value.rule == "package-size"


def test_a_sheet_wider_than_any_register_is_refused(plain_workbook, repack):
    name = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(plain_workbook)).read(name)
    far = sheet.replace(b'r="A2"', b'r="XFD2"')
    assert far != sheet
    with pytest.raises(UnreadableFile) as caught:
        read_paper(repack(plain_workbook, {name: far}), filename="a.xlsx")
    assert caught.value.rule == "sheet-size"


def test_a_sheet_that_claims_a_million_rows_is_read_for_what_it_holds(plain_workbook, repack):
    name = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(plain_workbook)).read(name)
    claim = sheet.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"')
    assert claim != sheet
    draft = read_paper(repack(plain_workbook, {name: claim}), filename="a.xlsx")
    assert len(draft.recommendations) == 1


@pytest.mark.parametrize(
    ("fixture", "name"), [("plain_word", "a.docx"), ("plain_workbook", "a.xlsx")]
)
def test_a_package_cut_short_or_corrupted_is_a_clear_error(request, repack, fixture, name):
    content = request.getfixturevalue(fixture)
    part = "word/document.xml" if name == "a.docx" else "xl/workbook.xml"
    for broken in (content[: len(content) // 2], repack(content, {part: b"<w:not closed"})):
        with pytest.raises(UnreadableFile) as caught:
            read_paper(broken, filename=name)
        assert caught.value.rule == "package-whole"


def test_a_word_file_named_as_a_workbook_is_refused(plain_word):
    with pytest.raises(UnreadableFile, match="a Word file") as caught:
        read_paper(plain_word, filename="a.xlsx")
    assert caught.value.rule == "content-matches-name"


def test_a_password_protected_office_file_is_named_for_what_it_is():
    with pytest.raises(UnreadableFile, match="password-protected"):
        read_paper(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), filename="a.docx")


def test_a_zip_of_something_else_and_an_unknown_ending_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(UnreadableFile, match="zip archive"):
        read_paper(out.getvalue(), filename="a.docx")
    with pytest.raises(UsageProblem, match=r"\.pages"):
        read_paper(b"words", filename="a.pages")


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body>" + b"<a " * 50_000,
        b"<html><body>" + b"<div>" * 50_000 + b"end</body>",
        b"<html><body>" + b"<table><tr><td>x" * 5_000,
        b"<html><body>" + b"<!--" * 50_000,
        b'<html><body><p style="' + b"x<p a=" * 50_000,
    ],
)
def test_a_hostile_page_is_read_or_refused_but_never_hangs(page):
    # each took the standard library's parser minutes, or a tree walker its stack
    read_paper(page, filename="a.html")


def test_what_an_unclosed_script_swallows_is_told():
    draft = read_paper(b"<p>Recommendation 1: Say it.</p><script>lost words", filename="a.html")
    assert "page-cut-short" in [doubt.rule for doubt in draft.doubts]
    assert draft.recommendations[0].text == "Say it."


def test_an_error_never_repeats_the_paper():
    for content, name in ((b"\x00Anna Example", "a.txt"), (b"MZ Anna Example", "a.txt")):
        with pytest.raises(UnreadableFile) as caught:
            read_paper(content, filename=name)
        assert "Anna" not in str(caught.value)
