"""Addresses of exceptions, the list of recommendations, and one recommendation.

A recommendation's reference has slashes (``lantern-2019/12/a``), so pages about one are written
``recommendations/<path:ref>/page-name/`` and stand *before* the plain page, which takes the rest.
"""

from __future__ import annotations

from django.urls import path

from evenhand.web.work.views import erasing, exceptions, export, item, items, spreadsheet, updates

app_name = "work"
urlpatterns = [
    path("", exceptions.show, name="exceptions"),
    path("recommendations/", items.show, name="items"),
    path("register.<str:kind>", export.export, name="export"),
    path("spreadsheet/", spreadsheet.bring_back, name="spreadsheet"),
    path("recommendations/<path:ref>/update/", updates.post, name="post-update"),
    path("recommendations/<path:ref>/history/<int:event>/erase/", erasing.erase, name="erase"),
    path("recommendations/<path:ref>/history/", item.history, name="history"),
    path("recommendations/<path:ref>/", item.show, name="item"),
]
