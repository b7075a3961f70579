"""Reconciliation as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Reconciling(AppConfig):
    """Ledgers of others, and what was decided about each difference."""

    name = "evenhand.web.reconciling"
    label = "reconciling"
