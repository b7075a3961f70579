"""From records to frozen copies, as pure values: bodies with their logs, hashes, the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.releases import WITHDRAWN, Change, Entry, add_entry

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """One frozen copy: its address, its canonical text, and the hash of that text."""

    address: str
    body: str
    sha256: str


def hash_content(records: Sequence[Record]) -> str:
    """One hash over all that is proposed: what the second person approves is exactly this."""
    lines = _manifest(
        (r["address"], hashlib.sha256(canonical_bytes(r)).hexdigest()) for r in records
    )
    return hashlib.sha256(lines.encode()).hexdigest()


def freeze(record: Record, earlier: Record | None, *, number: int, on: str) -> Copy:
    """The copy of a record under a release, its log continued from what stood there before."""
    status = {name: aspect["words"] for name, aspect in record["status"].items()}
    news = earlier is not None and any(
        earlier.get(part, []) != record[part] for part in ("words", "files")
    )
    log = add_entry(_read_log(earlier), status, on=on, release=number, news=news)
    return _copy({**record, "release": number, "released_on": on, "log": [asdict(e) for e in log]})


def freeze_notice(earlier: Record, *, number: int, on: str) -> Copy:
    """The notice left where something was withdrawn: which recommendation, when, by which act.

    Its log is kept for the next release, and nothing of the page is shown from it.
    """
    log = (*_read_log(earlier), Entry(on, number, WITHDRAWN))
    kept = {name: earlier[name] for name in ("address", "publication", "inquiry", "place")}
    kept["wording"] = {"number": earlier["wording"]["number"]}
    withdrawn = {**kept, "release": number, "withdrawn_on": on}
    return _copy({**withdrawn, "log": [asdict(_bare(e)) for e in log]})


def render_manifest(copies: Iterable[Copy], records: Iterable[Record] = ()) -> tuple[str, str]:
    """The list of hashes and addresses, as ``sha256sum`` writes it, and the hash of the list.

    The files that records carry are listed by the address of their record and their name.
    """
    files = [(name_file(r["address"], f["name"]), f["sha256"]) for r in records for f in r["files"]]
    text = _manifest([*((copy.address, copy.sha256) for copy in copies), *files])
    return text, hashlib.sha256(text.encode()).hexdigest()


def name_file(address: str, name: str) -> str:
    """How a manifest names a file that stands at an address."""
    return f"{address}/files/{name}"


def _manifest(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{digest}  {address}\n" for address, digest in sorted(pairs))


def _copy(record: Record) -> Copy:
    body = canonical_bytes(record)
    return Copy(record["address"], body.decode(), hashlib.sha256(body).hexdigest())


def _bare(entry: Entry) -> Entry:
    """An entry as a notice keeps it: that something happened, not what it said."""
    return Entry(entry.on, entry.release, entry.act)


def _read_log(earlier: Record | None) -> tuple[Entry, ...]:
    if earlier is None:
        return ()
    return tuple(
        Entry(
            entry["on"],
            entry["release"],
            entry["act"],
            tuple(Change(**change) for change in entry["changes"]),
        )
        for entry in earlier["log"]
    )
