"""A version of evidence as it is offered: the file or link, and what may be concluded from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from evenhand.core import UsageProblem
from evenhand.web.work.choices import EvidenceClass, Reliability


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """One version. Either ``content`` with its file name, or the ``address`` of a link.

    ``text`` is what could be read out of the file, for searching; it is not shown as the evidence.
    """

    speaks_from: date
    speaks_to: date
    method: str
    reliability: Reliability
    classification: EvidenceClass
    limits: str = ""
    content: bytes = b""
    filename: str = ""
    media_type: str = ""
    address: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        if bool(self.content) == bool(self.address):
            raise UsageProblem("evidence is a file or a link, not both.", rule="evidence-shape")
        if self.address and not self.address.startswith(("https://", "http://")):
            raise UsageProblem("a link begins with https://.", rule="evidence-shape")
        if self.speaks_to < self.speaks_from:
            raise UsageProblem(
                "the period evidence speaks for ends before it begins.", rule="evidence-period"
            )
        if not self.method.strip():
            raise UsageProblem(
                "evidence says how it was made: counted, sampled, observed, told.",
                rule="evidence-has-a-method",
            )

    @property
    def sha256(self) -> str:
        """The hash of the file; empty for a link, whose content others can change."""
        return hashlib.sha256(self.content).hexdigest() if self.content else ""
