"""A paper to begin, as a value: of what kind, for which meeting, from which snapshot.

``before`` names the earlier snapshot that it is compared with: empty, that of the last paper of its
kind that was issued; :data:`NOTHING`, none.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.web.meetings.choices import PaperKind

NOTHING = "nothing"
"""Chosen where a paper is not to be compared with anything."""


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """``publication`` only for a paper on one report; ``commission`` where members asked for it."""

    kind: PaperKind
    title: str
    meeting: str
    snapshot: str
    publication: str = ""
    commission: str = ""
    before: str = ""
