"""Pure numerics: columns of counts in, columns of estimates out; one question a file."""

from evenhand.stats.chance import (
    conditional_rate_test,
    fisher,
)
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
    PValues,
    Rate,
    Reason,
)
from evenhand.stats.composite import (
    Composite,
    RankSpread,
    composite,
    rank_uncertainty,
    weight_sensitivity,
)
from evenhand.stats.cox import (
    CoxFit,
    cox,
)
from evenhand.stats.drivers import (
    Drivers,
    driver_analysis,
)
from evenhand.stats.funnel import (
    NINETY_NINE_POINT_EIGHT,
    Funnel,
    funnel,
)
from evenhand.stats.funnel_limits import (
    Band,
    proportion_limits,
    rate_limits,
)
from evenhand.stats.homogeneity import (
    breslow_day,
    rate_ratio_homogeneity,
)
from evenhand.stats.indirect_standardisation import (
    StandardisedRatio,
    expected_events,
    indirect_ratio,
    observed_over_expected,
)
from evenhand.stats.kaplan_meier import (
    Curve,
    Reach,
    WaitingTimes,
    kaplan_meier,
    waiting_time,
)
from evenhand.stats.log_rank import (
    LogRank,
    log_rank,
    stratified_log_rank,
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
from evenhand.stats.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    family_size,
)
from evenhand.stats.odds_ratio import (
    odds_ratio,
)
from evenhand.stats.overdispersion import (
    Overdispersion,
    overdispersion,
)
from evenhand.stats.projection import (
    Flows,
    Projection,
    TargetYear,
    project,
    projected_share,
    pull,
    target_year,
)
from evenhand.stats.proportion import (
    proportion,
)
from evenhand.stats.rate import (
    BYAR_FROM,
    rate,
)
from evenhand.stats.rate_ratio import (
    rate_ratio,
)
from evenhand.stats.restricted_mean import (
    restricted_mean,
    restricted_mean_difference,
)
from evenhand.stats.risk_ratio import (
    risk_ratio,
)
from evenhand.stats.spells import (
    Spells,
    build_spells,
)
from evenhand.stats.stage_funnel import (
    StageFunnel,
    stage_funnel,
)
from evenhand.stats.standardisation import (
    Standardised,
    direct_rate,
)
from evenhand.stats.strata import (
    Pooled,
)
from evenhand.stats.survey import (
    Disclosure,
    disclosure_rate,
    favourable_share,
)

__all__ = [
    "BYAR_FROM",
    "NINETY_NINE_POINT_EIGHT",
    "Band",
    "ChiSquared",
    "Composite",
    "Counts",
    "CoxFit",
    "Curve",
    "Disclosure",
    "Drivers",
    "Estimates",
    "Floats",
    "Flows",
    "Funnel",
    "LogRank",
    "Overdispersion",
    "PValues",
    "Pooled",
    "Projection",
    "Proportion",
    "RankSpread",
    "Rate",
    "Reach",
    "Reason",
    "Spells",
    "StageFunnel",
    "Standardised",
    "StandardisedRatio",
    "TargetYear",
    "WaitingTimes",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "breslow_day",
    "build_spells",
    "cochran_mantel_haenszel",
    "composite",
    "conditional_rate_test",
    "cox",
    "direct_rate",
    "disclosure_rate",
    "driver_analysis",
    "expected_events",
    "family_size",
    "favourable_share",
    "fisher",
    "funnel",
    "indirect_ratio",
    "kaplan_meier",
    "log_rank",
    "mantel_haenszel_odds_ratio",
    "mantel_haenszel_rate_difference",
    "mantel_haenszel_rate_ratio",
    "mantel_haenszel_risk_difference",
    "mantel_haenszel_risk_ratio",
    "observed_over_expected",
    "odds_ratio",
    "overdispersion",
    "project",
    "projected_share",
    "proportion",
    "proportion_limits",
    "pull",
    "rank_uncertainty",
    "rate",
    "rate_limits",
    "rate_ratio",
    "rate_ratio_homogeneity",
    "restricted_mean",
    "restricted_mean_difference",
    "risk_ratio",
    "stage_funnel",
    "stratified_log_rank",
    "target_year",
    "waiting_time",
    "weight_sensitivity",
]
