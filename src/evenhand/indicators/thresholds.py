"""When a difference is worth a member's attention: the thresholds, as versioned data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lines between the signals; printed with every release.

    ``notable_ratio``: a ratio nearer to 1 than this is not worth acting on by itself (the
    reciprocal holds below 1: 1.25 and 0.8, the four-fifths convention of the US Uniform Guidelines
    on Employee Selection Procedures, 1978, section 4D). ``notable_change``: by this factor a ratio
    must have moved away from 1, or back, to be called worsening or improving (the same convention,
    put to a place's own past). ``concern_p`` and ``watch_p`` bound the false-discovery rate among
    the findings of one family. ``detectable_ratio``: a place that could not have shown a ratio
    this large is too small to tell. ``visits_per_resident``: above this many events per resident a
    year the residents cannot be the people concerned.
    """

    version: int = 1
    notable_ratio: float = 1.25
    notable_change: float = 1.25
    concern_p: float = 0.01
    watch_p: float = 0.05
    detectable_ratio: float = 2.0
    visits_per_resident: float = 0.2


THRESHOLDS = Thresholds()
