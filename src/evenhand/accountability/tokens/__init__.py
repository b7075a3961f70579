"""Tokens: how a machine acts for a person, within their roles, for a purpose, at a pace."""

from evenhand.accountability.tokens.pace import PACE, Pace, Turn, take_turn
from evenhand.accountability.tokens.rules import (
    LONGEST_LIFE,
    TokenFacts,
    TokenScope,
    may_end_token,
    may_hold_token,
    may_use_token,
)

__all__ = [
    "LONGEST_LIFE",
    "PACE",
    "Pace",
    "TokenFacts",
    "TokenScope",
    "Turn",
    "may_end_token",
    "may_hold_token",
    "may_use_token",
    "take_turn",
]
