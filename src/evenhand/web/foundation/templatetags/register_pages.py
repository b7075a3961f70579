"""Tags of the pages: links that keep the viewpoint, versions in forms, dates in words."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import day_of
from evenhand.web.ledger.erasure import Erased

register = template.Library()
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")


@register.simple_tag(takes_context=True)
def link(context: Any, name: str, *args: Any, **query: Any) -> str:
    """The address of a page, looked at from the same day as this one.

    ``{% link "register:item" item.ref %}``; further ``name=value`` become the query.
    """
    as_of = context.get("as_of")
    parts = {key: value for key, value in query.items() if value}
    if as_of is not None and as_of.past:
        parts["as_of"] = as_of.on.isoformat()
    address = reverse(name, args=args)
    return f"{address}?{urlencode(parts)}" if parts else address


@register.simple_tag
def seen(version: int) -> SafeString:
    """The hidden field by which the second of two editors is shown what the first changed."""
    return format_html('<input type="hidden" name="seen" value="{}">', version)


@register.filter
def day(value: date | datetime | None) -> str:
    """``24 May 2007``, in London; an empty text where there is none."""
    if value is None:
        return ""
    on = day_of(value) if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


@register.filter
def iso_day(value: str) -> str:
    """``2007-05-24`` as ``24 May 2007``; any other text unchanged."""
    from evenhand.accountability.releases import day_words

    return day_words(value)


@register.filter
def clock(value: datetime) -> str:
    """``24 May 2007, 14:05``, in London."""
    from evenhand.web.foundation.as_of import LONDON

    local = value.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


@register.simple_tag(takes_context=True)
def narrative(context: Any, text: str, event: int) -> str:
    """Words of an event; where they were erased, when and that the law required it."""
    return narrative_of(text, context.get("erased", {}).get(event))


def narrative_of(text: str, erased: Erased | None) -> str:
    """The words, or that they were erased."""
    if text != ERASED:
        return text
    return f"[Erased on {day(erased.on)}, by law]" if erased else "[Erased, by law]"


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """The value under a key; the key itself where there is none."""
    return mapping.get(key, key)


@register.filter
def told(value: Any) -> str:
    """A fact of an event as a person reads it: lists and parts in words, codes without signs."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return "; ".join(told(each) for each in value) or "None"
    if isinstance(value, dict):
        parts = (
            (words(name), told(part)) for name, part in value.items() if part not in ("", None)
        )
        return ", ".join(f"{name}: {part}" for name, part in parts)
    text = str(value)
    return words(text) if _CODE.fullmatch(text) else text


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value under a key; nothing where there is none."""
    return mapping.get(key)


@register.filter
def count(counter: Any, key: Any) -> int:
    """How many of a kind a counter holds."""
    return int(counter.get(key, 0))


@register.filter
def commas(number: int) -> str:
    """A whole number as it is read: 1,234,567."""
    return f"{number:,}"


@register.filter
def words(code: str) -> str:
    """A code as words: ``due-date.extended`` becomes ``Due date extended``."""
    text = code.replace("-", " ").replace("_", " ").replace(".", " ")
    return text[:1].upper() + text[1:]
