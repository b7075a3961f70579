"""The work as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Work(AppConfig):
    """What has been said, asked, done and shown."""

    name = "evenhand.web.work"
    label = "work"
