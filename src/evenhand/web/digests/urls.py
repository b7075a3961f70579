"""Addresses of what somebody owes and was sent."""

from __future__ import annotations

from django.urls import path

from evenhand.web.digests import views

app_name = "digests"
urlpatterns = [
    path("", views.owed, name="owed"),
    path("digests/<int:year>/<int:week>/", views.digest, name="digest"),
]
