"""Which column of a register says what, by its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OFFICER = r"(?: (?:officer|body|person|organisation|team|name))?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:recommendation|rec|item|action)? ?(?:no|number|ref|reference|id|#)|recs?"),
    ("item", r"sub ?(?:item|recommendation|part)(?: (?:no|number|label))?|part|letter|label|limb"),
    (
        "text",
        r"(?:exact )?(?:recommendation|text|wording|description|requirement|action)"
        r"(?: (?:text|wording|description))?|full text",
    ),
    ("heading", r"heading|(?:working |short )?title"),
    ("group", r"group|theme|area|category|section|chapter"),
    (
        "responsible",
        rf"(?:body |person |team )?responsib(?:le|ility){_OFFICER}"
        rf"|(?:action |recommendation )?(?:owner|lead){_OFFICER}|assigned to",
    ),
    ("due", r"due(?: date| by)?|(?:target|completion|implementation) date|deadline|by when"),
    ("status", r"(?:current )?status|rag(?: status| rating)?|position"),
    ("completed", r"(?:action )?completed?|closed|done"),
    ("progress", r"progress(?: (?:so far|to date|made|update))?|(?:latest )?updates?"),
    ("challenges", r"challenges?|risks?(?: and challenges)?|issues|barriers"),
    ("next_steps", r"next steps?|(?:further|future) actions?"),
)
_COMPILED = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _PATTERNS)


def name_column(heading: str) -> str:
    """What a column holds, or "" when its heading is not one that is known."""
    words = re.sub(r"[^\w#]+", " ", heading).strip()
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(words)), "")


def find_columns(header: Sequence[str]) -> dict[str, int] | None:
    """Where each known column stands; None unless there is a wording and something about it."""
    named = [(name_column(heading), index) for index, heading in enumerate(header)]
    texts = [index for name, index in named if name == "text"]
    columns: dict[str, int] = {}
    for name, index in named:
        if name and name not in columns:
            columns[name] = index
    if len(texts) > 1 and "number" not in columns:
        # "Recommendation | Wording": the first of two is the number
        columns["number"], columns["text"] = texts[0], texts[1]
    return columns if "text" in columns and len(columns) > 1 else None
