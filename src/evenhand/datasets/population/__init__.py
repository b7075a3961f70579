"""How many people live where, by ethnic group: the denominator of every rate per resident."""

from evenhand.datasets.population.load import load_population
from evenhand.datasets.population.residents import Gap, Incomplete, Population, Unmatched

__all__ = ["Gap", "Incomplete", "Population", "Unmatched", "load_population"]
