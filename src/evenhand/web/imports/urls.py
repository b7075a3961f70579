"""Addresses of the import. The empty beginning is the list of papers that wait."""

from __future__ import annotations

from django.urls import path

from evenhand.web.imports.views import bring, correct, decide, look

app_name = "imports"
urlpatterns = [
    path("", bring.bring, name="bring"),
    path("<slug:ref>/", look.preview, name="preview"),
    path("<slug:ref>/report/", correct.correct_head, name="correct-head"),
    path("<slug:ref>/add/", correct.add_line, name="add-line"),
    path("<slug:ref>/recommendations/<str:key>/", correct.correct_line, name="correct-line"),
    path("<slug:ref>/accept/", decide.accept, name="accept"),
    path("<slug:ref>/discard/", decide.discard, name="discard"),
]
