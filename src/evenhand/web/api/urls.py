"""Addresses of the pages of tokens; those of the API itself are made in :mod:`.routing`."""

from __future__ import annotations

from django.urls import path

from evenhand.web.api import views

app_name = "tokens"
urlpatterns = [
    path("", views.tokens, name="list"),
    path("<slug:ref>/end/", views.end, name="end"),
]
