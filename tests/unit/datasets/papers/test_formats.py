"""Word, PDF, web page and spreadsheet give the same draft as plain text."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from evenhand.core import UnreadableFile, UsageProblem
from evenhand.datasets.papers import PaperKind, read_paper

PAPER = [
    "Fair Ground Review: an update",
    "Report: 7",
    "Date: 4 May 2021",
    "",
    "Recommendation 1",
    "The service must train everyone. This means:",
    "",
    "(a) training new officers first",
    "",
    "Progress so far",
    "",
    "5. Two groups were trained and the third starts in the spring, as soon as the",
    "rooms are free again.",
    "",
    "Next steps",
    "",
    "Train the rest.",
    "",
    "(b) training their managers",
    "",
    "6. Action completed.",
]


def rules(draft):
    return [doubt.rule for doubt in draft.doubts]


def check(draft):
    assert draft.title == "Fair Ground Review: an update"
    assert (draft.report_number, draft.date) == ("7", date(2021, 5, 4))
    (recommendation,) = draft.recommendations
    assert recommendation.text == "The service must train everyone. This means:"
    first, second = recommendation.items
    assert first.text == "training new officers first"
    assert first.progress == (
        "Two groups were trained and the third starts in the spring, as soon as the "
        "rooms are free again."
    )
    assert first.next_steps == "Train the rest."
    assert (second.label, second.completed) == ("b", True)


def number_style(document, *, shape, text):
    """A list definition of one level; gives the id that paragraphs name."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77" + str(len(numbering)))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "1"), ("numFmt", shape), ("lvlText", text)):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    numbering.insert(0, abstract)
    return numbering.add_num(int(abstract.get(qn("w:abstractNumId")))).numId


def numbered(document, text, number):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number
    properties.get_or_add_ilvl().val = 0


def write_word(document):
    document.add_heading("Fair Ground Review: an update", 0)
    document.add_paragraph("Report: 7")
    document.add_paragraph("Date: 4 May 2021")
    document.add_heading("Recommendation 1", 2)
    document.add_paragraph("The service must train everyone. This means:")
    letters = number_style(document, shape="lowerLetter", text="(%1)")
    numbers = number_style(document, shape="decimal", text="%1.")
    numbered(document, "training new officers first", letters)
    paragraph = document.add_paragraph()
    paragraph.add_run("Progress so far ").bold = True
    paragraph.add_run(PAPER[11][3:] + " " + PAPER[12])
    document.add_paragraph().add_run("Next steps").bold = True
    document.add_paragraph("Train the rest.")
    numbered(document, "training their managers", letters)
    numbered(document, "Action completed.", numbers)


def test_a_word_file_reads_with_the_marks_it_numbers_by_itself(word):
    check(read_paper(word(write_word), filename="paper.docx"))


def test_a_pdf_reads_with_its_broken_lines_joined(pdf):
    draft = read_paper(pdf([PAPER]), filename="paper.pdf")
    check(draft)
    assert draft.recommendations[0].items[1].place.page == 1


def test_a_paragraph_over_a_page_end_is_one_and_running_lines_are_kept_apart(pdf):
    full = "The words of this line run on and on to the margin until there is no more room at all"
    pages = []
    for number in range(1, 4):
        body = ["Northmoor Board", "", *([""] * 8), full, "and stop here. Then they begin anew."]
        pages.append([*body, *([""] * 40), f"Page {number}"])
    draft = read_paper(pdf(pages), filename="paper.pdf")
    assert [p.text for p in draft.unplaced].count("Northmoor Board") == 3
    assert {"Page 1", "Page 2", "Page 3"} <= {p.text for p in draft.unplaced}
    texts = [p.text for s in draft.sections for p in s.passages]
    assert texts.count(f"{full} and stop here. Then they begin anew.") == 3


def test_a_pdf_of_scans_is_refused(pdf):
    with pytest.raises(UnreadableFile, match="scan") as caught:
        read_paper(pdf([[], []], image=True), filename="scan.pdf")
    assert caught.value.rule == "pdf-has-text"


