"""Addresses of remnants."""

from __future__ import annotations

from django.urls import path

from evenhand.web.remnants import views

app_name = "remnants"
urlpatterns = [
    path("", views.show_all, name="list"),
    path("<slug:ref>/dismiss/", views.dismiss, name="dismiss"),
]
