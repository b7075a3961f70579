"""Lay corrections over a reading so that only what differs from the paper is kept as corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from evenhand.core import UsageProblem
from evenhand.web.imports.faults import check_wording
from evenhand.web.imports.proposals import ADDED, HEAD_FIELDS, LINE_FIELDS

Json = dict[str, Any]

ADDED_KEY = re.compile(rf"(?:[\d.]+\.)?{ADDED}-\d+")
EMPTY: Json = dict.fromkeys(LINE_FIELDS, "") | {"completed": False, "left_out": False}


@dataclass(frozen=True, slots=True)
class Laid:
    """The corrections as they stand afterwards, and the names of the fields that changed."""

    corrected: Json
    names: frozenset[str]


def lay_corrections(
    read: Json,
    corrected: Json,
    *,
    head: Mapping[str, Any],
    entries: Mapping[str, Mapping[str, Any]],
    added: Mapping[str, str],
) -> Laid:
    """The corrections with these laid over them; one that says what the paper says is dropped."""
    before, after = corrected, deepcopy(corrected)
    known = _list_entries(read) | dict.fromkeys((*after.get("added", {}), *added), EMPTY)
    _check_keys(known, entries, added)
    after["added"] = {**after.get("added", {}), **added}
    after["head"] = _lay(after.get("head", {}), read["head"], head, HEAD_FIELDS)
    changes = after["entries"] = dict(after.get("entries", {}))
    for key, fields in entries.items():
        changes[key] = _lay(changes.get(key, {}), known[key], fields, LINE_FIELDS)
        _require_wording(changes[key].get("text", ""), read["words"])
    after["entries"] = {key: fields for key, fields in changes.items() if fields}
    after = {name: part for name, part in after.items() if part}
    return Laid(after, _changed(before, after))


def plain_lines(text: str) -> str:
    """A form sends lines ended as in 1980; the paper’s words are compared without that."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _list_entries(read: Json) -> dict[str, Json]:
    return {each["key"]: each for top in read["entries"] for each in (top, *top["items"])}


def _check_keys(
    known: Mapping[str, Json], entries: Mapping[str, Any], added: Mapping[str, str]
) -> None:
    strange = [key for key in entries if key not in known]
    strange += [key for key in added if not ADDED_KEY.fullmatch(key)]
    strange += [parent for parent in added.values() if parent and parent not in known]
    if strange:
        raise UsageProblem(
            "that recommendation is not in this paper.",
            remedy="Open the import again.",
            rule="corrections-have-a-place",
        )


def _lay(
    standing: Json, own: Mapping[str, Any], fields: Mapping[str, Any], allowed: tuple[str, ...]
) -> Json:
    """Corrections of one entry; a form also strips the ends of words, which is no correction."""
    laid = dict(standing)
    for name, value in fields.items():
        if name not in allowed:
            raise UsageProblem(f"{name} cannot be corrected.", rule="only-these-are-corrected")
        new = plain_lines(value) if isinstance(value, str) else value
        same = new == own[name] or (
            isinstance(new, str) and new.strip() == plain_lines(str(own[name])).strip()
        )
        laid.pop(name, None)
        if not same:
            laid[name] = new
    return laid


def _require_wording(text: str, words: str) -> None:
    problem = check_wording(text, words=words)
    if problem:
        raise UsageProblem(problem, rule="wording-is-the-papers")


def _changed(before: Json, after: Json) -> frozenset[str]:
    names: set[str] = {f"added {key}" for key in after.get("added", {})} - {
        f"added {key}" for key in before.get("added", {})
    }
    pairs = [("report", before.get("head", {}), after.get("head", {}))]
    keys = {*before.get("entries", {}), *after.get("entries", {})}
    pairs += [
        (key, before.get("entries", {}).get(key, {}), after.get("entries", {}).get(key, {}))
        for key in keys
    ]
    for where, old, new in pairs:
        names |= {
            f"{where} {name}" for name in {*old, *new} if old.get(name, ...) != new.get(name, ...)
        }
    return frozenset(names)
