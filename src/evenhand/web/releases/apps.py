"""Releases as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Releases(AppConfig):
    """Proposals to publish, and the frozen copies that the public reads."""

    name = "evenhand.web.releases"
    label = "releases"
