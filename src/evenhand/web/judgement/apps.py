"""Judgement as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Judgement(AppConfig):
    """Criteria, claims, panels, sittings, verdicts, outside views and public twins."""

    name = "evenhand.web.judgement"
    label = "judgement"
