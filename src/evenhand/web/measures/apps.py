"""The measures as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Measures(AppConfig):
    """Measured figures on the record."""

    name = "evenhand.web.measures"
    label = "measures"
