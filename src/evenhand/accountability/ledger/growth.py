"""The tree as a file is read, and the roots from outside that it must pass through."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.accountability.ledger.fault import Fault, FaultKind
from evenhand.accountability.ledger.tree import fold, grow
from evenhand.accountability.ledger.verification import Anchor


class Growth:
    """Grows by one leaf at a time and compares each root known from outside as it is reached.

    ``whole`` is to be set False when events are missing, late or repeated: from then on no root
    can be right, and to say so of each would hide the cause.
    """

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self.whole = True
        self.size = 0
        self.witnessed: int | None = None
        self._peaks: list[bytes] = []
        self._sound = 0  # the largest size whose root was found right
        self._waiting: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self._waiting.setdefault(anchor.size, []).append(anchor)

    @property
    def root(self) -> bytes:
        """The root over the leaves so far."""
        return fold(self._peaks)

    def add(self, leaf: bytes) -> tuple[Fault, ...]:
        """Take the next leaf; the faults are anchors at this size that have another root."""
        grow(self._peaks, self.size, leaf)
        self.size += 1
        return self.check_anchors() if self.size in self._waiting else ()

    def check_anchors(self) -> tuple[Fault, ...]:
        """Compare the anchors of exactly this size."""
        if not self.whole:
            return ()
        faults: tuple[Fault, ...] = ()
        for anchor in self._waiting.pop(self.size, ()):
            wrong = self.check_root(anchor.root, anchor.source, None)
            if not wrong:
                self.witnessed = self.size
            faults += wrong
        return faults

    def check_root(self, root: bytes, source: str, line: int | None) -> tuple[Fault, ...]:
        """Whether the tree so far has this root; if not, between which events the change lies."""
        if not self.whole:
            return ()
        if self.root == root:
            self._sound = self.size
            return ()
        problem = f"the root over the first {self.size:,} events is not that of {source}"
        if self.size > self._sound:
            problem += f": the change is among events {self._sound:,} to {self.size - 1:,}"
        return (Fault(FaultKind.WRONG_ROOT, problem, line),)

    def not_reached(self) -> list[Anchor]:
        """The anchors that were never compared, smallest first."""
        return [anchor for size in sorted(self._waiting) for anchor in self._waiting[size]]
