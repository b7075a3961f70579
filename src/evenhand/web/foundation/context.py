"""What every page shows: who is signed in, as of when, and whether the record is made up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from evenhand.accountability.permissions import (
    may_administer,
    may_enrol,
    may_export_ledger,
    may_keep,
)
from evenhand.accountability.releases import may_see_releases
from evenhand.accountability.roles import VISITOR


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The frame of the page."""
    from evenhand.web.demo.queries import is_demo

    actor = getattr(request, "actor", VISITOR)
    return {
        "actor": actor,
        "as_of": getattr(request, "as_of", None),
        "synthetic": is_demo(),
        "may": {
            "keep": bool(may_keep(actor)),
            "administer": bool(may_administer(actor)),
            "enrol": bool(may_enrol(actor)),
            "export": bool(may_export_ledger(actor)),
            "see_releases": bool(may_see_releases(actor)),
        },
    }
