"""Show the monitoring site as it was written, to whoever may enter the register."""

from __future__ import annotations

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from evenhand.accountability.permissions import may_enter
from evenhand.publication import is_site
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.monitoring.files import MEDIA_TYPES, find_file

FEWER = {"script-src": [NONE], "connect-src": [NONE]}
"""A page of the site needs its style sheet and its pictures, and nothing that runs or fetches."""


@page(may_enter)
@csp_replace(FEWER)  # type: ignore[arg-type]  # it passes every argument on
def show(request: PageRequest, address: str = "") -> HttpResponseBase:
    """A page or file of the site in the home folder; a page that says so where there is none."""
    site = settings.HOME.site
    if not is_site(site):
        if address:
            raise NotThere("no monitoring site has been measured here.", rule="site-is-made")
        return render(request, "monitoring/none.html")
    path = find_file(site, address)
    if path.name == "index.html" and not request.path.endswith(("/", "/index.html")):
        return redirect(f"{request.path}/")  # links of the site are relative to its folders
    return HttpResponse(path.read_bytes(), content_type=MEDIA_TYPES[path.suffix])
