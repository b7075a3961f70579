"""A paper as PDF/UA-1 through Typst: without a network, with the fonts that Typst brings.

A picture without a text alternative stops the build (so does any other breach of the standard that
Typst can see). What the paper says reaches Typst as values, never as markup: no text of ours or of
a user can become a command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from evenhand.core import UsageProblem
from evenhand.publication.papers.html import ledger_sentence
from evenhand.publication.papers.model import (
    Block,
    Correction,
    Grid,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Subheading,
    letter,
    paragraph_numbers,
)
from evenhand.publication.papers.widths import share_widths
from evenhand.publication.papers.words import plain

STANDARD = "ua-1"
PIXELS_PER_INCH = 200.0  # sharp on paper at the width of a page, and about 60 kB a chart


def render_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF that declares PDF/UA-1; the same paper gives the same bytes.

    Raises
    ------
    UsageProblem
        When the standard is not met, with what Typst found.
    """
    import typst

    try:
        content = _compiler().compile(
            input=_sheet("paper.typ"),
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs={"paper": json.dumps(_values(paper), ensure_ascii=False)},
            timestamp=0,
        )
    except typst.TypstError as error:
        raise UsageProblem(
            f"the PDF does not meet PDF/UA-1: {error.message}.",
            remedy="; ".join(error.hints) or "Say what each picture shows.",
            rule="papers-are-accessible",
        ) from None
    return _one(content)


def render_png(svg: str) -> bytes:
    """A drawing as a picture of points, for Word, which cannot be relied on to draw SVG."""
    content = _compiler().compile(
        input=_sheet("picture.typ"),
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svg": svg},
    )
    return _one(content)


def _one(content: Any) -> bytes:
    pages = content if isinstance(content, list) else [content]
    return bytes(pages[0])


@lru_cache(maxsize=1)
def _compiler() -> Any:
    """One compiler a process, for reading its fonts takes longer than setting a paper."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(font_paths=fonts)


@lru_cache(maxsize=4)
def _sheet(name: str) -> bytes:
    return files("evenhand.publication.papers").joinpath(name).read_bytes()


def _values(paper: Paper) -> dict[str, Any]:
    numbers = paragraph_numbers()
    ledger = paper.ledger
    language, _, region = paper.language.partition("-")
    return {
        "title": paper.title,
        "body": paper.body,
        "language": language,
        "region": region or "GB",
        "facts": [*map(list, paper.facts), ["Version", f"{paper.version}, {paper.standing}"]],
        "correction": _correction(paper.correction),
        "sections": [
            {
                "title": f"{letter(place)}. {section.title}",
                "blocks": [_block(block, numbers) for block in section.blocks],
            }
            for place, section in enumerate(paper.sections)
        ],
        "annex": _block(paper.annex, numbers),
        "ledger": {
            "sentence": ledger_sentence(ledger),
            "facts": [list(fact) for fact in ledger.facts],
            "roots": [list(root) for root in ledger.roots],
        },
    }


def _correction(correction: Correction | None) -> list[str]:
    if correction is None:
        return []
    return [
        f"This takes the place of version {correction.of_version}, issued on "
        f"{correction.issued}, which is kept.",
        f"What changed: {correction.changed}",
        f"Why: {correction.why}",
    ]


def _block(block: Block, numbers: Iterator[int]) -> dict[str, Any]:
    match block:
        case Paragraph():
            number = next(numbers) if block.numbered else 0
            return {"is": "paragraph", "number": number, "text": plain(block.words)}
        case Listing():
            items = [plain(item) for item in block.items]
            return {"is": "listing", "ordered": block.ordered, "items": items}
        case Subheading():
            return {"is": "heading", "level": block.level + 1, "text": block.text}
        case Grid():
            return _grid(block)
        case Picture():
            facts = {"title": block.title, "alt": block.alt, "svg": block.svg}
            return {"is": "picture", **facts, "table": _grid(block.table)}


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "is": "grid",
        "caption": grid.caption,
        "headers": list(grid.headers),
        "numeric": list(grid.numeric),
        "rows": [[plain(cell) for cell in row] for row in grid.rows],
        "widths": share_widths(grid),
        "note": grid.note,
    }
