"""Digests as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Digests(AppConfig):
    """What was sent to whom, in which week."""

    name = "evenhand.web.digests"
    label = "digests"
