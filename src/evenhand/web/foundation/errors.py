"""Errors of the web application, beside those of ``core``: what is absent, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenhand.core import EvenhandError


class NotThere(EvenhandError):
    """There is no such thing, or there was none yet at the moment asked about."""

    exit_code = 11
    kind = "absent"


class ChangedMeanwhile(EvenhandError):
    """Somebody else changed the same thing after the page was drawn; carries what they changed."""

    exit_code = 12
    kind = "changed"

    def __init__(self, changes: Sequence[Any]) -> None:
        self.changes = tuple(changes)
        super().__init__(
            "somebody else changed this while you were editing, so nothing was saved.",
            remedy="Look at what changed, and send your change again if it is still right.",
            rule="second-editor-sees-first",
        )
