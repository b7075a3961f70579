"""How published files become canonical tables: one typed value for each of them."""

from evenhand.datasets.workforce.mappings.catalogue import get_mapping, list_mappings
from evenhand.datasets.workforce.mappings.mapping import Mapping

__all__ = ["Mapping", "get_mapping", "list_mappings"]
