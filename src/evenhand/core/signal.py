"""What a finding calls for, in the words and order every room uses."""

from __future__ import annotations

from enum import StrEnum

from evenhand.core.errors import UsageProblem


class Signal(StrEnum):
    """How much attention a finding asks for; the value is what tables and files carry."""

    CONCERN = "concern"
    WORSENING = "worsening"
    WATCH = "watch"
    IMPROVING = "improving"
    TOO_SMALL = "too small to tell"
    UNMEASURABLE = "cannot be measured"
    NONE = "none"

    @classmethod
    def read(cls, text: object) -> Signal:
        """The signal written in a table's cell; a word that is none of ours is refused."""
        try:
            return cls(str(text))
        except ValueError:
            raise UsageProblem(
                f"{text!r} is not a signal.",
                remedy=f"Write one of: {', '.join(cls)}.",
                rule="signals-are-named",
            ) from None

    @property
    def rank(self) -> int:
        """Its place in the order of concern: 0 comes first on a page."""
        return list(Signal).index(self)

    @property
    def words(self) -> str:
        """The label beside the finding."""
        return _WORDS[self]

    @property
    def meaning(self) -> str:
        """What a reader is entitled to conclude from it, and what not."""
        return _MEANINGS[self]


_WORDS = {
    Signal.CONCERN: "Concern",
    Signal.WORSENING: "Worsening",
    Signal.WATCH: "Watch",
    Signal.IMPROVING: "Improving",
    Signal.TOO_SMALL: "Too small to tell",
    Signal.UNMEASURABLE: "Cannot be measured",
    Signal.NONE: "No concern shown",
}

_MEANINGS = {
    Signal.CONCERN: "A difference too large to be put down to chance alone. It calls for an "
    "explanation; it is not by itself proof of unfair treatment.",
    Signal.WORSENING: "The difference has grown against this unit’s own past by more than chance.",
    Signal.WATCH: "A difference that may be real, but is smaller or less certain. Look again "
    "next period.",
    Signal.IMPROVING: "The difference has shrunk against this unit’s own past by more than chance.",
    Signal.TOO_SMALL: "Too few people to show a difference even if there is one. Silence here "
    "is not evidence of fairness.",
    Signal.UNMEASURABLE: "The figures this needs do not exist or do not describe the people "
    "concerned. The reason is given; no number is printed in its place.",
    Signal.NONE: "No difference that calls for an explanation was shown, and one worth acting on "
    "would probably have been seen. That is not proof of fairness.",
}
