"""Sign in by password and out again. An SSO backend signs in elsewhere and comes back the same."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponseBase

from evenhand.web.foundation.pages import anybody, page

_sign_in = LoginView.as_view(
    template_name="accounts/sign_in.html", redirect_authenticated_user=True
)
_sign_out = LogoutView.as_view(next_page="accounts:sign-in")


@page(anybody)
def sign_in(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """The sign-in form; five wrong passwords lock the name out for a quarter of an hour."""
    return _sign_in(request, **kwargs)


@page(anybody)
def sign_out(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """Sign out, by a form only: a link could be planted elsewhere."""
    return _sign_out(request, **kwargs)
