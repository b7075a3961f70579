"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Ledger(AppConfig):
    """Events, the tree over them, and the checkpoints that sign for it."""

    name = "evenhand.web.ledger"
    label = "ledger"
