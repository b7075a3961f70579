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
from evenhand.stats.detectable import (
    Detectable,
    detectable_rate_ratio,
    detectable_risk_ratio,
)
from evenhand.stats.disparity import (
    Comparison,
    LikeForLike,
    compare_groups,
    like_for_like,
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
from evenhand.stats.kappa import (
    Agreement,
    agreement,
    agreement_table,
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
from evenhand.stats.rate_difference import (
    rate_difference,
)
from evenhand.stats.rate_ratio import (
    rate_ratio,
)
from evenhand.stats.recording_effect import (
    RecordingEffect,
    recording_effect,
)
from evenhand.stats.representation import (
    Representation,
    representation,
)
from evenhand.stats.restricted_mean import (
    restricted_mean,
    restricted_mean_difference,
)
from evenhand.stats.risk_difference import (
    risk_difference,
)
from evenhand.stats.risk_ratio import (
    risk_ratio,
)
from evenhand.stats.selection import (
    FOUR_FIFTHS,
    Selection,
    selection,
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
from evenhand.stats.unconditional import (
    unconditional_test,
)
from evenhand.stats.unknowns import (
    UnknownBounds,
    rate_ratio_unknowns,
    risk_ratio_unknowns,
)

__all__ = [
    "BYAR_FROM",
    "FOUR_FIFTHS",
    "NINETY_NINE_POINT_EIGHT",
    "Agreement",
    "Band",
    "ChiSquared",
    "Comparison",
    "Composite",
    "Counts",
    "CoxFit",
    "Curve",
    "Detectable",
    "Disclosure",
    "Drivers",
    "Estimates",
    "Floats",
    "Flows",
    "Funnel",
    "LikeForLike",
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
    "RecordingEffect",
    "Representation",
    "Selection",
    "Spells",
    "StageFunnel",
    "Standardised",
    "StandardisedRatio",
    "TargetYear",
    "UnknownBounds",
    "WaitingTimes",
    "agreement",
    "agreement_table",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "breslow_day",
    "build_spells",
    "cochran_mantel_haenszel",
    "compare_groups",
    "composite",
    "conditional_rate_test",
    "cox",
    "detectable_rate_ratio",
    "detectable_risk_ratio",
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
    "like_for_like",
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
    "rate_difference",
    "rate_limits",
    "rate_ratio",
    "rate_ratio_homogeneity",
    "rate_ratio_unknowns",
    "recording_effect",
    "representation",
    "restricted_mean",
    "restricted_mean_difference",
    "risk_difference",
    "risk_ratio",
    "risk_ratio_unknowns",
    "selection",
    "stage_funnel",
    "stratified_log_rank",
    "target_year",
    "unconditional_test",
    "waiting_time",
    "weight_sensitivity",
]
