"""The keys that sign checkpoints: Ed25519, named and numbered as signed notes are.

The only file of this room that uses a library from outside. Text forms follow the C2SP signed-note
specification, so that any tool that checks transparency logs can check ours.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from evenhand.core import UsageProblem

KEY_SIZE = SEED_SIZE = 32  # RFC 8032 §5.1.5
SIGNATURE_SIZE = 64  # RFC 8032 §5.1.6
ID_SIZE = 4  # C2SP signed-note: the key's id is the first four bytes of a hash
_ED25519 = b"\x01"  # C2SP signed-note: the signature type that stands for Ed25519

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~/:-]{0,199}", re.ASCII)


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key and whose it is: what an auditor must have from the service beforehand.

    Examples
    --------
    >>> key = SigningKey("register.example/ledger", bytes(32)).public
    >>> key.render()[:32], read_key(key.render()) == key
    ('register.example/ledger+b59e2264', True)

    The printed line is the whole key; it may be published anywhere.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _require_name(self.name)
        if len(self.public) != KEY_SIZE:
            raise UsageProblem(
                f"an Ed25519 public key has {KEY_SIZE} bytes, not {len(self.public)}.",
                rule="key-size",
            )

    @property
    def id(self) -> bytes:
        """Four bytes that tell this key from others of its name."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def render(self) -> str:
        """The key as one line: ``name+id+base64``."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the holder of the private half signed exactly this message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, made from 32 random bytes that the caller draws and keeps secret."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _require_name(self.name)
        if len(self.seed) != SEED_SIZE:
            raise UsageProblem(
                f"a signing key is made from {SEED_SIZE} random bytes, not {len(self.seed)}.",
                remedy="Pass secrets.token_bytes(32) once, and keep it.",
                rule="key-size",
            )

    @property
    def public(self) -> VerifyingKey:
        """The half to publish."""
        return VerifyingKey(self.name, self._private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The signature of this message: 64 bytes, always the same for the same message."""
        return self._private.sign(message)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def read_key(text: str) -> VerifyingKey:
    """Read a public key's one line; refused when its id is not that of its bytes."""
    match text.strip().split("+", 2):
        case [name, number, encoded]:
            key = VerifyingKey(name, _decoded(encoded))
            if key.id.hex() == number:
                return key
    raise UsageProblem(
        "this is not a public key: its name, id and bytes do not agree.",
        remedy="Give the line as it was published: name+id+base64.",
        rule="signed-note-key",
    )


def _decoded(encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        raw = b""
    if raw[:1] != _ED25519:
        raise UsageProblem(
            "this is not an Ed25519 public key.",
            remedy="Give the line as it was published: name+id+base64.",
            rule="signed-note-key",
        )
    return raw[1:]


def _require_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise UsageProblem(
            "a key's name is letters, digits and . _ ~ / : - without spaces or plus signs.",
            remedy="Use the address of the service, as register.example/ledger.",
            rule="signed-note-key",
        )
