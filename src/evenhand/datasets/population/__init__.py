"""How many people live where, by ethnic group: the denominator of every rate per resident."""

from evenhand.datasets.population.keeping import (
    KeptResidents,
    check_residents,
    find_kept,
    keep_residents,
    read_residents,
)
from evenhand.datasets.population.load import load_population
from evenhand.datasets.population.residents import Gap, Incomplete, Population, Unmatched

__all__ = [
    "Gap",
    "Incomplete",
    "KeptResidents",
    "Population",
    "Unmatched",
    "check_residents",
    "find_kept",
    "keep_residents",
    "load_population",
    "read_residents",
]
