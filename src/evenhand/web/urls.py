"""Every address of the application. Each view states its rule; a test holds that."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("evenhand.web.work.urls")),
    path("", include("evenhand.web.register.urls")),
    path("accounts/", include("evenhand.web.accounts.urls")),
    path("ledger/", include("evenhand.web.ledger.urls")),
    path("admin/", admin.site.urls),
]
