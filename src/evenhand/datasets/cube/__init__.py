"""Counts in every combination that a question needs, from one reading of the rows."""

from evenhand.datasets.cube.build import Cube, build_cube
from evenhand.datasets.cube.spec import CubeSpec, Dimension, Measure
from evenhand.datasets.cube.statement import build_statement

__all__ = ["Cube", "CubeSpec", "Dimension", "Measure", "build_cube", "build_statement"]
