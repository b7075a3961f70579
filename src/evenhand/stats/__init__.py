"""Pure numerics: columns of counts in, columns of estimates out; one question a file."""

from evenhand.stats.chi_squared import (
    ChiSquared,
)
from evenhand.stats.cochran_mantel_haenszel import (
    cochran_mantel_haenszel,
)
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Proportion,
    Rate,
    Reason,
)
from evenhand.stats.homogeneity import (
    breslow_day,
    rate_ratio_homogeneity,
)
from evenhand.stats.mantel_haenszel import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
)
from evenhand.stats.mantel_haenszel_rates import (
    mantel_haenszel_rate_difference,
    mantel_haenszel_rate_ratio,
)
from evenhand.stats.strata import (
    Pooled,
)

__all__ = [
    "ChiSquared",
    "Counts",
    "Estimates",
    "Floats",
    "Pooled",
    "Proportion",
    "Rate",
    "Reason",
    "breslow_day",
    "cochran_mantel_haenszel",
    "mantel_haenszel_odds_ratio",
    "mantel_haenszel_rate_difference",
    "mantel_haenszel_rate_ratio",
    "mantel_haenszel_risk_difference",
    "mantel_haenszel_risk_ratio",
    "rate_ratio_homogeneity",
]
