"""Votes, quorum, ties and dissent: how the words of several people become one verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evenhand.accountability.judgement.embedding import Embedding, may_find
from evenhand.accountability.judgement.readings import Judged
from evenhand.core import Decision, UsageProblem

TIE_RULE = (
    "A claim is upheld when more of those who voted are for it than against it. A tie does not "
    "uphold it: who claims must convince. Nobody has a second vote. The level of embedding is the "
    "highest that more than half of those for and against found, or more. Abstentions count "
    "towards the quorum and towards nothing else."
)


class Voice(StrEnum):
    """How a member votes on a claim."""

    UPHOLD = "uphold"
    REJECT = "reject"
    ABSTAIN = "abstain"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return {
            Voice.UPHOLD: "Uphold the claim",
            Voice.REJECT: "Do not uphold it",
            Voice.ABSTAIN: "Abstain",
        }[self]


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's vote, the level they found, and why."""

    member: str
    voice: Voice
    embedding: Embedding
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the votes amount to. ``dissent`` holds the votes on the other side, in full."""

    quorum: int
    present: int
    upheld: bool
    embedding: Embedding
    counts: tuple[int, int, int]
    dissent: tuple[Vote, ...]

    @property
    def quorate(self) -> bool:
        """Whether enough members voted."""
        return self.present >= self.quorum

    @property
    def tied(self) -> bool:
        """Whether as many were for as against."""
        return self.counts[0] == self.counts[1]


def check_vote(vote: Vote, *, judged: Judged, closes: bool) -> Decision:
    """May this vote be cast, given the agreed measure as it was put before the panel?

    ``closes``: the level claimed is one the publication counts as finished. To uphold it is then to
    say that it is shown to work, so no less than an effect will do.
    """
    if not vote.reason.strip():
        return Decision(False, "A vote gives its reason; a dissent most of all.")
    if vote.voice is Voice.ABSTAIN:
        return Decision(True)
    if vote.voice is Voice.UPHOLD and closes and not vote.embedding.shows_effect:
        return Decision(
            False, "To uphold that it is finished is to find that an effect is seen, at least."
        )
    return may_find(vote.embedding, judged)


def decide(votes: Iterable[Vote], *, quorum: int) -> Finding:
    """What do these votes amount to?

    Parameters
    ----------
    votes
        One vote a member; a second by the same member is refused.
    quorum
        How many members must have voted, abstentions included.

    Examples
    --------
    >>> votes = [Vote("a", Voice.UPHOLD, Embedding.EFFECT_SEEN, "The figures show it."),
    ...          Vote("b", Voice.REJECT, Embedding.TRAINED, "Nobody asked the public.")]
    >>> found = decide(votes, quorum=2)
    >>> found.quorate, found.upheld, found.embedding.value
    (True, False, 'trained')

    Two are enough to decide, but one against one does not uphold a claim.
    """
    cast = list(votes)
    if quorum < 1:
        raise UsageProblem("a quorum is one member or more.", rule="quorum")
    if len({vote.member for vote in cast}) != len(cast):
        raise UsageProblem("a member votes once.", rule="one-vote-a-member")
    counts = Counter(vote.voice for vote in cast)
    upheld = counts[Voice.UPHOLD] > counts[Voice.REJECT]
    other = Voice.REJECT if upheld else Voice.UPHOLD
    return Finding(
        quorum=quorum,
        present=len(cast),
        upheld=upheld,
        embedding=_embedding([v.embedding for v in cast if v.voice is not Voice.ABSTAIN]),
        counts=(counts[Voice.UPHOLD], counts[Voice.REJECT], counts[Voice.ABSTAIN]),
        dissent=tuple(vote for vote in cast if vote.voice is other),
    )


def closes_item(finding: Finding, *, claim_closes: bool) -> bool:
    """Whether a verdict closes its item: quorate, upheld, a closing level, and an effect found."""
    upheld = finding.quorate and finding.upheld
    return upheld and claim_closes and finding.embedding.shows_effect


def _embedding(found: list[Embedding]) -> Embedding:
    """The highest level that more than half found, or more."""
    reached = [
        level
        for level in Embedding
        if 2 * sum(each.rank >= level.rank for each in found) > len(found)
    ]
    return max(reached, key=lambda level: level.rank, default=Embedding.NOTHING)
