"""A signed checkpoint: how long the record was, its root and the time, in a few lines of text.

The form is a C2SP tlog-checkpoint in a C2SP signed note, with the time as its one extension line:

    register.example/ledger
    1204
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    time 2026-03-02T09:00:00.000000Z

    — register.example/ledger AbCd…=
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from evenhand.accountability.ledger.fault import Fault, FaultKind
from evenhand.accountability.ledger.proof import ConsistencyProof, check_consistency
from evenhand.accountability.ledger.record import read_moment, render_moment
from evenhand.accountability.ledger.signing import (
    ID_SIZE,
    NAME,
    SIGNATURE_SIZE,
    SigningKey,
    VerifyingKey,
)
from evenhand.accountability.ledger.tree import HASH_SIZE
from evenhand.core import LedgerBroken, UsageProblem

_DASH = "— "  # C2SP signed-note: an em dash and a space begin each signature line
_RULE = "signed-checkpoint"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is vouched for: at this time ``origin`` had this many events and this root."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def __post_init__(self) -> None:
        render_moment(self.at)
        if not NAME.fullmatch(self.origin) or self.size < 0 or len(self.root) != HASH_SIZE:
            raise UsageProblem(
                "a checkpoint has an origin without spaces, a size from 0 and a root of 32 bytes.",
                rule=_RULE,
            )

    @property
    def text(self) -> str:
        """The lines that are signed."""
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\ntime {render_moment(self.at)}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose key, which of their keys, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes

    def render(self) -> str:
        """The line, without its end."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its signatures; made by :func:`sign_checkpoint` or read from text."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    def render(self) -> str:
        """The note to print, publish and keep."""
        lines = "".join(f"{signature.render()}\n" for signature in self.signatures)
        return f"{self.checkpoint.text}\n{lines}"


def sign_checkpoint(checkpoint: Checkpoint, *, key: SigningKey) -> SignedCheckpoint:
    """Vouch for the record as it stands, so that no shorter or other record can be shown later.

    Raises
    ------
    UsageProblem
        When the key's name is not the checkpoint's origin: a log signs only for itself.

    References
    ----------
    C2SP signed-note v1 and tlog-checkpoint v1. Josefsson and Liusvaara (2017), RFC 8032, §5.1.

    Examples
    --------
    >>> from datetime import UTC
    >>> from evenhand.accountability.ledger.tree import EMPTY_ROOT
    >>> key = SigningKey("register.example/ledger", bytes(32))
    >>> checkpoint = Checkpoint(key.name, 0, EMPTY_ROOT, datetime(2026, 3, 2, tzinfo=UTC))
    >>> signed = sign_checkpoint(checkpoint, key=key)
    >>> check_signatures(read_checkpoint(signed.render()), [key.public])
    ()

    Nothing was wrong: the note, read back from text, was signed by the service it names.
    """
    if key.name != checkpoint.origin:
        raise UsageProblem(
            f"the key of {key.name} cannot vouch for {checkpoint.origin}.", rule=_RULE
        )
    signature = key.sign(checkpoint.text.encode())
    return SignedCheckpoint(checkpoint, (Signature(key.name, key.public.id, signature),))


def read_checkpoint(text: str) -> SignedCheckpoint:
    """Read a note; :class:`LedgerBroken` unless rendering it again gives the same text."""
    try:
        body, signatures = text.split("\n\n", 1)
        origin, size, root, time = body.split("\n")
        if not time.startswith("time ") or not (size.isascii() and size.isdigit()):
            raise ValueError(_RULE)
        moment = read_moment(time.removeprefix("time "))
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), moment)
        signed = SignedCheckpoint(checkpoint, _read_signatures(signatures))
        if signed.render() == text:
            return signed
    except (ValueError, LedgerBroken):  # UsageProblem is a ValueError too
        pass
    raise LedgerBroken(
        "this is not a signed checkpoint.",
        remedy="Give the note as it was published, from its origin to its last signature.",
        rule=_RULE,
    )


def _read_signatures(text: str) -> tuple[Signature, ...]:
    signatures = []
    for line in text.splitlines():
        name, encoded = line.removeprefix(_DASH).split(" ")
        raw = base64.b64decode(encoded, validate=True)
        if len(raw) != ID_SIZE + SIGNATURE_SIZE:
            raise ValueError(_RULE)
        signatures.append(Signature(name, raw[:ID_SIZE], raw[ID_SIZE:]))
    if not signatures:
        raise ValueError(_RULE)
    return tuple(signatures)


def check_signatures(signed: SignedCheckpoint, keys: Iterable[VerifyingKey]) -> tuple[Fault, ...]:
    """Did the service itself vouch for this checkpoint? An empty answer says yes.

    At least one of ``keys`` that bears the origin's name must have signed, and no signature that
    claims one of them may be false. Signatures by others (witnesses) are left to those who hold
    their keys.
    """
    message, origin = signed.checkpoint.text.encode(), signed.checkpoint.origin
    known = {(key.name, key.id): key for key in keys}
    vouched = False
    for line in signed.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not key.verifies(line.signature, message):
            return (_bad("a signature does not belong to this text: one of them was altered"),)
        vouched = vouched or key.name == origin
    return () if vouched else (_bad(f"none of the keys given signed for {origin}"),)


def check_succession(
    earlier: Checkpoint, later: Checkpoint, *, proof: ConsistencyProof | None = None
) -> tuple[Fault, ...]:
    """Can both checkpoints be of one record that only grew? An empty answer says yes.

    Parameters
    ----------
    earlier, later
        Two checkpoints, in the order in which they were seen.
    proof
        Needed when the later one is larger: without it nothing shows that the earlier events
        are still at its beginning.

    Returns
    -------
    A rollback (fewer events than before), a fork (two histories), a time going backwards, or
    another origin.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1.4 and §11.3 (misbehaving logs).
    """
    if earlier.origin != later.origin:
        return (_fault(FaultKind.FORK, f"{later.origin} is not the record of {earlier.origin}"),)
    faults = []
    if later.at < earlier.at:
        faults.append(
            _fault(FaultKind.TIME_BACKWARDS, "the later checkpoint bears an earlier time")
        )
    if later.size < earlier.size:
        shrunk = f"the record had {earlier.size:,} events and now has {later.size:,}"
        faults.append(_fault(FaultKind.ROLLBACK, shrunk))
    elif split := _check_growth(earlier, later, proof):
        faults.append(_fault(FaultKind.FORK, split))
    return tuple(faults)


def _check_growth(earlier: Checkpoint, later: Checkpoint, proof: ConsistencyProof | None) -> str:
    if earlier.size == later.size:
        return (
            "" if earlier.root == later.root else "one size has two roots: there are two histories"
        )
    if proof is None:
        return "no proof was given that the later record begins with the earlier"
    if (proof.first, proof.second) != (earlier.size, later.size):
        return "the proof is about other sizes than the checkpoints'"
    return "; ".join(check_consistency(proof, first_root=earlier.root, second_root=later.root))


def _bad(problem: str) -> Fault:
    return _fault(FaultKind.BAD_SIGNATURE, problem)


def _fault(kind: FaultKind, problem: str) -> Fault:
    return Fault(kind, problem)
