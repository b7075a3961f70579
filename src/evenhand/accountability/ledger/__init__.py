"""The append-only record: events in a Merkle tree, checkpoints that are signed, files to check."""

from evenhand.accountability.ledger.canonical import Json, canonical_bytes, read_canonical
from evenhand.accountability.ledger.checkpoint import (
    Checkpoint,
    Signature,
    SignedCheckpoint,
    check_signatures,
    check_succession,
    read_checkpoint,
    sign_checkpoint,
)
from evenhand.accountability.ledger.export import render_ledger
from evenhand.accountability.ledger.extract import (
    ProvedEvent,
    check_proof,
    extract_event,
    read_proof,
)
from evenhand.accountability.ledger.fault import Fault, FaultKind
from evenhand.accountability.ledger.head import Appended, Head, append, read_head
from evenhand.accountability.ledger.proof import (
    ConsistencyProof,
    InclusionProof,
    build_consistency_proof,
    build_inclusion_proof,
    check_consistency,
    check_inclusion,
)
from evenhand.accountability.ledger.record import Event, read_event, read_moment, render_moment
from evenhand.accountability.ledger.report import render_proof_report, render_verification
from evenhand.accountability.ledger.sealed import (
    Commitment,
    Opening,
    Sealed,
    check_opening,
    commit,
    erase,
    list_commitments,
)
from evenhand.accountability.ledger.signing import SigningKey, VerifyingKey, read_key
from evenhand.accountability.ledger.tree import EMPTY_ROOT, Frontier, Node, leaf_hash, node_hash
from evenhand.accountability.ledger.verification import Anchor, Verification
from evenhand.accountability.ledger.verify import check_ledger

__all__ = [
    "EMPTY_ROOT",
    "Anchor",
    "Appended",
    "Checkpoint",
    "Commitment",
    "ConsistencyProof",
    "Event",
    "Fault",
    "FaultKind",
    "Frontier",
    "Head",
    "InclusionProof",
    "Json",
    "Node",
    "Opening",
    "ProvedEvent",
    "Sealed",
    "Signature",
    "SignedCheckpoint",
    "SigningKey",
    "Verification",
    "VerifyingKey",
    "append",
    "build_consistency_proof",
    "build_inclusion_proof",
    "canonical_bytes",
    "check_consistency",
    "check_inclusion",
    "check_ledger",
    "check_opening",
    "check_proof",
    "check_signatures",
    "check_succession",
    "commit",
    "erase",
    "extract_event",
    "leaf_hash",
    "list_commitments",
    "node_hash",
    "read_canonical",
    "read_checkpoint",
    "read_event",
    "read_head",
    "read_key",
    "read_moment",
    "read_proof",
    "render_ledger",
    "render_moment",
    "render_proof_report",
    "render_verification",
    "sign_checkpoint",
]
