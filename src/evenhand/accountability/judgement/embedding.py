"""Levels of embedding: from a policy on paper to an effect that has lasted."""

from __future__ import annotations

from enum import StrEnum

from evenhand.accountability.judgement.readings import Judged, Outcome
from evenhand.core import Decision


class Embedding(StrEnum):
    """How deep a change goes, from least to most; each level includes those before it."""

    NOTHING = "nothing"
    POLICY = "policy"
    TRAINED = "trained"
    PRACTISED = "practised"
    EFFECT_SEEN = "effect_seen"
    SUSTAINED = "sustained"

    @property
    def rank(self) -> int:
        """Its place from the bottom, 0 first."""
        return tuple(Embedding).index(self)

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _WORDS[self]

    @property
    def shows_effect(self) -> bool:
        """Whether it says that something changed for people, and not only inside the service."""
        return self.rank >= Embedding.EFFECT_SEEN.rank


_WORDS = {
    Embedding.NOTHING: "Nothing shown yet",
    Embedding.POLICY: "Policy: it is written down",
    Embedding.TRAINED: "Trained: people have been taught it",
    Embedding.PRACTISED: "Practised: people do it",
    Embedding.EFFECT_SEEN: "Effect seen: the agreed measure is met",
    Embedding.SUSTAINED: "Sustained: met for the whole agreed period",
}


def may_find(level: Embedding, judged: Judged) -> Decision:
    """Does the agreed measure allow anybody to say this level has been reached?

    The measure limits from above only: it can show that an effect is not there, and never that a
    policy was written. What lies below an effect is for the panel and the evidence alone.
    """
    if level.shows_effect and judged.outcome is not Outcome.MET:
        return Decision(
            False,
            f"An effect cannot be found while the agreed measure says otherwise. {judged.sentence}",
        )
    if level is Embedding.SUSTAINED and not judged.sustained:
        months = "month" if judged.met_months == 1 else "months"
        return Decision(
            False,
            f"The measure has been met for {judged.met_months} {months}, less than was agreed.",
        )
    return Decision(True)
