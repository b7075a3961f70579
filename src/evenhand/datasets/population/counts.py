"""One cell to a number of people, or to the gap it marks; anything else is refused."""

from __future__ import annotations

import re

from evenhand.core import ContractBroken
from evenhand.datasets.population.sheet import Raw

# Signs that stand for “no number” in tables of residents: ONS (−8, -, ..), the Government
# Analysis Function shorthand ([c], [x] …), and what people type. None of them is a zero.
_GAPS = frozenset(
    {"", "-", "–", "—", "..", ":", "*", "-8", "−8", "n/a", "na", "nan", "null", "none"}
    | {"[c]", "[x]", "[z]", "[u]", "[low]", "c", "x", "z", "suppressed", "#n/a"}
)
_WITH_COMMAS = re.compile(r"[-−]?\d{1,3}(,\d{3})+(\.0+)?")
_WITH_DOTS = re.compile(r"[-−]?\d{1,3}(\.\d{3})+(,0+)?")
_PLAIN = re.compile(r"[-−]?\d+(\.0+)?")


def parse_count(cell: Raw, *, dotted: bool = False) -> int | None:
    """The number of people in a cell; None where the cell marks a gap.

    ``dotted`` reads ``1.081`` as 1,081, as spreadsheets saved with a decimal comma write it.

    Raises
    ------
    ContractBroken
        When the cell is negative, fractional or no number; the caller adds file, line and column.
    """
    text = ("" if cell is None else str(cell)).strip()
    if text.casefold() in _GAPS or text in ("-8.0", "−8.0"):
        return None
    number = _whole(text, dotted=dotted)
    if number is None:
        raise ContractBroken(
            f"{_shown(text)} is not a whole number of people.", rule="residents-are-whole-numbers"
        )
    if number < 0:
        raise ContractBroken(
            f"{_shown(text)} people cannot live anywhere.", rule="residents-are-not-negative"
        )
    return number


def _whole(text: str, *, dotted: bool) -> int | None:
    plain = text.replace("−", "-")
    if (_WITH_DOTS if dotted else _WITH_COMMAS).fullmatch(text):
        plain = re.sub(r",0+$" if dotted else r"\.0+$", "", plain)
        return int(re.sub(r"[.,]", "", plain))
    return int(plain.split(".")[0]) if _PLAIN.fullmatch(text) else None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 20 else text[:20] + "…")
