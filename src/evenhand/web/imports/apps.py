"""The app of imports."""

from __future__ import annotations

from django.apps import AppConfig


class Imports(AppConfig):
    """Papers that wait to be accepted, and those that were."""

    name = "evenhand.web.imports"
    label = "imports"
