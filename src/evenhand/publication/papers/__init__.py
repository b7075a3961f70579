"""Papers for a board: a typed model, and the same paper as HTML, Word and PDF/UA."""

from evenhand.publication.papers.codec import digest, read_paper, write_paper
from evenhand.publication.papers.compare import Pair, lay_beside
from evenhand.publication.papers.html import render_file, render_fragment
from evenhand.publication.papers.ink import picture_of
from evenhand.publication.papers.model import (
    Block,
    Correction,
    Grid,
    Ledger,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Section,
    Subheading,
)
from evenhand.publication.papers.pdf import render_pdf
from evenhand.publication.papers.standing import STANDING, StandingSection, missing_sections
from evenhand.publication.papers.text import read_lines, read_text, typed_numbers, unknown_names
from evenhand.publication.papers.words import Figure, Run, Words, plain

__all__ = [
    "STANDING",
    "Block",
    "Correction",
    "Figure",
    "Grid",
    "Ledger",
    "Listing",
    "Pair",
    "Paper",
    "Paragraph",
    "Picture",
    "Run",
    "Section",
    "StandingSection",
    "Subheading",
    "Words",
    "digest",
    "lay_beside",
    "missing_sections",
    "picture_of",
    "plain",
    "read_lines",
    "read_paper",
    "read_text",
    "render_file",
    "render_fragment",
    "render_pdf",
    "typed_numbers",
    "unknown_names",
    "write_paper",
]
