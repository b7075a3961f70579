"""Where in a paper a stretch of words stands, so that a reader can find it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The nth block of the paper, with its page or line where the format knows them."""

    block: int = 0
    page: int | None = None
    line: int | None = None

    @property
    def words(self) -> str:
        """``page 3, line 40`` or ``block 12``."""
        known = [
            f"{name} {value:,}"
            for name, value in (("page", self.page), ("line", self.line))
            if value is not None
        ]
        return ", ".join(known) or f"block {self.block:,}"
