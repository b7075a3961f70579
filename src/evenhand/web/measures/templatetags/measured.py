"""Filters of the measures' pages: ids as the titles that people know."""

from __future__ import annotations

from django import template

from evenhand.web.measures.names import indicator_title

register = template.Library()


@register.filter
def indicator(ident: str) -> str:
    """The title of an indicator by its id."""
    return indicator_title(ident)
