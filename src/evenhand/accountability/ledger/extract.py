"""One event with its proof as a small file of its own, taken from a ledger's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.accountability.ledger.canonical import canonical_bytes, read_canonical
from evenhand.accountability.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from evenhand.accountability.ledger.export import CHECKPOINT, EVENT, read_note, split_event_line
from evenhand.accountability.ledger.proof import (
    InclusionProof,
    build_inclusion_proof,
    check_inclusion,
    inclusion_spans,
    span_nodes,
)
from evenhand.accountability.ledger.record import Event, read_event
from evenhand.accountability.ledger.tree import Frontier, leaf_hash
from evenhand.core import LedgerBroken

FORMAT = "evenhand-proof/1"
_RULE = "proof-file"


@dataclass(frozen=True, slots=True)
class ProvedEvent:
    """An event, the path to a root over ``size`` events, and a checkpoint of that size if any."""

    event: Event
    proof: InclusionProof
    root: bytes
    checkpoint: SignedCheckpoint | None = None

    def as_dict(self) -> dict[str, object]:
        """What is proved, for ``--json``."""
        return {
            "event": self.event.sequence,
            "kind": self.event.kind,
            "size": self.proof.size,
            "root": self.root.hex(),
        }

    def render(self) -> str:
        """The proof as one line of canonical JSON."""
        facts = {
            "checkpoint": self.checkpoint.render() if self.checkpoint else None,
            "event": read_canonical(self.event.body),
            "format": FORMAT,
            "path": [step.hex() for step in self.proof.path],
            "root": self.root.hex(),
            "size": self.proof.size,
        }
        return canonical_bytes(facts).decode() + "\n"


def extract_event(lines: Iterable[bytes], *, index: int, size: int) -> ProvedEvent:
    """How can one event be handed to someone, with proof, and none of the others?

    Parameters
    ----------
    lines
        A ledger file's lines, found sound by :func:`check_ledger`; read once, never held.
    index, size
        The event's sequence number, and how many events the root to prove it under is over.

    Raises
    ------
    UsageProblem
        When there is no such event.
    LedgerBroken
        When the file ends before ``size`` events, or a line cannot be read.

    Notes
    -----
    What the proof shows is inclusion under its own root. The root is worth what vouches for it:
    a paper on which it was printed, or the signed checkpoint that goes along when there is one.
    """
    wanted = {node for span in inclusion_spans(index, size) for node in span_nodes(span)}
    found: dict[tuple[int, int], bytes] = {}
    body, checkpoint, frontier = b"", None, Frontier()
    for line in _until(lines, size):
        if line.startswith(CHECKPOINT):
            signed = read_checkpoint(read_note(line))
            checkpoint = signed if signed.checkpoint.size == size else checkpoint
            continue
        text, _ = split_event_line(line)
        body = text if frontier.size == index else body
        frontier, nodes = frontier.grown(leaf_hash(text))
        found |= {(n.level, n.index): n.hash for n in nodes if (n.level, n.index) in wanted}
    if frontier.size < size:
        raise LedgerBroken(f"the file ends after {frontier.size:,} events.", rule=_RULE)
    proof = build_inclusion_proof(index, size, node=lambda level, at: found[level, at])
    return ProvedEvent(read_event(body), proof, frontier.root, checkpoint)


def read_proof(text: str) -> ProvedEvent:
    """Read :meth:`ProvedEvent.render` back; :class:`LedgerBroken` when it is anything else."""
    facts = read_canonical(text.removesuffix("\n").encode())
    try:
        event = read_event(canonical_bytes(facts["event"]))
        path = tuple(bytes.fromhex(step) for step in facts["path"])
        note = facts["checkpoint"]
        proved = ProvedEvent(
            event=event,
            proof=InclusionProof(event.sequence, int(facts["size"]), path),
            root=bytes.fromhex(facts["root"]),
            checkpoint=None if note is None else read_checkpoint(note),
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        proved = None
    if proved is None or proved.render().removesuffix("\n") != text.removesuffix("\n"):
        raise LedgerBroken(
            "this is not a proof as it was written.",
            remedy="Give the file that evenhand ledger prove wrote.",
            rule=_RULE,
        )
    return proved


def check_proof(proved: ProvedEvent) -> tuple[str, ...]:
    """What is wrong within the proof itself: its path, and its checkpoint's size and root."""
    problems = check_inclusion(proved.proof, leaf=proved.event.leaf, root=proved.root)
    if proved.checkpoint is not None:
        stands = proved.checkpoint.checkpoint
        if (stands.size, stands.root) != (proved.proof.size, proved.root):
            problems += ("the checkpoint is over another size or root than the proof's",)
    return problems


def _until(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Event and checkpoint lines up to the first event after ``size`` of them."""
    events = 0
    for line in lines:
        events += line.startswith(EVENT)
        if events > size:
            return
        if line.startswith((EVENT, CHECKPOINT)):
            yield line
