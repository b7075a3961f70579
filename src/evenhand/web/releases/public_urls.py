"""Addresses of the public side. They are promises: a page that moves breaks somebody’s link."""

from __future__ import annotations

from django.urls import path

from evenhand.web.releases.views import public

app_name = "public"
urlpatterns = [
    path("", public.front, name="front"),
    path("inquiries/<str:ref>/", public.inquiry, name="inquiry"),
    path("inquiries/<str:ref>/feed.atom", public.feed, name="inquiry-feed"),
    path("changes/", public.changes, name="changes"),
    path("releases/<int:number>/", public.release, name="release"),
    path("releases/<int:number>/manifest.txt", public.manifest, name="manifest"),
    path("feed.atom", public.feed, name="feed"),
    path("everything.json", public.everything, name="everything"),
    path("recommendations/<path:address>/record.json", public.record_json, name="record-json"),
    path("recommendations/<path:address>/files/<str:name>", public.file, name="file"),
    path("recommendations/<path:address>/", public.record, name="record"),
    path("<str:name>.csv", public.sheet, {"kind": "csv"}, name="csv"),
    path("<str:name>.csv-metadata.json", public.sheet, {"kind": "metadata"}, name="csv-metadata"),
    path("<path:rest>/", public.absent, name="absent"),
]
