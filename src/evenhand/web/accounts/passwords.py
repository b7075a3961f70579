"""Passwords that nobody chose: long enough, and readable over a telephone."""

from __future__ import annotations

import secrets

PARTS, BYTES = 4, 2


def draw_password() -> str:
    """Sixteen hexadecimal digits in fours: 64 bits, more than any lock-out lets somebody try."""
    return "-".join(secrets.token_hex(BYTES) for _ in range(PARTS))
