"""Addresses of what was measured: findings, one comparison, runs."""

from __future__ import annotations

from django.urls import path

from evenhand.web.measures.views import comparison, findings, runs

app_name = "measures"
urlpatterns = [
    path("", findings.show, name="findings"),
    path("runs/", runs.show_all, name="runs"),
    path("runs/<str:ref>/", runs.show, name="run"),
    path("runs/<str:ref>/<str:verb>/", runs.move, name="move-run"),
    path("comparisons/<str:key>/", comparison.show, name="comparison"),
    path("comparisons/<str:key>/note/", comparison.note, name="note"),
    path("comparisons/<str:key>/<str:verb>/", comparison.review, name="review"),
]
