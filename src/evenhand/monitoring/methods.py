"""How each indicator's figures were worked out, for the fold-out beneath them."""

from __future__ import annotations

from evenhand.core import Marker
from evenhand.disclosure import ReleasedTable
from evenhand.indicators import Indicator
from evenhand.monitoring.past import build_past_notes
from evenhand.monitoring.release import Release
from evenhand.publication import MethodNote

_RATE = (
    "Searches of persons are divided by residents times the years observed. Two rates are "
    "compared by their ratio; the interval and the test are exact, conditional on the total, "
    "and count the observed value one half (mid-p)."
)
_SHARE = (
    "What is counted is divided by the searches where it is recorded. Two shares are compared "
    "by their ratio with a score interval; the test is Fisher’s, counting tables as unlikely as "
    "the one seen one half (mid-p)."
)
_RATE_SOURCE = (
    "Garwood 1936 and Byar (Breslow & Day 1987) for rates; conditional exact with mid-p for "
    "their ratio (Lancaster 1961); Benjamini & Hochberg 1995."
)
_SHARE_SOURCE = (
    "Wilson 1927 for shares; Koopman 1984 for their ratio; Fisher 1935 with Lancaster’s mid-p; "
    "Benjamini & Hochberg 1995."
)


def build_method(
    release: Release, indicator: Indicator, findings: ReleasedTable | None
) -> MethodNote:
    """The method note of one indicator at one place."""
    rate = indicator.is_rate
    return MethodNote(
        name="Rates and rate ratios" if rate else "Shares and their ratios",
        how=_RATE if rate else _SHARE,
        definition=indicator.id,
        version=indicator.version,
        interval="95%: Garwood’s exact limits or Byar’s for a rate, mid-p for a ratio"
        if rate
        else "95%: Wilson for a share, Koopman’s score interval for a ratio",
        denominator="residents in the census, times the months with records over twelve"
        if rate
        else indicator.wording.base,
        ethnicity_field="both, side by side: as the person described it and as the officer saw "
        "it. Residents described themselves in the census; set against officer-perceived "
        "searches, two different questions meet."
        if rate
        else "both, side by side",
        unknowns="Not stated and not recorded stay in every total and table, and out of the "
        "groups. The bounds say where the ratio would lie if all of them were in either group.",
        comparisons=_largest_family(findings),
        cautions=indicator.cautions,
        source=_RATE_SOURCE if rate else _SHARE_SOURCE,
        more=(*_STANDING_NOTES, *build_past_notes(indicator), _disclosure_note(release)),
    )


_STANDING_NOTES = (
    (
        "Like for like",
        "Mantel–Haenszel over the parts of the place for a rate, over the object of search for a "
        "share, with Greenland and Robins’ variance (1985).",
    ),
    (
        "Places that stand out",
        "Funnel with exact limits widened by the variance between places (Spiegelhalter 2005, "
        "additive τ²); values drawn together by empirical Bayes (gamma–Poisson or beta–binomial, "
        "marginal likelihood); ranks from the posterior.",
    ),
    (
        "Too small to tell",
        "The smallest ratio that would have been found four times in five at 5%, on the scale of "
        "even variance (root for rates, arcsine for shares).",
    ),
    (
        "Repeated rows",
        "Figures count every row as given. Rows that repeat another exactly may be one search "
        "published twice or two alike; “without exact repeats” counts each once.",
    ),
)


def _disclosure_note(release: Release) -> tuple[str, str]:
    policy = release.policy
    return (
        "Disclosure control",
        f"Policy “{policy.name}” (version {policy.version}), for {policy.audience}.",
    )


def _largest_family(findings: ReleasedTable | None) -> int | None:
    if findings is None:
        return None
    sizes = [n for n in findings.table.cells["comparisons"] if isinstance(n, int)]
    return max((n for n in sizes if not isinstance(n, Marker)), default=None)
