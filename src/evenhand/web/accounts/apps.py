"""Accounts as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Parties, users and roles."""

    name = "evenhand.web.accounts"
    label = "accounts"
