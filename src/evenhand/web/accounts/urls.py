"""Addresses of sign-in and sign-out."""

from __future__ import annotations

from django.urls import path

from evenhand.web.accounts.views import sign_in, sign_out

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
]
