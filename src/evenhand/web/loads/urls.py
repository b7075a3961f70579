"""Addresses of the loads."""

from __future__ import annotations

from django.urls import path

from evenhand.web.loads.views import bring, formats, loaded, work

app_name = "loads"
urlpatterns = [
    path("", loaded.show_all, name="loads"),
    path("bring/", bring.bring, name="bring"),
    path("brought/<str:ref>/", bring.show, name="brought"),
    path("brought/<str:ref>/confirm/", bring.confirm, name="confirm"),
    path("brought/<str:ref>/discard/", bring.discard, name="discard"),
    path("agreement/", loaded.show_agreement, name="agreement"),
    path("formats/", formats.show_all, name="formats"),
    path("formats/<str:dataset>/", formats.show, name="format"),
    path("formats/<str:dataset>/template.csv", formats.download_csv, name="template-csv"),
    path("formats/<str:dataset>/template.xlsx", formats.download_workbook, name="template-xlsx"),
    path("work/<str:job>/", work.show, name="work"),
    path("work/<str:job>/again/", work.resume, name="resume"),
    path("<str:ref>/", loaded.show, name="load"),
    path("<str:ref>/withdraw/", loaded.withdraw, name="withdraw"),
]
