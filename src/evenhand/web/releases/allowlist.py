"""What goes out to the public, decided field by field; whatever is not named here stays inside.

A record is the sum of its parts (:data:`PARTS`). Each part is one function that picks fields from
:class:`~evenhand.web.releases.gathering.Material` by name and puts them into plain values. To
publish something more, add a part, and its canary to the test that searches every byte served.

Left out on purpose: names of persons, working titles, themes, policies, actions, reasons of duties,
who wrote or asked anything, evidence but for its public twins, and all free words and twins but
those approved one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.machines import RESPONSE, VERDICT, WORK
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.queries import DutyRow
from evenhand.web.releases.gathering import Material

Facts = dict[str, Any]

NAMED = ("team", "body")
"""Kinds of party whose name is public; a person's never is."""

A_PERSON = "A person, whose name is not published"
NO_DATE = "No date applies any more"


def build_record(material: Material) -> Facts:
    """The public record of one recommendation, without its log, which comes with the release."""
    return {name: part(material) for name, part in PARTS.items()}


def hash_record(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record in its canonical form."""
    return hashlib.sha256(canonical_bytes(record)).hexdigest()


def _address(material: Material) -> str:
    return material.row.ref


def _wording(material: Material) -> Facts:
    """The exact published words, which were public before."""
    row = material.row
    return {"number": row.number, "heading": row.heading, "text": row.text, "page": row.page}


def _publication(material: Material) -> Facts:
    report = material.publication
    return {
        "ref": report.ref,
        "title": report.title,
        "edition": report.edition,
        "published_on": report.published_on.isoformat(),
        "author": report.author,
        "report_number": report.report_number,
    }


def _inquiry(material: Material) -> Facts:
    return {"ref": material.publication.inquiry, "title": material.publication.inquiry_title}


def _place(material: Material) -> int:
    return material.row.place


def _parent(material: Material) -> str:
    return material.row.parent


def _parts(material: Material) -> list[Facts]:
    return [{"address": part.ref, "number": part.number} for part in material.parts]


def _addressed_to(material: Material) -> str:
    row = material.row
    return row.addressed_name if row.addressed_to.partition(":")[0] in NAMED else ""


def _scale(material: Material) -> Facts:
    scale = material.scale
    levels = [{"code": each.code, "words": each.words} for each in scale.levels]
    return {"ref": scale.ref, "title": scale.title, "levels": levels}


def _status(material: Material) -> Facts:
    """Each aspect that is known; an aspect that is not known is not there."""
    found = {name: read(material) for name, read in STATUS.items()}
    return {name: aspect for name, aspect in found.items() if aspect is not None}


def _response(material: Material) -> Facts | None:
    given = material.row.response
    if given is None:
        return None
    words = RESPONSE.state(given.state).words
    return {"code": given.state, "words": words, "since": given.responded_on.isoformat()}


def _work(material: Material) -> Facts | None:
    row = material.row
    if not row.is_item:
        return None
    words = WORK.state(row.work.state).words
    return {"code": row.work.state, "words": words, "since": row.work.since.isoformat()}


def _level(material: Material) -> Facts | None:
    told = material.row.level
    if told is None:
        return None
    return {"code": told.code, "words": told.words, "since": told.as_at.isoformat()}


def _claim(material: Material) -> Facts | None:
    """What the owner claims: a level of the report’s scale and how the claim stands, no reasons."""
    claim = material.claim
    if claim is None:
        return None
    words = f"{claim.level_words} ({claim.state_words.lower()})"
    return {"code": claim.level, "words": words, "since": claim.as_at.isoformat()}


def _verdict(material: Material) -> Facts | None:
    """What the panel found and by how many votes; who voted how, and why, stays inside."""
    verdict = material.verdict
    if verdict is None:
        return None
    standing = "" if verdict.state == VERDICT.start else f" {verdict.state_words}."
    return {
        "code": verdict.state,
        "words": f"{verdict.words}{standing}",
        "since": verdict.decided_on.isoformat(),
        "for": verdict.votes_for,
        "against": verdict.votes_against,
        "bundle": verdict.bundle_sha256,
    }


def _due(material: Material) -> Facts | None:
    due = material.row.due
    if due is None:
        return None
    words = due.due_on.isoformat() if due.due_on else NO_DATE
    return {"words": words, "original": due.original_on.isoformat(), "moved": due.slips}


def _owner(material: Material) -> Facts | None:
    duty: DutyRow | None = material.row.holder
    if duty is None:
        return None
    named = duty.party.partition(":")[0] in NAMED
    return {"words": duty.name if named else A_PERSON, "since": duty.starts.isoformat()}


def _connected(material: Material) -> list[Facts]:
    """Links that a second person confirmed; their reasons stay inside."""
    ref = material.row.ref
    return [
        {
            "words": str(LinkKind(link.kind).label),
            "from": link.source,
            "to": link.target,
            "ours": link.source == ref,
        }
        for link in material.links
    ]


def _words(material: Material) -> list[Facts]:
    """Free words, each approved for publication in this release."""
    return [
        {"kind": each.kind, "on": each.on.isoformat(), "text": each.text}
        for each in material.approved
    ]


def _files(material: Material) -> list[Facts]:
    """Public twins of evidence, each approved in this release: their bytes are frozen beside."""
    return [
        {
            "name": each.name,
            "kind": each.kind,
            "media_type": each.media_type,
            "size": each.size,
            "sha256": each.sha256,
            "speaks_from": each.speaks_from.isoformat(),
            "speaks_to": each.speaks_to.isoformat(),
            "judged": each.judged,
            "left_out": each.left_out,
        }
        for each in material.files
    ]


def _as_at(material: Material) -> str:
    return material.as_at.isoformat()


STATUS: Mapping[str, Callable[[Material], Facts | None]] = {
    "response": _response,
    "work": _work,
    "level": _level,
    "claim": _claim,
    "verdict": _verdict,
    "due": _due,
    "owner": _owner,
}
"""The aspects of the public status; their names for readers are ``choices.ASPECTS``."""

PARTS: Mapping[str, Callable[[Material], Any]] = {
    "address": _address,
    "wording": _wording,
    "publication": _publication,
    "inquiry": _inquiry,
    "place": _place,
    "parent": _parent,
    "parts": _parts,
    "addressed_to": _addressed_to,
    "scale": _scale,
    "status": _status,
    "connected": _connected,
    "words": _words,
    "files": _files,
    "as_at": _as_at,
}
