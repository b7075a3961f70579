"""A place of the figures as the permission rules see it: a unit is ``unit:`` and its slug."""

from __future__ import annotations

from django.utils.text import slugify

from evenhand.accountability.roles import ANYWHERE, Where


def unit_slug(unit: str) -> str:
    """The unit's name as a part of an address."""
    return slugify(unit)


def unit_subject(unit: str) -> str:
    """The reference by which a role is limited to a unit of the figures.

    Examples
    --------
    >>> unit_subject("Birch Cross")
    'unit:birch-cross'
    """
    return f"unit:{slugify(unit)}"


def where_of(unit: str) -> Where:
    """Where a figure sits: in its unit, or in no part of the service."""
    return Where(units=frozenset({unit_subject(unit)})) if unit else ANYWHERE
