"""When a difference in the workforce is worth a member's attention: versioned lines."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.indicators.thresholds import THRESHOLDS, Thresholds


@dataclass(frozen=True, slots=True)
class WorkforceThresholds:
    """The lines between the signals, and the windows that figures are taken over.

    ``ratios`` hold for every comparison of shares and rates, as for stops. A wait is notable when
    it is ``notable_months`` longer, and a place that could not have shown ``detectable_months`` is
    too small to tell. Curves are compared up to the last month, at most ``longest_wait``, at which
    ``followed`` people of both groups are still waiting: beyond it one person moves the curve
    too far. ``anonymous_below`` is the fewest answers a survey figure may rest on, for any reader.
    Of fewer than ``fewest_people`` nothing is called a concern: one of them moves the figure too
    far.
    """

    version: int = 1
    ratios: Thresholds = THRESHOLDS
    notable_months: float = 3.0
    detectable_months: float = 12.0
    longest_wait: int = 240
    followed: int = 10
    anonymous_below: int = 10
    fewest_people: int = 10


WORKFORCE_THRESHOLDS = WorkforceThresholds()
