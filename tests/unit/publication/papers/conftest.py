"""One small paper with a block of every kind, for all tests of papers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenhand.publication.papers import (
    Correction,
    Figure,
    Grid,
    Ledger,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Section,
    Subheading,
)

ROOT = "ab" * 32
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" role="img">'
    "<title>Bars</title><desc>Two bars.</desc>"
    '<path d="M0 5h120v20H0z" fill="#0b5563"/><path d="M0 35h60v20H0z" fill="#d9a441"/>'
    '<text x="126" y="20" font-family="Helvetica, sans-serif" font-size="13">12</text></svg>'
)


def make_paper() -> Paper:
    """A paper whose words try to be markup."""
    counts = Grid(
        "Items by level",
        ("Inquiry", "Embedded", "Partially"),
        (
            (("Lantern",), (Figure("lantern.embedded", 12),), (Figure("lantern.partial", 1234),)),
            (("Harbour <b> #let $x$",), (Figure("harbour.embedded", 0),), ("–",)),
        ),
        numeric=(1, 2),
        note="A dash: this scale has no such level.",
    )
    return Paper(
        title="Progress on what the service was told *#now*",
        body="Fenmarsh Police Authority (made up)",
        facts=(("Meeting", "Board, 24 May 2027"), ("Report by", "The secretariat")),
        sections=(
            Section("summary", "Summary", (Paragraph(("All is told.",), numbered=False),)),
            Section(
                "recommendations",
                "Recommendations to members",
                (Listing((("note this;",), ("ask for more.",)), ordered=True),),
            ),
            Section(
                "supporting",
                "Supporting information",
                (
                    Paragraph(("There are ", Figure("all.items", 1246), " items.")),
                    Subheading("Counts"),
                    counts,
                    Subheading("Drawn", 2),
                    Picture("Embedded", "Lantern has 12, Harbour none.", SVG, counts),
                    Paragraph(("The same paragraph.",)),
                    Listing((("one",), ("two",))),
                ),
            ),
        ),
        ledger=Ledger("spring", "24 May 2027, 17:00", 7421, ROOT, 5),
        annex=Grid(
            "Every number",
            ("Name", "Number", "What was counted"),
            ((("all.items",), (Figure("all.items", 1246),), ("Items on the register",)),),
            numeric=(1,),
        ),
    )


@pytest.fixture
def paper() -> Paper:
    return make_paper()


@pytest.fixture
def corrected(paper: Paper) -> Paper:
    correction = Correction(1, "24 May 2027", "Harbour’s count", "It was read from the wrong row.")
    return replace(paper, version=2, standing="Issued", correction=correction)
