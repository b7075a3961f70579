"""Addresses of proposals and decisions; those of the public side are in :mod:`.public_urls`."""

from __future__ import annotations

from django.urls import path

from evenhand.web.releases.views import decisions, proposals

app_name = "releases"
urlpatterns = [
    path("", proposals.show_all, name="list"),
    path("propose/", proposals.propose, name="propose"),
    path("<slug:ref>/", proposals.show, name="show"),
    path("<slug:ref>/approve/", decisions.approve, name="approve"),
    path("<slug:ref>/decline/", decisions.decline, name="decline"),
    path("<slug:ref>/take-back/", decisions.take_back, name="take-back"),
    path("<slug:ref>/withdraw/", decisions.withdraw, name="withdraw"),
]
