"""Addresses of reconciliation."""

from __future__ import annotations

from django.urls import path

from evenhand.web.reconciling import views

app_name = "reconciling"
urlpatterns = [
    path("", views.ledgers, name="ledgers"),
    path("<slug:ref>/", views.show, name="show"),
    path("<slug:ref>/answers.csv", views.answers, name="answers"),
    path("<slug:ref>/<path:key>/decide/", views.decide, name="decide"),
]
