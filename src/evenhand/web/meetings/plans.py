"""A paper to begin, as a value: of what kind, for which meeting, from which snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.web.meetings.choices import PaperKind


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """``publication`` only for a paper on one report; ``commission`` where members asked for it."""

    kind: PaperKind
    title: str
    meeting: str
    snapshot: str
    publication: str = ""
    commission: str = ""
