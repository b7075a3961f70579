"""Search as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Search(AppConfig):
    """Passages and the database's own full-text index over them."""

    name = "evenhand.web.search"
    label = "search"
