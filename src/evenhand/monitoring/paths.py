"""Where each place's page stands in the site."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from evenhand.core import UsageProblem
from evenhand.indicators import Place
from evenhand.publication import slug

WHOLE_PATH = "all-services"

MARK = 6
"""Hex digits that tell names of one slug apart: sixteen million, for a handful of names."""


def build_paths(places: Iterable[Place]) -> dict[Place, str]:
    """The path of every place's page: stable from release to release, made from its names.

    Names that make the same slug (“St Mary’s” and “St. Marys”), or none, are told apart by a few
    digits of their own digest, so that no page takes another's place.
    """
    paths = {place: _path(place) for place in places}
    times = Counter(paths.values())
    return {
        place: path if times[path] == 1 else f"{path}-{_digest(place)}"
        for place, path in paths.items()
    }


def _path(place: Place) -> str:
    if not place.service:
        return WHOLE_PATH
    service = f"services/{_part(place.service, Place(place.service))}"
    return f"{service}/{_part(place.unit, place)}" if place.unit else service


def _part(name: str, place: Place) -> str:
    try:
        return slug(name)
    except UsageProblem:  # no letter or digit that an address can hold
        return f"place-{_digest(place)}"


def _digest(place: Place) -> str:
    return hashlib.sha256(f"{place.service}/{place.unit}".encode()).hexdigest()[:MARK]
