"""The foundation as a Django app, for its template tags."""

from __future__ import annotations

from django.apps import AppConfig


class Foundation(AppConfig):
    """No models of its own."""

    name = "evenhand.web.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Open the read-only tables once all apps are known."""
        from evenhand.web.foundation.admin_site import register_tables

        register_tables()
