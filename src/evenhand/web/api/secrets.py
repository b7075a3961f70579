"""The secret of a token: drawn here, shown once, and known afterwards only by its hash."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "evh_"
"""By which a scanner for leaked secrets, and a person, knows what it is."""

BYTES = 32  # 256 bits: no salt and no slow hash are needed for what cannot be guessed


def draw_secret() -> str:
    """A new secret."""
    return f"{PREFIX}{secrets.token_urlsafe(BYTES)}"


def hash_secret(secret: str) -> str:
    """By what it is known."""
    return hashlib.sha256(secret.encode()).hexdigest()
