"""What must be known of an item to say whether it is an exception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Limits:
    """How many days each exception allows: a body's own decision, shown beside every list.

    The defaults are ours: a quarter between updates (boards of the source papers met quarterly),
    a year in progress, a year for evidence, a month to answer, three extensions.
    """

    silent_days: int = 92
    in_progress_days: int = 365
    evidence_days: int = 365
    answer_days: int = 28
    slips: int = 3

    def __post_init__(self) -> None:
        days = (self.silent_days, self.in_progress_days, self.evidence_days, self.answer_days)
        if min(*days, self.slips) < 1:
            raise UsageProblem("every limit is a whole number from 1.", rule="limits-are-positive")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the main duty, since when, and the day after which they are no longer there."""

    ref: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A challenge that is not answered: when it was asked, and by when an answer was wanted."""

    ref: str
    asked_on: date
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """Another item that this one depends on, still open, and since when it has been said."""

    ref: str
    since: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """The latest verdict on an item, beside what the service itself reports.

    Ranks are places on the publication's own scale. ``found_rank`` is the level the panel upheld,
    or the one below what it did not uphold. ``since`` and ``why`` are of its present ``state``.
    ``newer_evidence_on`` is when the first evidence came that the panel has not seen.
    """

    state: str
    since: date
    decided_on: date
    upheld: bool
    found_rank: int
    recheck_on: date | None = None
    why: str = ""
    newer_evidence_on: date | None = None
    reported_rank: int | None = None
    reported_words: str = ""
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One recommendation or sub-item as it stood on a day.

    ``last_account_on`` is the last update that said something new: a repeated text, an edited
    title, a tag or a sign-in is activity, and no exception looks at activity.
    ``newest_evidence_on`` is the last day that any accepted or offered evidence speaks for.
    ``owner_lost_on`` is when the last duty ended, where somebody held one and nobody does.
    ``erased_public_on`` is since when it is known that its public page holds words that the law had
    erased, or a public twin that was withdrawn.
    """

    ref: str
    state: str
    state_since: date
    recorded_on: date
    due_on: date | None = None
    original_due_on: date | None = None
    slips: int = 0
    last_slip_on: date | None = None
    last_account_on: date | None = None
    newest_evidence_on: date | None = None
    holder: Holder | None = None
    owner_lost_on: date | None = None
    questions: tuple[OpenQuestion, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    verdict: Verdict | None = None
    erased_public_on: date | None = None
