"""The register as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Register(AppConfig):
    """What the service was told, who owns it, and how it is connected."""

    name = "evenhand.web.register"
    label = "register"
