"""A comparison as readings: what a criterion is held against, always as the public may see it."""

from __future__ import annotations

from evenhand.accountability.audiences import Audience
from evenhand.accountability.judgement.readings import Reading
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.measures.models import Figure
from evenhand.web.measures.queries.runs import standing_runs


def list_readings(
    *,
    indicator: str,
    unit: str,
    characteristic: str,
    group: str,
    comparator: str,
    as_of: AsOf,
) -> list[Reading]:
    """The ratio of group to comparator in every run that stands, the earliest months first.

    ``indicator`` may name a step of a ladder or process after a slash, as
    ``workforce-ladder/Sergeant``.
    ``unit`` is the unit's name, or empty for the service as a whole. Of two runs over the same
    months the one recorded last counts. A verdict can be published, so nobody's clearance
    matters here: what is hidden from the public has no figure, and the reading says so.
    """
    ident, _, step = indicator.partition("/")
    rows = Figure.objects.filter(
        run_id__in=standing_runs(as_of),
        policy=Audience.PUBLIC.value,
        indicator=ident,
        step=step,
        unit=unit,
        characteristic=characteristic,
        group=group,
        comparator=comparator,
    ).select_related("run")
    # A single service is its own whole: its row comes after the row over all services.
    ordered = rows.order_by("ends", "service", "run__recorded_at", "run_id")
    by_end = {row.ends: row for row in ordered}
    return [_build(row) for row in by_end.values()]


def _build(row: Figure) -> Reading:
    whole = row.estimate is not None
    interval = (row.low, row.high) if row.low is not None and row.high is not None else (None, None)
    return Reading(
        start=row.starts,
        end=row.ends,
        value=row.estimate,
        low=interval[0] if whole else None,
        high=interval[1] if whole else None,
        detectable=row.detectable,
        count=None if row.count is None else round(row.count),
        of=row.of,
        absent="" if whole else row.absent.get("estimate", "undefined"),
        source=f"{row.run.title}: {row.method}",
        reference=f"{row.run.ref}/{row.key}",
    )
