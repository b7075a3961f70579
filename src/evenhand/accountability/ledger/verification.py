"""What was found on checking a ledger: how far it is vouched for, and everything that is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.accountability.ledger.checkpoint import Checkpoint
from evenhand.accountability.ledger.fault import Fault, FaultKind
from evenhand.accountability.ledger.tree import HASH_SIZE
from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Anchor:
    """A size and root known from outside the file: printed on a paper, or in a checkpoint."""

    size: int
    root: bytes
    source: str = "the root given"

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.root) != HASH_SIZE:
            raise UsageProblem(
                f"a root is {HASH_SIZE} bytes (64 hexadecimal digits) over a size from 0.",
                remedy="Copy both from the paper's last page.",
                rule="root-and-size",
            )

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> Anchor:
        """The size and root of a checkpoint whose signature was checked."""
        return cls(checkpoint.size, checkpoint.root, f"the checkpoint over {checkpoint.size:,}")


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of :func:`check_ledger`.

    ``witnessed`` counts the events, from the first, that a root from outside the file or a
    signature by a key given vouches for; None when nothing from outside was found to agree.
    ``altered`` events excepted, those are exactly what was recorded. ``complete`` is False when
    reading stopped at too many faults.
    """

    events: int
    root: bytes
    first_at: str | None
    last_at: str | None
    checkpoints: int
    witnessed: int | None
    faults: tuple[Fault, ...]
    complete: bool

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong. Only what is ``witnessed`` is also vouched for."""
        return not self.faults

    @property
    def altered(self) -> tuple[int, ...]:
        """The events whose text does not give the hash recorded for them."""
        return tuple(
            fault.event
            for fault in self.faults
            if fault.kind is FaultKind.ALTERED and fault.event is not None
        )

    def as_dict(self) -> dict[str, object]:
        """The same facts for ``--json``."""
        return {
            "ok": self.ok,
            "events": self.events,
            "root": self.root.hex(),
            "first_at": self.first_at,
            "last_at": self.last_at,
            "checkpoints": self.checkpoints,
            "witnessed": self.witnessed,
            "complete": self.complete,
            "faults": [fault.as_dict() for fault in self.faults],
        }
