"""Addresses of sign-in and sign-out, and of who there is."""

from __future__ import annotations

from django.urls import path

from evenhand.web.accounts.views import password, people
from evenhand.web.accounts.views.sign import sign_in, sign_out

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("own/", people.own, name="own"),
    path("own/password/", password.change, name="change-password"),
    path("people/", people.show_all, name="people"),
    path("people/add/", people.add, name="add"),
    path("people/<str:ref>/", people.show, name="person"),
    path("people/<str:ref>/leave/", people.leave, name="leave"),
    path("people/<str:ref>/team/", people.join, name="join"),
    path("people/<str:ref>/role/", people.grant, name="grant"),
    path("people/<str:ref>/end-role/", people.end_role, name="end-role"),
    path("people/<str:ref>/account/", people.open_account, name="open-account"),
    path("people/<str:ref>/password/", people.reset, name="reset"),
    path("people/<str:ref>/close/", people.close, name="close"),
]
