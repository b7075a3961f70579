"""The API as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Api(AppConfig):
    """Tokens, and the routes that ask for them."""

    name = "evenhand.web.api"
    label = "api"
