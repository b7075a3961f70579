"""How much of a paper is read before it is refused; one place, so that messages can quote it."""

from __future__ import annotations

from typing import Final

MiB: Final = 1024 * 1024

MAX_PAPER_BYTES: Final = 50 * MiB
"""A board paper with pictures is a few MiB; a register of 5,000 rows under one."""

MAX_UNPACKED_BYTES: Final = 200 * MiB
"""All parts of a Word file or workbook together, unpacked: what a small server holds in memory."""

MAX_PARTS: Final = 4_000
"""Files inside a Word file or workbook; real ones have tens, picture-heavy ones hundreds."""

MAX_PAGES: Final = 2_000
"""Pages of a PDF; the longest public inquiry volumes stay below this."""

MAX_ROWS: Final = 100_000
"""Rows of one sheet that hold something."""

MAX_COLUMNS: Final = 702
"""Columns of one sheet: A to ZZ."""


def in_mib(size: int) -> str:
    """A size as a person reads it: ``200 MiB``."""
    return f"{size / MiB:,.1f} MiB".replace(".0 MiB", " MiB")