def test_a_locked_pdf_is_refused_and_one_that_only_forbids_printing_is_read(pdf):
    for password, owner in (("secret", "owner"), ("", "owner")):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([PAPER])))
        writer.encrypt(password, owner, algorithm="AES-256")
        out = io.BytesIO()
        writer.write(out)
        if password:
            with pytest.raises(UnreadableFile, match="password") as caught:
                read_paper(out.getvalue(), filename="locked.pdf")
            assert caught.value.rule == "not-encrypted"
        else:
            check(read_paper(out.getvalue(), filename="open.pdf"))


def test_pasted_text_and_a_pasted_page_need_no_file_name():
    text = "\n".join(PAPER).encode()
    check(read_paper(text, filename=""))
    page = "".join(f"<p>{line}</p>" for line in PAPER).replace(
        f"{PAPER[11]}</p><p>", f"{PAPER[11]} "
    )
    check(read_paper(page.encode(), filename="", kind=PaperKind.HTML))
    check(read_paper(page.encode(), filename="", kind="html"))
    with pytest.raises(UsageProblem, match="'letter' is no kind of paper"):
        read_paper(text, filename="", kind="letter")


def test_markdown_headings_and_bold_labels_read_like_any_others():
    marked = "\n".join(PAPER).replace("Recommendation 1", "## Recommendation 1")
    marked = marked.replace("Progress so far", "**Progress so far**")
    check(read_paper(f"# {marked}".encode(), filename="paper.md"))


def test_line_ends_and_encodings_do_not_change_what_a_text_says():
    text = "\n".join(PAPER)
    base = read_paper(text.encode(), filename="a.txt").recommendations
    for other in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("cp1252"),
    ):
        assert read_paper(other, filename="a.txt").recommendations == base


def test_form_feeds_count_pages():
    draft = read_paper(b"Recommendation 1\nOne.\n\x0cRecommendation 2\nTwo.\n", filename="a.txt")
    assert [r.place.page for r in draft.recommendations] == [1, 2]


def test_words_in_headers_boxes_notes_and_tracked_changes_are_kept_or_told(word, repack):
    def write(document):
        document.sections[0].header.paragraphs[0].text = "Northmoor Board"
        document.add_paragraph("Recommendation 1: Say it.")
        run = document.add_paragraph("It is ").add_run("gone")
        deleted = OxmlElement("w:del")
        run._r.addprevious(deleted)
        deleted.append(run._r)

    draft = read_paper(word(write), filename="a.docx")
    assert "Northmoor Board" in [p.text for p in draft.unplaced]
    assert "tracked-changes" in rules(draft)
    assert "gone" not in " ".join(p.text for p in draft.list_passages())


def test_a_table_of_recommendations_in_a_word_file_fills_the_register(word):
    def write(document):
        document.add_heading("What was agreed", 1)
        table = document.add_table(rows=0, cols=4)
        for row in (
            ("No", "Recommendation", "Owner", "Due date"),
            ("1", "Train everyone", "Training", "1 May 2021"),
            ("2", "Publish figures", "Statistics", "31 June 2021"),
        ):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    draft = read_paper(word(write), filename="a.docx")
    assert [(r.number, r.text, r.responsible) for r in draft.recommendations] == [
        ("1", "Train everyone", "Training"),
        ("2", "Publish figures", "Statistics"),
    ]
    assert [(f.row, f.column, f.rule) for f in draft.tables[0].faults] == [
        (2, "Due date", "impossible-date")
    ]
    assert "recommendations-from-table" in rules(draft)


HEADER = ("Number", "Recommendation", "Owner", "Due", "Status")


