"""How one recommendation stands in the judgement of others: what its own page shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.queries.claims import ClaimView, list_claims
from evenhand.web.judgement.queries.criteria import Measured, judge_items
from evenhand.web.judgement.queries.outside import OutsideRow, list_outside_views
from evenhand.web.judgement.queries.verdicts import VerdictView, list_latest_verdicts


@dataclass(frozen=True, slots=True)
class Standing:
    """Measure, claim, verdict and outside views, side by side and never merged."""

    measured: Measured | None
    claim: ClaimView | None
    verdict: VerdictView | None
    outside: tuple[OutsideRow, ...]


def get_standing(item: str, *, as_of: AsOf) -> Standing:
    """How an item stands; every part may be absent."""
    claims = list_claims(as_of=as_of, item=item)
    return Standing(
        judge_items(as_of=as_of, items=[item]).get(item),
        claims[0] if claims else None,
        list_latest_verdicts(as_of=as_of, items=[item]).get(item),
        tuple(list_outside_views(as_of=as_of, item=item)),
    )
