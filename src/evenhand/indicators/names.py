"""How places are named to a reader."""

from __future__ import annotations

from functools import cache

from evenhand.codelists import get_codelist
from evenhand.indicators.places import Place


@cache
def service_label(service: str) -> str:
    """The service's usual name; an unknown one's own identifier, as words."""
    known = get_codelist("police-service").find(service)
    return known.label if known else service.replace("-", " ").title()


def place_label(place: Place) -> str:
    """``Camden (Metropolitan Police)``, ``Metropolitan Police``, or the whole."""
    if not place.service:
        return "all services together"
    if place.unit:
        return f"{place.unit} ({service_label(place.service)})"
    return service_label(place.service)
