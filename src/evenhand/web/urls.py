"""Every address of the application. Each view states its rule; a test holds that."""

from __future__ import annotations

from django.urls import include, path

from evenhand.web.api.routing import list_urls
from evenhand.web.foundation.admin_site import site

urlpatterns = [
    path("public/", include("evenhand.web.releases.public_urls")),
    path("releases/", include("evenhand.web.releases.urls")),
    path("remnants/", include("evenhand.web.remnants.urls")),
    path("tokens/", include("evenhand.web.api.urls")),
    path("owed/", include("evenhand.web.digests.urls")),
    path("reconciling/", include("evenhand.web.reconciling.urls")),
    path("api/v1/", list_urls()),
    path("reports/import/", include("evenhand.web.imports.urls")),
    path("loads/", include("evenhand.web.loads.urls")),
    path("measures/", include("evenhand.web.measures.urls")),
    # Before register and work: its addresses under recommendations/ end in words of their own.
    path("", include("evenhand.web.judgement.urls")),
    path("", include("evenhand.web.register.urls")),
    path("", include("evenhand.web.meetings.urls")),
    # After register: its last address takes whatever is left of recommendations/….
    path("", include("evenhand.web.work.urls")),
    path("accounts/", include("evenhand.web.accounts.urls")),
    path("monitoring/", include("evenhand.web.monitoring.urls")),
    path("ledger/", include("evenhand.web.ledger.urls")),
    path("admin/", site.urls),
]

handler400 = "evenhand.web.imports.views.bring.too_much"
handler404 = "evenhand.web.foundation.views.not_found"
