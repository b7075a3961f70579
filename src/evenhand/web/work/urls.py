"""Addresses of exceptions, the list of recommendations, and one recommendation.

A recommendation's reference has slashes (``lantern-2019/12/a``), so pages about one are written
``recommendations/<path:ref>/page-name/`` and stand *before* the plain page, which takes the rest.
"""

from __future__ import annotations

from django.urls import path

from evenhand.web.work.views import (
    actions,
    compare,
    erasing,
    evidence,
    exceptions,
    export,
    item,
    items,
    questions,
    spreadsheet,
    updates,
)

app_name = "work"
urlpatterns = [
    path("", exceptions.show, name="exceptions"),
    path("recommendations/", items.show, name="items"),
    path("register.<str:kind>", export.export, name="export"),
    path("questions/", questions.show_all, name="questions"),
    path("questions/<slug:key>/", questions.show, name="question"),
    path("questions/<slug:key>/answer/", questions.answer, name="answer"),
    path("questions/<slug:key>/again/", questions.again, name="ask-again"),
    path("questions/<slug:key>/settle/", questions.settle, name="settle"),
    path("questions/<slug:key>/withdraw/", questions.withdraw, name="withdraw-question"),
    path("actions/", actions.show_all, name="actions"),
    path("actions/<slug:key>/", actions.show, name="action"),
    path("actions/<slug:key>/cover/", actions.cover, name="cover"),
    path("actions/<slug:key>/<slug:verb>/", actions.move, name="move-action"),
    path("evidence/<slug:key>/", evidence.show, name="evidence"),
    path("evidence/<slug:key>/version/", evidence.revise, name="revise-evidence"),
    path("evidence/<slug:key>/use/", evidence.use, name="use-evidence"),
    path("evidence/<slug:key>/review/", evidence.review, name="review-evidence"),
    path("evidence/<slug:key>/withdraw/", evidence.withdraw, name="withdraw-evidence"),
    path("evidence/<slug:key>/file/<int:number>/", evidence.download, name="evidence-file"),
    path("erasure/", erasing.find, name="find-event"),
    path("erasure/<int:event>/", erasing.erase_event, name="erase-event"),
    path("spreadsheet/", spreadsheet.bring_back, name="spreadsheet"),
    path("recommendations/<path:ref>/evidence/", evidence.offer, name="offer-evidence"),
    path("recommendations/<path:ref>/question/", questions.ask, name="ask"),
    path("recommendations/<path:ref>/action/", actions.plan, name="plan-action"),
    path("recommendations/<path:ref>/update/", updates.post, name="post-update"),
    path("recommendations/<path:ref>/history/<int:event>/erase/", erasing.erase, name="erase"),
    path("recommendations/<path:ref>/compare/", compare.compare, name="compare"),
    path("recommendations/<path:ref>/history/", item.history, name="history"),
    path("recommendations/<path:ref>/", item.show, name="item"),
]
