"""From files to a cube: contracts, readers, the quality report, quarantine, the lake."""

from evenhand.datasets.cube import Cube, CubeSpec, Dimension, Measure, build_cube
from evenhand.datasets.lake import Lake
from evenhand.datasets.population import Population, load_population
from evenhand.datasets.progress import Progress
from evenhand.datasets.report import Fault, FileReport, Gap, QualityReport
from evenhand.datasets.stops import (
    STOPS,
    STOPS_CUBE,
    Load,
    check_files,
    load_stops,
)

__all__ = [
    "STOPS",
    "STOPS_CUBE",
    "Cube",
    "CubeSpec",
    "Dimension",
    "Fault",
    "FileReport",
    "Gap",
    "Lake",
    "Load",
    "Measure",
    "Population",
    "Progress",
    "QualityReport",
    "build_cube",
    "check_files",
    "load_population",
    "load_stops",
]
