"""Where the figures of our own indicators come from: the one seam between measuring and judging.

The measures application answers by its query ``list_readings``; anything that answers the same
question can be plugged in instead by :func:`provide` (a test, another store).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol, cast

from django.apps import apps

from evenhand.accountability.judgement import Reading
from evenhand.web.foundation.as_of import AsOf

MEASURES = "evenhand.web.measures"


class Figures(Protocol):
    """The figures of an indicator in one scope, as they were known at a moment."""

    def __call__(
        self,
        *,
        indicator: str,
        unit: str,
        characteristic: str,
        group: str,
        comparator: str,
        as_of: AsOf,
    ) -> Sequence[Reading]:
        """Every figure known, in any order; of two for one period the later corrects."""


_plugged: list[Figures] = []


def provide(figures: Figures) -> Callable[[], None]:
    """Answer from here from now on; the returned function takes it out again."""
    _plugged.append(figures)
    return lambda: _plugged.remove(figures)


def find_provider() -> Figures | None:
    """What answers now: the last plugged in, else the measures application where there is one."""
    if _plugged:
        return _plugged[-1]
    if not apps.is_installed(MEASURES):
        return None
    return cast(Figures, import_module(f"{MEASURES}.queries").list_readings)
