"""Pure numerics: columns of counts in, columns of estimates out; one question a file."""

from evenhand.stats.columns import Counts, Estimates, Floats, Proportion, Rate, Reason

__all__ = ["Counts", "Estimates", "Floats", "Proportion", "Rate", "Reason"]
