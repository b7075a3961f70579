"""One comparison through all the runs that stand, with what analysts have said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenhand.accountability.audiences import Audience
from evenhand.accountability.machines import FINDING
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.measures.models import Figure, FindingNote, FindingReview
from evenhand.web.measures.queries.figures import FigureRow, build_row
from evenhand.web.measures.queries.runs import standing_runs


@dataclass(frozen=True, slots=True)
class Review:
    """What an analyst decided of a comparison in one run."""

    state: str
    reason: str
    by: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside a comparison."""

    run: str
    text: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison, the latest months last; of two runs over the same months the later counts."""

    key: str
    series: tuple[FigureRow, ...]
    review: Review

    @property
    def latest(self) -> FigureRow:
        """The figure that counts."""
        return self.series[-1]


def get_comparison(key: str, *, as_of: AsOf, audience: Audience) -> Comparison:
    """The series of one comparison as this audience may see it."""
    rows = Figure.objects.filter(
        key=key, policy=audience.value, run_id__in=standing_runs(as_of)
    ).select_related("run")
    by_end = {row.ends: row for row in rows.order_by("ends", "run__recorded_at", "run_id")}
    if not by_end:
        raise NotThere("there is no such comparison in any measurement.", rule="figure-exists")
    reviews = {
        each.run_id: each for each in FindingReview.objects.as_of(as_of.moment).filter(key=key)
    }
    series = tuple(build_row(row, _state(reviews.get(row.run_id))) for row in by_end.values())
    return Comparison(key, series, _review(reviews.get(list(by_end.values())[-1].run_id)))


def list_notes(key: str, *, as_of: AsOf) -> list[Note]:
    """Every remark on a comparison, the newest first."""
    rows = FindingNote.objects.as_of(as_of.moment).filter(key=key).select_related("run")
    return [
        Note(row.run.ref, row.text, row.by, row.recorded_at)
        for row in rows.order_by("-recorded_at", "-pk")
    ]


def _state(review: FindingReview | None) -> str:
    return review.state if review else FINDING.start


def _review(row: FindingReview | None) -> Review:
    if row is None:
        return Review(FINDING.start, "", "", None)
    return Review(row.state, row.reason, row.by, row.recorded_at)
