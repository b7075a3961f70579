"""Where each place's page stands in the site."""

from __future__ import annotations

from evenhand.indicators import Place
from evenhand.publication import slug

WHOLE_PATH = "all-services"


def page_path(place: Place) -> str:
    """The path of a place's page: stable from release to release, made from its names."""
    if not place.service:
        return WHOLE_PATH
    service = f"services/{slug(place.service)}"
    return f"{service}/{slug(place.unit)}" if place.unit else service
