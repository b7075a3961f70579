"""The demo as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Demo(AppConfig):
    """Only the mark that says that this record is made up."""

    name = "evenhand.web.demo"
    label = "demo"
