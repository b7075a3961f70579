"""Whether an update says anything new, or repeats what was said before in the same words."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORDS = re.compile(r"\W+")


def says_nothing_new(earlier: str, later: str) -> bool:
    """Is the later account the earlier one again, but for spaces, case and punctuation?

    Examples
    --------
    >>> says_nothing_new("Work continues.", "work  continues")
    True
    >>> says_nothing_new("Work continues.", "Work continues; 40 officers trained.")
    False

    The first repeats; posting it clears no silence. The second adds a figure that can be checked.
    """
    return _bare(later) == "" or _bare(earlier) == _bare(later)


def _bare(text: str) -> str:
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
