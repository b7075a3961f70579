"""Public twins of evidence that a release may carry: which there are, and what each would say.

The private file behind a twin is not named here, nor is its title: what goes out of a twin is its
bytes, the days it speaks for, how it was judged, and what was left out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from evenhand.accountability.classification import Classification
from evenhand.accountability.ledger import canonical_bytes
from evenhand.core import EvenhandError, UsageProblem
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.queries import RedactionRow, list_redactions
from evenhand.web.judgement.twins import load_twin
from evenhand.web.register.queries import ItemRow
from evenhand.web.work.queries import RELIED_ON, EvidenceRow, list_evidence
from evenhand.web.work.uploads import find_media_type

ID_LENGTH = 32  # of the hash: 128 bits name exactly this file and these words
NAME_LENGTH = 12  # of the hash of a file: tells two files of one address apart

KINDS: Mapping[str, tuple[str, str]] = {
    "application/pdf": ("PDF", ".pdf"),
    "text/plain": ("Plain text", ".txt"),
    "text/csv": ("CSV", ".csv"),
    "image/png": ("Picture (PNG)", ".png"),
    "image/jpeg": ("Picture (JPEG)", ".jpg"),
}
"""Kinds of file that go out. A Word file, a workbook and a web page can hold words that nobody who
looks at them is shown: earlier wording, comments, hidden sheets, scripts."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A public twin beside one recommendation. ``id`` is a hash over all that would go out of it.

    ``why_not`` says why it cannot go out; it is empty where it can.
    """

    item: str
    twin: str
    private_name: str
    media_type: str
    size: int
    sha256: str
    speaks_from: date
    speaks_to: date
    judged: str
    left_out: str
    passed_on: date
    why_not: str = ""

    @property
    def id(self) -> str:
        """The name of exactly this file and what is said of it."""
        facts = [self.item, self.twin, self.sha256, self.left_out]
        return hashlib.sha256(canonical_bytes(facts)).hexdigest()[:ID_LENGTH]

    @property
    def name(self) -> str:
        """The plain name it has for the public, from its address and its content."""
        return f"{self.item.replace('/', '-')}-{self.sha256[:NAME_LENGTH]}{self._kind[1]}"

    @property
    def kind(self) -> str:
        """What sort of file it is, in words."""
        return self._kind[0]

    @property
    def _kind(self) -> tuple[str, str]:
        return KINDS.get(self.media_type, ("A file of another kind", ""))


def list_attached(
    rows: Sequence[ItemRow], *, as_of: AsOf, only: frozenset[str] | None = None
) -> list[Attached]:
    """The passed public twins of the evidence for these recommendations, the latest first.

    ``only``: those of these ids, for only their files are then read.
    """
    passed: dict[str, list[RedactionRow]] = {}
    for twin in list_redactions(as_of=as_of, only_passed=True):
        passed.setdefault(twin.evidence, []).append(twin)
    wanted = {row.ref for row in rows}
    every = list_evidence(as_of=as_of) if passed else []
    private = _list_private(every)
    found = [
        _attach(item, evidence, twin)
        for evidence in every
        if evidence.state in RELIED_ON
        for twin in passed.get(evidence.ref, ())
        for item, _ in evidence.uses
        if item in wanted and ERASED not in (twin.left_out, twin.filename)
    ]
    return [_look_into(each, private) for each in found if only is None or each.id in only]


def require_still_passed(chosen: Iterable[Attached], *, as_of: AsOf) -> None:
    """Refuse a twin that was withdrawn or erased since it was proposed, or is a private file."""
    now = {(twin.ref, twin.left_out) for twin in list_redactions(as_of=as_of, only_passed=True)}
    private = _list_private(list_evidence(as_of=as_of))
    lost = sorted(
        {
            each.item
            for each in chosen
            if each.why_not or (each.twin, each.left_out) not in now or each.sha256 in private
        }
    )
    if lost:
        raise UsageProblem(
            f"a public twin of evidence for {', '.join(lost)} may not go out, so nothing was "
            "released: it was withdrawn, or is of a kind that does not, or is a private file.",
            remedy="Take the proposal back or decline it, and propose it again without that file.",
            rule="files-are-passed",
        )


def _list_private(evidence: Iterable[EvidenceRow]) -> frozenset[str]:
    """The hashes of every file that is not public itself."""
    return frozenset(
        version.sha256
        for each in evidence
        for version in each.versions
        if version.guard is not Classification.PUBLIC
    )


def _attach(item: str, evidence: EvidenceRow, twin: RedactionRow) -> Attached:
    version = next(each for each in evidence.versions if each.number == twin.number)
    return Attached(
        item,
        twin.ref,
        twin.filename,
        twin.media_type,
        twin.size,
        twin.sha256,
        version.speaks_from,
        version.speaks_to,
        evidence.words,
        twin.left_out,
        twin.since,
    )


def _look_into(attached: Attached, private: frozenset[str]) -> Attached:
    if attached.sha256 in private:
        return replace(attached, why_not="It is the same file as one that is not public.")
    try:
        media_type = _find_type(attached.sha256, attached.private_name)
    except EvenhandError as error:
        return replace(attached, why_not=f"{error.problem} {error.remedy}".strip())
    if media_type not in KINDS:
        return replace(
            attached,
            why_not="Only PDF, plain text, CSV, PNG and JPEG go out: files of other kinds can hold "
            "words that nobody is shown. Prepare the twin again as one of these.",
        )
    return replace(attached, media_type=media_type)


@lru_cache(maxsize=1024)
def _find_type(sha256: str, filename: str) -> str:
    """What a file is by its content; the same hash is the same file, so it is looked at once."""
    return find_media_type(load_twin(sha256), filename)
