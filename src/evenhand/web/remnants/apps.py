"""Remnants as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Remnants(AppConfig):
    """Copies that hold erased words."""

    name = "evenhand.web.remnants"
    label = "remnants"
