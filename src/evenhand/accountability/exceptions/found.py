"""An exception: its kind, the sentence that says why, the day it began, and what would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ExceptionKind(StrEnum):
    """The kinds in the order in which a member reads them: first what harms somebody every day,
    then what others have judged."""

    ERASED_PUBLIC = "erased_public"
    VERDICT_LAPSED = "verdict_lapsed"
    CLAIM_APART = "claim_apart"
    RECHECK_DUE = "recheck_due"
    VERDICT_OLD = "verdict_old"
    OVERDUE = "overdue"
    OWNER_GONE = "owner_gone"
    SLIPPED = "slipped"
    CHALLENGE_UNANSWERED = "challenge_unanswered"
    BLOCKED = "blocked"
    LONG_IN_PROGRESS = "long_in_progress"
    SILENT = "silent"
    UNEVIDENCED = "unevidenced"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _WORDS[self]

    @property
    def clears(self) -> str:
        """What ends it. Activity alone is never the answer."""
        return _CLEARS[self]


_WORDS = {
    ExceptionKind.ERASED_PUBLIC: "Erased or withdrawn, and still public",
    ExceptionKind.VERDICT_LAPSED: "Verdict lapsed",
    ExceptionKind.CLAIM_APART: "Claim and verdict apart",
    ExceptionKind.RECHECK_DUE: "Re-check due",
    ExceptionKind.VERDICT_OLD: "Verdict older than evidence",
    ExceptionKind.OVERDUE: "Overdue",
    ExceptionKind.OWNER_GONE: "Nobody owns it",
    ExceptionKind.SLIPPED: "Due date moved three times or more",
    ExceptionKind.CHALLENGE_UNANSWERED: "Challenge not answered",
    ExceptionKind.BLOCKED: "Waiting for another item",
    ExceptionKind.LONG_IN_PROGRESS: "In progress for over a year",
    ExceptionKind.SILENT: "Silent",
    ExceptionKind.UNEVIDENCED: "No recent evidence",
}

_CLEARS = {
    ExceptionKind.ERASED_PUBLIC: "Withdrawal of the public page, or its release without it.",
    ExceptionKind.VERDICT_LAPSED: "Opening the item again with a reason, or a new verdict.",
    ExceptionKind.CLAIM_APART: "A lower level reported by the service, or a verdict that upholds.",
    ExceptionKind.RECHECK_DUE: "A re-check that says what was looked at, or a new verdict.",
    ExceptionKind.VERDICT_OLD: "A re-check, or a new verdict, that saw the newer evidence.",
    ExceptionKind.OVERDUE: "A claimed level, a verdict, or a decision to extend the date.",
    ExceptionKind.OWNER_GONE: "A duty given to somebody who is there.",
    ExceptionKind.SLIPPED: "A claimed level or a verdict; another extension makes it worse.",
    ExceptionKind.CHALLENGE_UNANSWERED: "An answer, or the asker’s withdrawal.",
    ExceptionKind.BLOCKED: "The other item’s end, or the withdrawal of the link.",
    ExceptionKind.LONG_IN_PROGRESS: "A claimed level, a verdict, or a decision to pause.",
    ExceptionKind.SILENT: "An update that says something new.",
    ExceptionKind.UNEVIDENCED: "Evidence that speaks for a recent period.",
}


@dataclass(frozen=True, slots=True)
class ItemException:
    """One reason to look at one item: ``since`` is the first day on which it was true."""

    item: str
    kind: ExceptionKind
    since: date
    why: str

    def days(self, on: date) -> int:
        """For how many days it has been true."""
        return (on - self.since).days
