"""Papers: the reports of an oversight body, read into drafts that a secretariat can correct."""

from evenhand.datasets.papers.draft import (
    Cell,
    Doubt,
    Entry,
    Fault,
    ForMembers,
    Item,
    PaperDraft,
    PaperTable,
    Passage,
    Recommendation,
    Role,
    Section,
    Strand,
)
from evenhand.datasets.papers.draft_json import build_json
from evenhand.datasets.papers.limits import MAX_PAPER_BYTES
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.read import read_paper
from evenhand.datasets.papers.sniff import PaperKind, check_size

__all__ = [
    "MAX_PAPER_BYTES",
    "Cell",
    "Doubt",
    "Entry",
    "Fault",
    "ForMembers",
    "Item",
    "PaperDraft",
    "PaperKind",
    "PaperTable",
    "Passage",
    "Place",
    "Recommendation",
    "Role",
    "Section",
    "Strand",
    "build_json",
    "check_size",
    "read_paper",
]
