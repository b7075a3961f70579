"""A simulated workforce whose truths are known, for validating every measure of it."""

from evenhand.datasets.synthetic.workforce.shape import (
    BLACK,
    WOMEN,
    FilteringStage,
    Group,
    LosingUnit,
    PlantedTruth,
    SlowerStep,
    WorkforceShape,
    restricted_mean_months,
)
from evenhand.datasets.synthetic.workforce.simulate import SyntheticWorkforce, simulate_workforce

__all__ = [
    "BLACK",
    "WOMEN",
    "FilteringStage",
    "Group",
    "LosingUnit",
    "PlantedTruth",
    "SlowerStep",
    "SyntheticWorkforce",
    "WorkforceShape",
    "restricted_mean_months",
    "simulate_workforce",
]
