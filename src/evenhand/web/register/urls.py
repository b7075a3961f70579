"""Addresses of the register itself: reports, and the commands over one recommendation."""

from __future__ import annotations

from django.urls import path

from evenhand.web.register.views import due_dates, publications

app_name = "register"
urlpatterns = [
    path("reports/", publications.show_all, name="publications"),
    path("recommendations/<path:ref>/due-date/", due_dates.extend, name="extend"),
]
