"""Properties hold or they do not: none is judged by the clock of a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
