"""Addresses of the monitoring site: those of its files, below ``monitoring/``."""

from __future__ import annotations

from django.urls import path

from evenhand.web.monitoring.views import show

app_name = "monitoring"
urlpatterns = [
    path("", show, name="front"),
    path("<path:address>", show, name="file"),
]
