"""Six reasons a number is not there, which every screen and every file keeps apart."""

from __future__ import annotations

from enum import StrEnum


class Marker(StrEnum):
    """Stands in a cell instead of a number; the value is what open data files carry."""

    SUPPRESSED = "suppressed"
    ZERO = "zero"
    LOW = "low"
    NOT_COLLECTED = "not collected"
    NOT_APPLICABLE = "not applicable"
    UNDEFINED = "undefined"

    @property
    def symbol(self) -> str:
        """The short sign used in printed tables (Government Analysis Function shorthand)."""
        return _SYMBOLS[self]

    @property
    def words(self) -> str:
        """The explanation that stands beneath every table that uses the sign."""
        return _WORDS[self]


_SYMBOLS = {
    Marker.SUPPRESSED: "[c]",
    Marker.ZERO: "0",
    Marker.LOW: "[low]",
    Marker.NOT_COLLECTED: "[x]",
    Marker.NOT_APPLICABLE: "[z]",
    Marker.UNDEFINED: "[u]",
}

_WORDS = {
    Marker.SUPPRESSED: "hidden so that nobody can be identified",
    Marker.ZERO: "none: counted, and there were none",
    Marker.LOW: "rounds to zero but is not zero",
    Marker.NOT_COLLECTED: "not collected or not supplied: this is a gap, not a zero",
    Marker.NOT_APPLICABLE: "the question does not apply here",
    Marker.UNDEFINED: "cannot be worked out; the note says why",
}
