"""Whether this record is made up."""

from __future__ import annotations

from evenhand.web.demo.models import DemoMark


def is_demo() -> bool:
    """Whether the demo was loaded here."""
    return DemoMark.objects.exists()
