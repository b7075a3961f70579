"""The three forms of a paper: the same words and numbers, each accessible in its own way."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from evenhand.core import UnreadableFile, UsageProblem
from evenhand.publication.papers import Section, plain, render_file, render_fragment, render_pdf
from evenhand.publication.papers.model import words_of
from evenhand.publication.papers.word import render_word

ROOT = "ab" * 32


class Text(HTMLParser):
    """Text and tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said.append(data)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u2002-]+", "", text)


@pytest.fixture
def pdf_text(paper):
    with pdfplumber.open(io.BytesIO(render_pdf(paper))) as pdf:
        return [page.extract_text() for page in pdf.pages]


def _word_text(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return " ".join(node.text or "" for node in body.iter(qn("w:t")))


def test_every_word_of_the_paper_stands_in_all_three_forms(paper, pdf_text):
    forms = {
        "html": "".join(Text(render_file(paper)).said),
        "word": _word_text(render_word(paper)),
        "pdf": "".join(pdf_text),
    }
    wanted = [plain(words) for block in paper.blocks() for words in words_of(block)]
    wanted += [paper.title, paper.body, ROOT, "7,421", *(s.title for s in paper.sections)]
    for form, text in forms.items():
        bare = _bare(text)
        assert [words for words in wanted if _bare(words) not in bare] == [], form


def test_paragraph_numbers_are_the_same_in_all_three_forms(paper, pdf_text):
    assert "2. The same paragraph." in "".join(Text(render_file(paper)).said)
    assert "2. The same paragraph." in _word_text(render_word(paper)).replace("\u2002", " ")
    assert re.search(r"2\.\s*The same paragraph", "\n".join(pdf_text))


def test_the_ledgers_size_and_root_are_on_the_last_page(pdf_text):
    last = pdf_text[-1]
    assert "7,421" in last
    assert ROOT in _bare(last)


def test_html_names_its_language_tables_rows_and_headings_in_order(paper):
    page = Text(render_file(paper))
    html = next(attrs for tag, attrs in page.tags if tag == "html")
    assert html["lang"] == "en-GB"
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    tables = [tag for tag, _ in page.tags if tag in ("table", "caption")]
    assert tables == ["table", "caption"] * 3
    scopes = [attrs.get("scope") for tag, attrs in page.tags if tag == "th"]
    assert set(scopes) == {"col", "row"}
    assert all(attrs.get("aria-labelledby") for tag, attrs in page.tags if tag == "section")


def test_html_keeps_markup_in_words_as_words_and_loads_nothing(paper):
    page = render_file(paper)
    assert "Harbour <b>" not in page
    assert "Harbour &lt;b&gt;" in page
    assert not re.search(r"(?:src|href)=", page)
    assert "<script" not in page


def test_html_figures_lead_to_what_was_counted(paper):
    assert 'href="/f/all.items"><data value="1246">1,246</data></a>' in render_fragment(
        paper, trace=lambda key: f"/f/{key}"
    )


def test_a_correction_is_shown_as_one_in_all_three_forms(corrected):
    with pdfplumber.open(io.BytesIO(render_pdf(corrected))) as pdf:
        pdf_text = pdf.pages[0].extract_text()
    html = "".join(Text(render_file(corrected)).said)
    for text in (html, pdf_text, _word_text(render_word(corrected))):
        assert "version 1" in text
        assert "Harbour’s count" in text
        assert "read from the wrong row" in text


def test_the_pdf_declares_ua_1_and_tags_headings_tables_and_pictures(paper):
    reader = PdfReader(io.BytesIO(render_pdf(paper)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert reader.metadata.title == paper.title
    kinds = _kinds(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/P", "/Figure"} <= set(kinds)
    assert kinds.count("/Table") == 3


def _kinds(node) -> list[str]:
    node = node.get_object()
    found = [str(node["/S"])] if "/S" in node else []
    if found == ["/Figure"]:
        assert str(node["/Alt"]).strip()
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child.get_object(), "get"):
            found += _kinds(child)
    return found


def test_a_picture_whose_words_were_lost_stops_the_pdf(paper):
    [picture] = paper.pictures()
    broken = object.__new__(type(picture))
    for name in ("title", "svg", "table"):
        object.__setattr__(broken, name, getattr(picture, name))
    object.__setattr__(broken, "alt", "")
    section = Section("x", "X", (broken,))
    with pytest.raises(UsageProblem, match="missing alt text"):
        render_pdf(replace(paper, sections=(section,)))


def test_the_same_paper_gives_the_same_bytes(paper):
    assert render_pdf(paper) == render_pdf(paper)
    assert render_word(paper) == render_word(paper)
    assert render_file(paper) == render_file(paper)


def test_word_has_heading_styles_header_rows_alt_text_language_and_title(paper):
    document = Document(io.BytesIO(render_word(paper)))
    assert document.core_properties.title == paper.title
    assert document.core_properties.language == "en-GB"
    headings = [(p.style.name, p.text) for p in document.paragraphs if "Heading" in p.style.name]
    assert headings[0] == ("Heading 1", "A. Summary")
    assert ("Heading 2", "Counts") in headings
    assert ("Heading 3", "Drawn") in headings
    assert len(document.tables) == 3
    for table in document.tables:
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert [picture.get("descr") for picture in pictures] == ["Lantern has 12, Harbour none."]
    languages = {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def _template() -> bytes:
    document = Document()
    document.styles["Heading 1"].font.name = "Gill Sans MT"
    document.sections[0].header.paragraphs[0].text = "FENMARSH (letterhead)"
    document.sections[0].footer.paragraphs[0].text = "Protect"
    document.add_paragraph("Text of an old paper")
    document.add_table(1, 1)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_template_gives_its_styles_header_and_footer_and_not_its_text(paper):
    document = Document(io.BytesIO(render_word(paper, template=_template())))
    assert document.styles["Heading 1"].font.name == "Gill Sans MT"
    assert document.sections[0].header.paragraphs[0].text == "FENMARSH (letterhead)"
    assert document.sections[0].footer.paragraphs[0].text == "Protect"
    assert "Text of an old paper" not in [p.text for p in document.paragraphs]
    assert len(document.tables) == 3


def test_a_template_without_our_styles_still_gives_a_paper(paper):
    document = Document(io.BytesIO(_template()))
    for name in ("Caption", "List Bullet", "Title", "Table Grid"):
        style = document.styles[name].element
        style.getparent().remove(style)
    stream = io.BytesIO()
    document.save(stream)
    made = Document(io.BytesIO(render_word(paper, template=stream.getvalue())))
    assert paper.title in [p.text for p in made.paragraphs]
    assert any(p.text.startswith("•") for p in made.paragraphs)


@pytest.mark.parametrize("template", [b"not a file", b"PK\x03\x04 broken", b"<html></html>"])
def test_a_template_that_is_no_word_file_is_refused(paper, template):
    with pytest.raises(UnreadableFile, match="not a Word file"):
        render_word(paper, template=template)


def test_the_word_file_is_whole_by_the_rules_that_word_repairs(paper):
    """Each part parses, each relation leads somewhere, each part has a type, no id twice, and the
    properties of a table and its rows stand in the order that the schema asks for."""
    with zipfile.ZipFile(io.BytesIO(render_word(paper))) as archive:
        names = set(archive.namelist())
        trees = {
            n: etree.fromstring(archive.read(n)) for n in names if n.endswith((".xml", ".rels"))
        }
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = name.replace("_rels/", "").rpartition("/")[0]
        for relation in tree:
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                assert re.sub(r"[^/]+/\.\./", "", path).lstrip("/") in names
    types = trees["[Content_Types].xml"]
    ends = {t.get("Extension") for t in types if t.get("Extension")}
    parts = {t.get("PartName", "").lstrip("/") for t in types}
    assert [n for n in names if n not in parts and n.rpartition(".")[2] not in ends] == []
    body = trees["word/document.xml"]
    ids = [tag.get("id") for tag in body.iter(qn("wp:docPr"))]
    assert len(ids) == len(set(ids))
    order = ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    for properties in body.iter(qn("w:tblPr")):
        found = [etree.QName(child).localname for child in properties]
        assert found == [name for name in order if name in found]
    for cell in body.iter(qn("w:tc")):
        assert etree.QName(cell[-1]).localname == "p"


@pytest.mark.slow
def test_libreoffice_opens_the_word_file_and_finds_every_heading(paper, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: sudo apt-get install libreoffice-writer-nogui")
    (tmp_path / "paper.docx").write_bytes(render_word(paper, template=_template()))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "paper.docx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0
    with pdfplumber.open(tmp_path / "paper.pdf") as pdf:
        text = _bare("".join(page.extract_text() for page in pdf.pages))
    titles = [paper.title, *(section.title for section in paper.sections), ROOT]
    assert [title for title in titles if _bare(title) not in text] == []