def test_of_five_thousand_rows_the_three_wrong_ones_are_named(workbook):
    rows = [(n, f"Do thing {n}", "A unit", date(2025, 1, 1), "In progress") for n in range(1, 5001)]
    rows[41] = (42, "", "A unit", date(2025, 1, 1), "In progress")
    rows[1999] = (2000, "Do thing 2000", "A unit", "31/11/2025", "In progress")
    rows[4999] = (17, "Do thing 5000", "A unit", None, "Complete")
    draft = read_paper(workbook([HEADER, *rows]), filename="register.xlsx")
    assert len(draft.recommendations) == 5000
    assert [(f.row, f.column, f.rule) for f in draft.tables[0].faults] == [
        (43, "Recommendation", "text-missing"),
        (2001, "Due", "impossible-date"),
        (5001, "Number", "number-repeated"),
    ]
    assert len(draft.doubts) == 3
    assert draft.recommendations[0].due == date(2025, 1, 1)
    assert draft.recommendations[4999].completed


def test_the_same_rows_as_csv_give_the_same_faults():
    rows = [f'{n},"Do thing {n}, soon",A unit,01/01/2025,Open' for n in range(1, 5001)]
    rows[41], rows[1999], rows[4999] = (
        "42,,A unit,,Open",
        "2000,x,A unit,31/11/2025,Open",
        "17,x,A unit,,",
    )
    text = "\ufeff" + "\r\n".join([",".join(HEADER), *rows])
    draft = read_paper(text.encode(), filename="register.csv")
    assert [(f.row, f.rule) for f in draft.tables[0].faults] == [
        (43, "text-missing"),
        (2001, "impossible-date"),
        (5001, "number-repeated"),
    ]


def test_formula_cells_give_their_saved_value_and_are_flagged(workbook):
    rows = [HEADER, (1, "Do it", "=A2", None, "Open"), (2, "Do it too", "B unit", None, "Open")]
    draft = read_paper(workbook(rows), filename="register.xlsx")
    assert [(f.row, f.column, f.rule) for f in draft.tables[0].faults] == [
        (2, "Owner", "formula-without-value")
    ]
    (doubt,) = [d for d in draft.doubts if d.rule == "formula-cell"]
    assert (doubt.row, doubt.column) == (2, "Owner")


def test_a_formula_with_a_saved_value_is_read_as_that_value(workbook, repack):
    content = workbook([HEADER, (1, "Do it", "=1+1", None, "Open")])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    saved = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
    )
    assert saved != sheet
    draft = read_paper(repack(content, {"xl/worksheets/sheet1.xml": saved}), filename="r.xlsx")
    assert draft.recommendations[0].responsible == "2"
    assert not draft.tables[0].faults
    assert "formula-cell" in rules(draft)


def test_csv_text_that_looks_like_a_formula_stays_text():
    draft = read_paper(b"No,Recommendation,Owner\n1,=SUM(A1),+me\n", filename="r.csv")
    assert draft.recommendations[0].text == "=SUM(A1)"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_csv_may_separate_its_cells_in_any_usual_way(sign):
    text = sign.join(HEADER) + "\n" + sign.join(["1", "Do it", "A", "", "Open"]) + "\n"
    assert read_paper(text.encode(), filename="r.csv").recommendations[0].status == "Open"


def test_words_above_the_heading_row_are_kept_and_a_plain_table_is_said_to_be_one(workbook):
    titled = [("Northmoor register", None), (None,), HEADER, (1, "Do it", "A", None, "Open")]
    draft = read_paper(workbook(titled), filename="r.xlsx")
    assert draft.title == "Northmoor register"
    assert draft.recommendations[0].place.line == 4
    plain = read_paper(workbook([("Unit", "Staff"), ("N", 3), ("S", 4)]), filename="r.xlsx")
    assert not plain.recommendations
    assert "not-a-register" in rules(plain)
    assert plain.tables[0].types == ("text", "number")


def test_a_bold_label_at_the_start_of_a_word_paragraph_parts_off():
    document = docx.Document()
    document.add_paragraph("Recommendation 1: Say it.")
    paragraph = document.add_paragraph()
    paragraph.add_run("Challenges").bold = True
    paragraph.add_run(" Nobody listens.")
    out = io.BytesIO()
    document.save(out)
    draft = read_paper(out.getvalue(), filename="a.docx")
    assert draft.recommendations[0].challenges == "Nobody listens."
