"""A refusal is a value, with its reason, until the edge of the system."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done, and why not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def require(decision: Decision) -> None:
    """Raise :class:`Refused` with the decision's reason unless it allows."""
    if not decision.allowed:
        raise Refused(decision.reason)
