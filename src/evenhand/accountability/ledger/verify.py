"""Check a ledger's file from its first line to its last, and say exactly what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from evenhand.accountability.ledger.checkpoint import (
    Checkpoint,
    check_signatures,
    read_checkpoint,
)
from evenhand.accountability.ledger.export import (
    CHECKPOINT,
    END,
    EVENT,
    HEADER,
    LONGEST_LINE,
    read_end,
    read_note,
    split_event_line,
)
from evenhand.accountability.ledger.fault import Fault, FaultKind
from evenhand.accountability.ledger.growth import Growth
from evenhand.accountability.ledger.order import Order
from evenhand.accountability.ledger.record import read_facts, render_moment
from evenhand.accountability.ledger.signing import VerifyingKey
from evenhand.accountability.ledger.verification import Anchor, Verification
from evenhand.core import LedgerBroken

MOST_FAULTS = 100  # more say nothing new, and a bound keeps a hostile file from the memory


def check_ledger(
    lines: Iterable[bytes],
    *,
    anchors: Iterable[Anchor] = (),
    keys: Iterable[VerifyingKey] = (),
) -> Verification:
    """Has the history in this file been rewritten since someone outside last saw its root?

    Every event is hashed again from its own text and put into the tree; the roots are compared
    with those known from outside, with the checkpoints inside, and with the file's own last line.

    Parameters
    ----------
    lines
        The file's lines with their ends, as bytes; read once, in memory that does not grow.
    anchors
        Sizes and roots known from outside. Older ones than the file are what this is for.
    keys
        The service's public keys. With them, every checkpoint in the file must be signed by one.

    Returns
    -------
    A :class:`Verification`: what is wrong, line by line, up to :data:`MOST_FAULTS`; and how many
    events are vouched for.

    Notes
    -----
    Without anchors and keys this shows only that the file agrees with itself: whoever wrote all
    of it could have written another. Events after the last anchor or signed checkpoint are in the
    same position.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1. Crosby and Wallach (2009), "Efficient
    data structures for tamper-evident logging", USENIX Security, §2.

    Examples
    --------
    >>> from evenhand.accountability.ledger.export import render_ledger
    >>> check_ledger(render_ledger([])).ok
    True
    >>> [str(fault) for fault in check_ledger([HEADER]).faults]
    ['the file has no end: it was cut short after 0 events']

    The empty record is sound; the same file without its last line is not.
    """
    walk = _Walk(anchors, tuple(keys))
    for number, line in enumerate(lines, 1):
        walk.read(line, number)
        if walk.stopped:
            break
    return walk.finish()


class _Walk:
    """One passage through a file."""

    def __init__(self, anchors: Iterable[Anchor], keys: Sequence[VerifyingKey]) -> None:
        self.keys = keys
        self.faults: list[Fault] = []
        self.order = Order()
        self.growth = Growth(anchors)
        self.faults += self.growth.check_anchors()
        self.misplaced: list[tuple[int, Fault]] = []
        self.ended, self.stopped = False, False
        self.first_at: str | None = None
        self.last_at = ""
        self.checkpoints = 0
        self.last_checkpoint: Checkpoint | None = None

    def read(self, line: bytes, number: int) -> None:
        """Take the next line."""
        try:
            self._read(line, number)
        except LedgerBroken as broken:
            self.growth.whole = False
            self._fault(FaultKind.UNREADABLE, broken.problem.removesuffix("."), number)
        wrong = len(self.faults) + len(self.order.gaps) + len(self.misplaced)
        self.stopped = self.stopped or wrong >= MOST_FAULTS

    def _read(self, line: bytes, number: int) -> None:
        if number == 1:
            self._read_header(line)
        elif not line.endswith(b"\n") or len(line) > LONGEST_LINE:
            self._cut(line, number)
        elif self.ended:
            raise LedgerBroken("something follows the end.")
        elif line.startswith(EVENT):
            self._read_event(line, number)
        elif line.startswith(CHECKPOINT):
            self._read_checkpoint(line, number)
        elif line.startswith(END):
            self._read_end(line, number)
        else:
            raise LedgerBroken("the line is no event, checkpoint or end.")

    def _read_header(self, line: bytes) -> None:
        if line != HEADER:
            self.stopped = True  # nothing below can be understood by a format that is not stated
            raise LedgerBroken("the file does not begin as a ledger of format evenhand-ledger/1.")

    def _cut(self, line: bytes, number: int) -> None:
        if len(line) > LONGEST_LINE:
            self.stopped = True
            raise LedgerBroken(f"the line is longer than {LONGEST_LINE:,} bytes.")
        self.growth.whole = False
        self._fault(FaultKind.TRUNCATED, "the line is cut short", number)

    def _read_event(self, line: bytes, number: int) -> None:
        body, stated = split_event_line(line)
        leaf = sha256(b"\x00" + body)
        if leaf.hexdigest() == stated:
            self._read_facts(body, number)
            self.faults += self.growth.add(leaf.digest())
            return
        event = self.order.expected
        problem = f"event {event:,} is not what was recorded: its text does not give its hash"
        self._fault(FaultKind.ALTERED, problem, number, event)
        self.order.place(event, number)
        self.faults += self.growth.add(_stated_or(stated, leaf.digest()))

    def _read_facts(self, body: bytes, number: int) -> None:
        facts = read_facts(body)
        sequence, at = facts["sequence"], facts["at"]
        if sequence != self.order.expected:
            self.growth.whole = False
        fault = self.order.place(sequence, number)
        if fault is not None:
            self.faults.append(fault)
        elif at < self.last_at:
            problem = f"event {sequence:,} bears an earlier time than the one before it"
            self._fault(FaultKind.TIME_BACKWARDS, problem, number, sequence)
        self.first_at = self.first_at or at
        self.last_at = max(self.last_at, at)

    def _read_checkpoint(self, line: bytes, number: int) -> None:
        self.checkpoints += 1
        signed = read_checkpoint(read_note(line))
        checkpoint = signed.checkpoint
        unsigned = check_signatures(signed, self.keys) if self.keys else ()
        for fault in unsigned:
            self._fault(fault.kind, fault.problem, number)
        placed = self._check_place(checkpoint, number)
        wrong = self.growth.check_root(checkpoint.root, "this checkpoint", number) if placed else ()
        self.faults += wrong
        if placed and self.growth.whole and self.keys and not (wrong or unsigned):
            self.growth.witnessed = checkpoint.size
        self.last_checkpoint = checkpoint

    def _check_place(self, checkpoint: Checkpoint, number: int) -> bool:
        """Whether a checkpoint stands after the events it covers; its time and origin too."""
        before, moment = self.last_checkpoint, render_moment(checkpoint.at)
        if moment < self.last_at or (before is not None and checkpoint.at < before.at):
            problem = "the checkpoint bears an earlier time than what stands before it"
            self._fault(FaultKind.TIME_BACKWARDS, problem, number)
        if before is not None and checkpoint.origin != before.origin:
            self._fault(FaultKind.FORK, "the checkpoint is of another record", number)
        if checkpoint.size == self.order.expected:
            return True
        problem = (
            f"a checkpoint over {checkpoint.size:,} events stands after {self.order.expected:,}"
        )
        fault = Fault(FaultKind.WRONG_CHECKPOINT, problem, number)
        self.misplaced.append((checkpoint.size, fault))
        return False

    def _read_end(self, line: bytes, number: int) -> None:
        end = read_end(line)
        self.ended = True
        if end.size > self.order.expected:
            self._short(end.size, "the file's own end", number)
        elif end.size < self.order.expected:
            problem = f"the end speaks of {end.size:,} events; there are {self.order.expected:,}"
            self._fault(FaultKind.BEYOND_END, problem, number)
        else:
            self.faults += self.growth.check_root(end.root, "the file's own end", number)
        if end.checkpoints != self.checkpoints:
            problem = f"the end speaks of {end.checkpoints:,} checkpoints, not {self.checkpoints:,}"
            self._fault(FaultKind.WRONG_CHECKPOINT, problem, number)

    def finish(self) -> Verification:
        """Say what was found, faults in the order of their lines."""
        self.faults += self.order.missing()
        for size, fault in self.misplaced:
            if not self.order.lacks(size - 1):  # else the event it waits for is what is missing
                self.faults.append(fault)
        if not self.stopped:
            self._check_reach()
        self.faults.sort(key=lambda fault: (fault.line is None, fault.line or 0))
        return Verification(
            events=self.growth.size,
            root=self.growth.root,
            first_at=self.first_at,
            last_at=self.last_at or None,
            checkpoints=self.checkpoints,
            witnessed=self.growth.witnessed,
            faults=tuple(self.faults),
            complete=not self.stopped,
        )

    def _check_reach(self) -> None:
        if not self.ended:
            problem = f"the file has no end: it was cut short after {self.growth.size:,} events"
            self._fault(FaultKind.TRUNCATED, problem, None)
        for anchor in self.growth.not_reached():
            if anchor.size > self.order.expected:
                self._short(anchor.size, anchor.source, None)

    def _short(self, size: int, source: str, line: int | None) -> None:
        problem = f"{source} is over {size:,} events; the file has {self.order.expected:,}"
        self._fault(FaultKind.TRUNCATED, problem, line, self.order.expected)

    def _fault(
        self, kind: FaultKind, problem: str, line: int | None, event: int | None = None
    ) -> None:
        self.faults.append(Fault(kind, problem, line, event))


def _stated_or(stated: str, computed: bytes) -> bytes:
    """The hash the line gives, if it is one: a root that proves it proves the event was altered."""
    try:
        leaf = bytes.fromhex(stated)
    except ValueError:
        return computed
    return leaf if len(leaf) == len(computed) else computed
