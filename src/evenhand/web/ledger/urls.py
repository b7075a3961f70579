"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from evenhand.web.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.head, name="head"),
    path("ledger.jsonl", views.export, name="export"),
    path("public-key.txt", views.public_key, name="public-key"),
]
