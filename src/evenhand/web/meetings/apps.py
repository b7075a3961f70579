"""Meetings as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Meetings(AppConfig):
    """Commissions, meetings, snapshots and papers."""

    name = "evenhand.web.meetings"
    label = "meetings"
