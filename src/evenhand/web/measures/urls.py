"""Addresses of what was measured: findings, one comparison, runs."""

from __future__ import annotations

from django.urls import path

from evenhand.web.measures.views import (
    careers,
    comparison,
    criterion,
    early_warning,
    findings,
    mine,
    outlook,
    overview,
    runs,
    samples,
    targets,
    workbench,
)

app_name = "measures"
urlpatterns = [
    path("", findings.show, name="findings"),
    path("overview/", overview.show, name="overview"),
    path("units/<str:slug>/", overview.unit, name="unit"),
    path("mine/", mine.show, name="mine"),
    path("careers/<str:question>/", careers.show, name="careers"),
    path("targets/", targets.show, name="targets"),
    path("early-warning/", early_warning.show, name="early-warning"),
    path("early-warning/key/", early_warning.set_key, name="set-key"),
    path("outlook/", outlook.show, name="outlook"),
    path("samples/", samples.show_all, name="samples"),
    path("samples/<str:ref>/", samples.show, name="sample"),
    path("workbench/", workbench.show, name="workbench"),
    path("workbench/save/", workbench.save, name="save-measure"),
    path("runs/", runs.show_all, name="runs"),
    path("runs/<str:ref>/", runs.show, name="run"),
    path("runs/<str:ref>/<str:verb>/", runs.move, name="move-run"),
    path("comparisons/<str:key>/", comparison.show, name="comparison"),
    path("comparisons/<str:key>/criterion/", criterion.choose, name="criterion"),
    path("comparisons/<str:key>/note/", comparison.note, name="note"),
    path("comparisons/<str:key>/<str:verb>/", comparison.review, name="review"),
]
