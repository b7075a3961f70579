"""Stop and search records: their contract, their loading, their cube."""

from evenhand.datasets.stops.contract import STOPS
from evenhand.datasets.stops.cube import STOPS_CUBE
from evenhand.datasets.stops.loading import Load, check_files, load_stops

__all__ = ["STOPS", "STOPS_CUBE", "Load", "check_files", "load_stops"]
