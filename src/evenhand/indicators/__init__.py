"""Definitions of what is measured, and the findings they give."""

from evenhand.indicators.characteristics import Characteristic, Group, people_of
from evenhand.indicators.definition import RESIDENTS, Direction, Indicator, Wording
from evenhand.indicators.findings import PLAIN
from evenhand.indicators.like_for_like import name_like_for_like
from evenhand.indicators.measure import Measured, measure_stops
from evenhand.indicators.names import place_label, service_label
from evenhand.indicators.places import Place, Places
from evenhand.indicators.stops import STOPS
from evenhand.indicators.thresholds import THRESHOLDS, Thresholds
from evenhand.indicators.underlying import is_underlying

__all__ = [
    "PLAIN",
    "RESIDENTS",
    "STOPS",
    "THRESHOLDS",
    "Characteristic",
    "Direction",
    "Group",
    "Indicator",
    "Measured",
    "Place",
    "Places",
    "Thresholds",
    "Wording",
    "is_underlying",
    "measure_stops",
    "name_like_for_like",
    "people_of",
    "place_label",
    "service_label",
]
