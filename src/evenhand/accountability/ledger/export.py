"""The ledger as a file anyone can keep: JSON Lines of events and checkpoints, checked offline.

    {"format":"evenhand-ledger/1"}
    {"event":{…the canonical event…},"leaf":"…its hash…"}      one line an event, in sequence
    {"checkpoint":"…a signed checkpoint's text…"}               after the events it covers
    {"end":{"checkpoints":1,"root":"…","size":1}}               nothing follows

Every line is canonical JSON. The leaf hash is given, although it can be computed, because a root
proves the *given* hashes too: then one altered event is named, and every other shown untouched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.accountability.ledger.canonical import LONGEST, canonical_bytes, read_canonical
from evenhand.accountability.ledger.checkpoint import SignedCheckpoint
from evenhand.accountability.ledger.tree import fold, grow, leaf_hash
from evenhand.core import LedgerBroken

FORMAT = "evenhand-ledger/1"
HEADER = canonical_bytes({"format": FORMAT}) + b"\n"
LONGEST_LINE = LONGEST + 1024  # an event's own bytes and what stands around them

EVENT, CHECKPOINT, END = b'{"event":', b'{"checkpoint":', b'{"end":'
_LEAF, _CLOSE = b',"leaf":"', b'"}\n'
_LEAF_DIGITS = 64  # SHA-256 in hexadecimal
_TAIL = len(_LEAF) + _LEAF_DIGITS + len(_CLOSE)


@dataclass(frozen=True, slots=True)
class End:
    """What the last line says the file holds."""

    checkpoints: int
    root: bytes
    size: int

    def __post_init__(self) -> None:
        if type(self.checkpoints) is not int or type(self.size) is not int:
            raise TypeError("an end counts in whole numbers")


def render_ledger(
    bodies: Iterable[bytes], *, checkpoints: Iterable[SignedCheckpoint] = ()
) -> Iterator[bytes]:
    """How does the record leave the service, so that nobody need trust the service to check it?

    Parameters
    ----------
    bodies
        Every event's canonical bytes, in sequence (:attr:`Event.body`); read once, never held.
    checkpoints
        The signed checkpoints in the order in which they were made.

    Returns
    -------
    The file's lines, each with its end. Nothing is corrected on the way: what is wrong in the
    store is wrong in the file, for :func:`check_ledger` to find.

    Examples
    --------
    >>> lines = list(render_ledger([]))
    >>> lines[0]
    b'{"format":"evenhand-ledger/1"}\\n'

    Even an empty record has a beginning and an end, so a file cut short can be told.
    """
    waiting = list(checkpoints)
    peaks: list[bytes] = []
    size = 0
    written = len(waiting)
    yield HEADER
    for body in bodies:
        yield from _due(waiting, size)
        leaf = leaf_hash(body)
        yield render_event_line(body, leaf)
        grow(peaks, size, leaf)
        size += 1
    yield from map(render_checkpoint_line, waiting)
    yield render_end_line(End(written, fold(peaks), size))


def render_event_line(body: bytes, leaf: bytes) -> bytes:
    """One event's line."""
    return EVENT + body + _LEAF + leaf.hex().encode() + _CLOSE


def render_checkpoint_line(signed: SignedCheckpoint) -> bytes:
    """One checkpoint's line."""
    return canonical_bytes({"checkpoint": signed.render()}) + b"\n"


def render_end_line(end: End) -> bytes:
    """The last line."""
    facts = {"checkpoints": end.checkpoints, "root": end.root.hex(), "size": end.size}
    return canonical_bytes({"end": facts}) + b"\n"


def split_event_line(line: bytes) -> tuple[bytes, str]:
    """An event line's canonical bytes and the leaf hash it gives, neither of them checked.

    Raises
    ------
    LedgerBroken
        When the line has not the frame of an event line.
    """
    framed = line.startswith(EVENT) and line.endswith(_CLOSE)
    if not framed or line[-_TAIL : -_TAIL + len(_LEAF)] != _LEAF:
        raise LedgerBroken("the line is not an event with its hash.", rule="ledger-line")
    leaf = line[-_LEAF_DIGITS - len(_CLOSE) : -len(_CLOSE)]
    return line[len(EVENT) : -_TAIL], leaf.decode("ascii", "replace")


def read_note(line: bytes) -> str:
    """A checkpoint line's note, as text that is not yet read as a checkpoint."""
    value = read_canonical(line.removesuffix(b"\n"))
    if isinstance(value, dict) and list(value) == ["checkpoint"]:
        note = value["checkpoint"]
        if isinstance(note, str):
            return note
    raise LedgerBroken("the line is not a checkpoint.", rule="ledger-line")


def read_end(line: bytes) -> End:
    """What the last line says."""
    try:
        end = read_canonical(line.removesuffix(b"\n"))["end"]
        found = End(end["checkpoints"], bytes.fromhex(end["root"]), end["size"])
    except (TypeError, KeyError, ValueError):
        found = None
    if found is None or render_end_line(found) != line:
        raise LedgerBroken("the line is not an end.", rule="ledger-line")
    return found


def _due(waiting: list[SignedCheckpoint], size: int) -> Iterator[bytes]:
    while waiting and waiting[0].checkpoint.size <= size:
        yield render_checkpoint_line(waiting.pop(0))
