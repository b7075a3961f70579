"""Which frozen copies hold words that are about to be erased.

A model whose rows are given out names its kind of copy in ``copy_place`` and tells the texts in it
by ``list_said``. All of them are read: erasure is rare, and databases differ in how they compare.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from evenhand.accountability.remnants import Place, Sought, is_held


@dataclass(frozen=True, slots=True)
class Held:
    """A copy that holds the words, by its kind and key."""

    place: Place
    copy: int


def find_held(sought: Sequence[Sought]) -> list[Held]:
    """Every frozen copy that holds any of these words."""
    if not sought:
        return []
    return [
        Held(Place(model.copy_place), row.pk)
        for model in _list_models()
        for row in model.objects.order_by("pk").iterator(chunk_size=50)
        if _holds(sought, row.list_said())
    ]


def list_texts(text: str) -> list[str]:
    """Every text inside a value in JSON; the text itself where it is none."""
    try:
        return list(_list_leaves(json.loads(text)))
    except ValueError:
        return [text]


def _list_leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _list_leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _list_leaves(each)


def _holds(sought: Iterable[Sought], said: Iterable[str]) -> bool:
    texts = list(said)
    return any(is_held(each, texts) for each in sought)


def _list_models() -> list[Any]:
    return [model for model in apps.get_models() if getattr(model, "copy_place", None)]
