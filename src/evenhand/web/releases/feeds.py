"""Atom feeds of public changes: one entry a recommendation a release (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200  # entries: far more than any reader fetches between two visits


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that changed: its permanent name, its page, and what to say of it."""

    ident: str
    title: str
    address: str
    updated: datetime
    words: str


def render_feed(
    *, title: str, own: str, page: str, updated: datetime | None, entries: Iterable[FeedEntry]
) -> bytes:
    """A feed at the address ``own`` about the page at ``page``; addresses are absolute.

    Identifiers are made from the addresses and the number of the release, so that a reader who
    has seen an entry is never shown it again as new.
    """
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(feed, "id", own)
    _text(feed, "title", title)
    _text(feed, "updated", _moment(updated or datetime(1970, 1, 1, tzinfo=UTC)))
    SubElement(feed, "link", {"rel": "self", "href": own, "type": "application/atom+xml"})
    SubElement(feed, "link", {"rel": "alternate", "href": page, "type": "text/html"})
    _text(SubElement(feed, "author"), "name", "The register of recommendations")
    for each in _first(entries):
        entry = SubElement(feed, "entry")
        _text(entry, "id", each.ident)
        _text(entry, "title", each.title)
        _text(entry, "updated", _moment(each.updated))
        SubElement(entry, "link", {"rel": "alternate", "href": each.address, "type": "text/html"})
        _text(entry, "summary", each.words)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}'.encode()


def _first(entries: Iterable[FeedEntry]) -> Sequence[FeedEntry]:
    return list(entries)[:MOST]


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = words


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
