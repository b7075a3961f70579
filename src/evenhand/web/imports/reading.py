"""What was read in a paper, as JSON that can wait: the draft without its single passages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify

from evenhand.accountability.scales import ACTIONED
from evenhand.datasets.papers import PaperDraft, build_json

Json = dict[str, Any]

POINTS_AT = re.compile(r"recommendation (.+?)(?: \((\w+)\))?(?:, .*)?")
"""How a doubt names its place: ``recommendation 5 (b), line 93``."""

REF_WORDS = 50  # characters of a title that make a reference: long enough to tell, short to type
RESPONSES = {
    "accepted": "accept",
    "accepted in full": "accept",
    "accepted in part": "accept_in_part",
    "partially accepted": "accept_in_part",
    "partly accepted": "accept_in_part",
    "rejected": "reject",
    "not accepted": "reject",
}
"""What a column called status says where it tells of a response; others are a level, or not."""


def build_reading(paper: PaperDraft, *, parties: Mapping[str, str]) -> Json:
    """The reading of a paper; ``parties`` are references by lower-case name, for who is named."""
    told = build_json(paper)
    entries = [
        _build_entry(entry, str(place), parties=parties)
        for place, entry in enumerate(told["recommendations"])
    ]
    elsewhere = _place_doubts(entries, told["doubts"])
    return {
        "head": _build_head(paper),
        "entries": entries,
        "tables": told["tables"],
        "for_members": told["members_recommendations"],
        "unplaced": [passage["text"] for passage in told["unplaced"]],
        "doubts": elsewhere,
        "words": squeeze(_all_words(paper)),
    }


def squeeze(text: str) -> str:
    """Words with single spaces, and without the mark of a list, for comparing with the paper."""
    return re.sub(r"\s+", " ", text.replace("•", " ")).strip()


def _build_head(paper: PaperDraft) -> Json:
    day = paper.date or paper.meeting_date
    name = slugify(paper.title)[:REF_WORDS].strip("-")
    return {
        "title": paper.title,
        "ref": f"{name}-{day.year}" if name and day else name,
        "published_on": day.isoformat() if day else "",
        "author": paper.author,
        "report_number": paper.report_number,
        "committee": paper.committee,
        "edition": 1,
        "inquiry": "",
        "new_inquiry": "",
        "addressed_to": "",
        "scale": ACTIONED.ref,
        "makes_none": False,
    }


def _build_entry(told: Json, key: str, *, parties: Mapping[str, str]) -> Json:
    kept = ("text", "completed", "progress", "challenges", "next_steps", "other", "responsible")
    entry = {name: told[name] for name in (*kept, "due_text", "status", "notes")}
    response = RESPONSES.get(told["status"].strip().lower(), "")
    return {
        **entry,
        "key": key,
        "number": told.get("number", told.get("label", "")),
        "heading": told.get("heading", ""),
        "due": told["due"] or "",
        "place": _place_words(told),
        "party": parties.get(told["responsible"].strip().lower(), ""),
        "response": response,
        "response_reason": f"As the report says: {told['status']}." if response else "",
        "left_out": False,
        "doubts": [],
        "items": [
            _build_entry(item, f"{key}.{place}", parties=parties)
            for place, item in enumerate(told.get("items", ()))
        ],
    }


def _place_doubts(entries: Sequence[Json], doubts: Sequence[Json]) -> list[Json]:
    """Put each doubt beside the entry that it names; those that name none are returned."""
    named: dict[tuple[str, str], Json] = {}
    for entry in reversed(entries):  # of two with one number, the doubts go to the first
        named |= {(entry["number"], item["number"]): item for item in reversed(entry["items"])}
        named[entry["number"], ""] = entry
    elsewhere: list[Json] = []
    for doubt in doubts:
        match = POINTS_AT.fullmatch(doubt["where"])
        found = named.get((match[1], match[2] or "")) if match else None
        (found["doubts"] if found else elsewhere).append(doubt)
    return elsewhere


def _place_words(told: Json) -> str:
    known = [f"{name} {told[name]:,}" for name in ("page", "line") if told[name] is not None]
    return ", ".join(known) or f"block {told['block']:,}"


def _all_words(paper: PaperDraft) -> str:
    passages = sorted(paper.list_passages(), key=lambda passage: passage.place.block)
    said = [f"{passage.marker} {passage.text}" for passage in passages]
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row]
    # a sheet's wording stands in its entries alone
    entries = [entry.text for entry in paper.recommendations]
    items = [item.text for entry in paper.recommendations for item in entry.items]
    return " ".join([*said, *cells, *entries, *items])
