"""A personal fact stands in the record only as a sealed commitment, so that it can be erased.

The tree holds SHA-256(salt ‖ canonical value). The salt and the value are kept apart, in a table
that may be deleted from. While they are kept anyone shown them can check that they are what was
recorded; once the salt is gone nobody can, nor guess the value by trying likely ones, and every
hash in the tree is as it was.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from evenhand.accountability.ledger.canonical import Json, canonical_bytes, frozen
from evenhand.core import UsageProblem

# Twice the 128 bits that NIST SP 800-132 §5.1 asks of a salt, and as long as the hash. One fixed
# length also means that salt ‖ value can be split in one way only.
SALT_SIZE = 32

_COMMITMENT = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_KEY = "sealed"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the record holds in place of a personal fact."""

    text: str

    def __post_init__(self) -> None:
        if not _COMMITMENT.fullmatch(self.text):
            raise UsageProblem(
                "a commitment is written sha256: and 64 hexadecimal digits.",
                rule="commitment-shape",
            )

    @property
    def fact(self) -> dict[str, str]:
        """The form in which it stands among an event's facts: ``{"sealed": "sha256:…"}``."""
        return {_KEY: self.text}


@dataclass(frozen=True, slots=True)
class Opening:
    """The salt and value that open a commitment: the part to keep erasable, never in an event."""

    salt: bytes = field(repr=False)
    value: Json = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_SIZE:
            raise UsageProblem(
                f"a salt must be {SALT_SIZE} random bytes; this one has {len(self.salt)}.",
                remedy="Pass secrets.token_bytes(32), fresh for every fact.",
                rule="salt-size",
            )
        canonical_bytes(self.value)  # refuses what could not be checked later
        object.__setattr__(self, "value", frozen(self.value))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A personal fact: its commitment for good, and its opening until it is erased."""

    commitment: Commitment
    opening: Opening | None

    @property
    def erased(self) -> bool:
        """Whether the value can no longer be known from here."""
        return self.opening is None


def commit(value: Json, *, salt: bytes) -> Sealed:
    """How can a personal fact be on the record without being in it?

    Parameters
    ----------
    value
        The personal fact; whatever :func:`canonical_bytes` takes.
    salt
        32 random bytes, fresh for every fact: one used twice would show two equal values equal.

    Returns
    -------
    The commitment, whose ``fact`` goes into the event, and the opening, which is stored apart.

    Raises
    ------
    UsageProblem
        For a salt of another length, or a value without a canonical form.

    Notes
    -----
    Not a way to encrypt: who holds the opening reads the value. A commitment hides the value only
    for as long as its salt is secret or gone.

    References
    ----------
    UK GDPR, art. 17 (erasure). Turan, Barker, Burr and Chen (2010), NIST SP 800-132, §5.1.

    Examples
    --------
    >>> sealed = commit("Band D, Borough 7", salt=bytes(range(32)))
    >>> check_opening(sealed.commitment, sealed.opening)
    ()
    >>> erase(sealed).commitment == sealed.commitment
    True

    Erasing took the value away and left what the record holds exactly as it was.
    """
    opening = Opening(salt, value)
    digest = hashlib.sha256(salt + canonical_bytes(value)).hexdigest()
    return Sealed(Commitment(f"sha256:{digest}"), opening)


def check_opening(commitment: Commitment, opening: Opening) -> tuple[str, ...]:
    """Is this salt and value what was recorded? An empty answer says yes."""
    again = commit(opening.value, salt=opening.salt).commitment
    if hmac.compare_digest(again.text, commitment.text):
        return ()
    return ("the salt and value are not those that were recorded",)


def erase(sealed: Sealed) -> Sealed:
    """The same fact without its salt and value; the event and the tree do not change."""
    return replace(sealed, opening=None)


def list_commitments(facts: Json) -> list[Commitment]:
    """Every commitment among an event's facts, in order, to find what an erasure must reach."""
    return list(_commitments(facts))


def _commitments(facts: Json) -> Iterator[Commitment]:
    if isinstance(facts, Mapping):
        text = facts.get(_KEY)
        if len(facts) == 1 and isinstance(text, str) and _COMMITMENT.fullmatch(text):
            yield Commitment(text)
            return
        for key in sorted(facts):
            yield from _commitments(facts[key])
    elif isinstance(facts, list | tuple):
        for item in facts:
            yield from _commitments(item)
