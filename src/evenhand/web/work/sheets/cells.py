"""What may stand in a cell: no program, no sign a file cannot hold, and the way back."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

LONGEST = 32_767 - 1  # Excel's own limit for a cell, less the sign that may be put before it

# Signs with which a spreadsheet program takes a cell for a formula (OWASP, CSV injection), in
# their wide forms too; any quotes before them are counted, so that the escape can be undone.
_ESCAPED = re.compile("'+[=+\\-@＝＋－＠]")
_DANGEROUS = re.compile("'*[=+\\-@＝＋－＠]")


def tidy(text: str) -> str:
    """The text without control characters and outer blanks, lines ended alike, cut to a cell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(_may_stand, lines)).strip()[:LONGEST].strip()


def escape(text: str) -> str:
    """The same text as a spreadsheet program shows it and never runs it."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """What :func:`escape` was given."""
    return text[1:] if _ESCAPED.match(text) else text


def _may_stand(sign: str) -> bool:
    """Whether XML 1.0 §2.2, and so a workbook, can hold it."""
    if sign in "\n\t":
        return True
    return unicodedata.category(sign) not in ("Cc", "Cs") and sign not in "\ufffe\uffff"


def write_date(day: date | None) -> str:
    """``2007-05-24``, or nothing."""
    return day.isoformat() if day else ""


def read_date(text: str) -> str:
    """A date as we write it, also where a program turned it into ``24/05/2007``; else as it is."""
    british = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if british:
            return date(int(british[3]), int(british[2]), int(british[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return text
