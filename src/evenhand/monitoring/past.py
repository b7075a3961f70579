"""How a place's months and years were set against its own past, for the method's fold-out."""

from __future__ import annotations

from evenhand.indicators import THRESHOLDS, Indicator

_CONTROL = (
    "u′-chart for a rate, p′-chart for a share: centre line from all months, limits of three "
    "standard deviations times σz, the mean moving range of the z-scores over 1.128 (Laney 2002, "
    "Quality Engineering 14:531–537), since searches follow deployment and months scatter by more "
    "than Poisson or binomial chance. No range is taken across a gap; a place with under 12 months "
    "has no limits. Rules of NHS England’s Making Data Count: a point outside, 7 on one side, 7 "
    "rising or falling, 2 of 3 beyond two thirds of the way to a limit. All months set the limits "
    "they are judged by, and seasons are not taken out."
)
_OF_GROUPS = (
    "Self-defined ethnicity. The group’s rate or share over the comparator’s in the latest 12 "
    "months, over the same in the 12 before: score interval and test of the two-by-two table of "
    "later and earlier events (Miettinen & Nurminen 1985), Benjamini–Hochberg over all groups and "
    "places of one level. A share is taken as events over its base, which errs towards saying "
    "nothing. "
)
_OF_PLACES = (
    "The share in the latest 12 months over that in the 12 before, with Koopman’s interval and "
    "Fisher’s test with mid-p, Benjamini–Hochberg over all places of one level. "
)


def build_past_notes(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """The parts of the method that speak of a place's own past."""
    line = (
        f"Called so from an adjusted p of {THRESHOLDS.watch_p:g} and a distance from 1, on the "
        f"worrying side, grown or shrunk by {THRESHOLDS.notable_change:g} times. Only places with "
        "records in all of the latest 24 months."
    )
    how = _OF_GROUPS if indicator.characteristics else _OF_PLACES
    return ("Month by month", _CONTROL), ("Improving and worsening", how + line)
