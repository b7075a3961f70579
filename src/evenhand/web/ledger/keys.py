"""The key that signs checkpoints, kept in the home folder and never in the database."""

from __future__ import annotations

from django.conf import settings

from evenhand.accountability.ledger import SigningKey

ORIGIN = "evenhand/ledger"
"""The name under which checkpoints are signed, where the installation has not set its own."""


def load_signing_key() -> SigningKey:
    """The key; its public half is written beside it for whoever wants to check."""
    home = settings.HOME
    key = SigningKey(ORIGIN, home.signing_seed.read_bytes())
    if not home.public_key.exists():
        home.public_key.write_text(key.public.render() + "\n", encoding="utf-8")
    return key
