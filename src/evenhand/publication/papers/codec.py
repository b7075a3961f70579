"""A paper as one text and back, exactly: what is kept when a paper is issued."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

from evenhand.core import LedgerBroken
from evenhand.publication.papers.model import (
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
from evenhand.publication.papers.words import Figure

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
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
}


def write_paper(paper: Paper) -> str:
    """The paper as text; the same paper always gives the same text."""
    return json.dumps(_encode(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_paper(text: str) -> Paper:
    """The paper in this text, checked again as it is made.

    Raises
    ------
    LedgerBroken
        When the text is not a paper: what was issued is no longer there.
    """
    try:
        found = _decode(json.loads(text))
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, Paper):
        raise LedgerBroken("the text of an issued paper cannot be read.", rule="paper-is-kept")
    return found


def digest(text: str) -> str:
    """The SHA-256 by which the ledger knows the issued text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        facts = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **facts}
    return [_encode(each) for each in value] if isinstance(value, tuple) else value


def _decode(value: Any) -> Any:
    if isinstance(value, dict):
        kind = _KINDS[value["is"]]
        return kind(**{name: _decode(each) for name, each in value.items() if name != "is"})
    return tuple(_decode(each) for each in value) if isinstance(value, list) else value
