"""The loads as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Loads(AppConfig):
    """Files brought and loaded."""

    name = "evenhand.web.loads"
    label = "loads"
