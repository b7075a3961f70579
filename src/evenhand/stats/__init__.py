"""Pure numerics: columns of counts in, columns of estimates out; one question a file."""

from evenhand.stats.chance import (
    conditional_rate_test,
    fisher,
)
from evenhand.stats.changed_ratio import (
    ratio_of_ratios_test,
)
from evenhand.stats.chi_squared import (
    ChiSquared,
)
from evenhand.stats.clustering import (
    proportion_design_effect,
    repeat_inflation,
    widen,
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
from evenhand.stats.control_chart import (
    Baseline,
    ControlChart,
    control_chart,
)
from evenhand.stats.cox import (
    CoxFit,
    cox,
)
from evenhand.stats.cusum import (
    Cusum,
    Watch,
    bernoulli_cusum,
    poisson_cusum,
    poisson_run_length,
)
from evenhand.stats.decomposition import (
    Decomposition,
    kitagawa,
)
from evenhand.stats.detectable import (
    Detectable,
    detectable_rate_ratio,
    detectable_risk_ratio,
)
from evenhand.stats.difference_in_differences import (
    difference_of_differences,
    ratio_of_ratios,
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
from evenhand.stats.estimates_apart import (
    Apart,
    Interval,
    difference_of_estimates,
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
from evenhand.stats.interrupted import (
    Break,
    Interruption,
    interrupted_series,
    interrupted_values,
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
from evenhand.stats.oaxaca_blinder import (
    LinearCells,
    OaxacaBlinder,
    oaxaca_blinder,
)
from evenhand.stats.odds_ratio import (
    odds_ratio,
)
from evenhand.stats.overdispersion import (
    Overdispersion,
    overdispersion,
)
from evenhand.stats.prior_fit import (
    PriorFit,
)
from evenhand.stats.projection import (
    Flows,
    Projection,
    project,
    projected_share,
    pull,
)
from evenhand.stats.proportion import (
    proportion,
)
from evenhand.stats.random_effects import (
    RandomEffects,
    random_effects,
)
from evenhand.stats.ranks import (
    RankIntervals,
    rank_intervals,
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
from evenhand.stats.reaching import (
    TargetYear,
    number_year,
    target_year,
)
from evenhand.stats.recording_effect import (
    RecordingEffect,
    recording_effect,
)
from evenhand.stats.regression import (
    Regression,
    logistic_regression,
    poisson_regression,
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
from evenhand.stats.run_rules import (
    MAKING_DATA_COUNT,
    NELSON,
    WESTERN_ELECTRIC,
    RunRules,
    Signals,
)
from evenhand.stats.selection import (
    FOUR_FIFTHS,
    Selection,
    selection,
)
from evenhand.stats.shrinkage import (
    Shrunken,
    shrink,
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
from evenhand.stats.unconditional_rates import (
    unconditional_rate_test,
)
from evenhand.stats.unknowns import (
    UnknownBounds,
    rate_ratio_unknowns,
    risk_ratio_unknowns,
)

__all__ = [
    "BYAR_FROM",
    "FOUR_FIFTHS",
    "MAKING_DATA_COUNT",
    "NELSON",
    "NINETY_NINE_POINT_EIGHT",
    "WESTERN_ELECTRIC",
    "Agreement",
    "Apart",
    "Band",
    "Baseline",
    "Break",
    "ChiSquared",
    "Comparison",
    "Composite",
    "ControlChart",
    "Counts",
    "CoxFit",
    "Curve",
    "Cusum",
    "Decomposition",
    "Detectable",
    "Disclosure",
    "Drivers",
    "Estimates",
    "Floats",
    "Flows",
    "Funnel",
    "Interruption",
    "Interval",
    "LikeForLike",
    "LinearCells",
    "LogRank",
    "OaxacaBlinder",
    "Overdispersion",
    "PValues",
    "Pooled",
    "PriorFit",
    "Projection",
    "Proportion",
    "RandomEffects",
    "RankIntervals",
    "RankSpread",
    "Rate",
    "Reach",
    "Reason",
    "RecordingEffect",
    "Regression",
    "Representation",
    "RunRules",
    "Selection",
    "Shrunken",
    "Signals",
    "Spells",
    "StageFunnel",
    "Standardised",
    "StandardisedRatio",
    "TargetYear",
    "UnknownBounds",
    "WaitingTimes",
    "Watch",
    "agreement",
    "agreement_table",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "bernoulli_cusum",
    "breslow_day",
    "build_spells",
    "cochran_mantel_haenszel",
    "compare_groups",
    "composite",
    "conditional_rate_test",
    "control_chart",
    "cox",
    "detectable_rate_ratio",
    "detectable_risk_ratio",
    "difference_of_differences",
    "difference_of_estimates",
    "direct_rate",
    "disclosure_rate",
    "driver_analysis",
    "expected_events",
    "family_size",
    "favourable_share",
    "fisher",
    "funnel",
    "indirect_ratio",
    "interrupted_series",
    "interrupted_values",
    "kaplan_meier",
    "kitagawa",
    "like_for_like",
    "log_rank",
    "logistic_regression",
    "mantel_haenszel_odds_ratio",
    "mantel_haenszel_rate_difference",
    "mantel_haenszel_rate_ratio",
    "mantel_haenszel_risk_difference",
    "mantel_haenszel_risk_ratio",
    "number_year",
    "oaxaca_blinder",
    "observed_over_expected",
    "odds_ratio",
    "overdispersion",
    "poisson_cusum",
    "poisson_regression",
    "poisson_run_length",
    "project",
    "projected_share",
    "proportion",
    "proportion_design_effect",
    "proportion_limits",
    "pull",
    "random_effects",
    "rank_intervals",
    "rank_uncertainty",
    "rate",
    "rate_difference",
    "rate_limits",
    "rate_ratio",
    "rate_ratio_homogeneity",
    "rate_ratio_unknowns",
    "ratio_of_ratios",
    "ratio_of_ratios_test",
    "recording_effect",
    "repeat_inflation",
    "representation",
    "restricted_mean",
    "restricted_mean_difference",
    "risk_difference",
    "risk_ratio",
    "risk_ratio_unknowns",
    "selection",
    "shrink",
    "stage_funnel",
    "stratified_log_rank",
    "target_year",
    "unconditional_rate_test",
    "unconditional_test",
    "waiting_time",
    "weight_sensitivity",
    "widen",
]
