"""Samples that were drawn, and the decisions in them while they can still be drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.datasets.workforce import WorkforceLake
from evenhand.indicators.workforce.dip_sample import draw_dip_sample
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.measures.models import Sample
from evenhand.web.measures.sampling import build_frame


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One draw as the record holds it."""

    ref: str
    dataset: str
    share: float
    seed: int
    strata: Sequence[Mapping[str, Any]]
    frame_sha256: str
    drawn_sha256: str
    by: str
    recorded_at: datetime

    @property
    def percent(self) -> float:
        """The share drawn, of a hundred."""
        return self.share * 100

    @property
    def size(self) -> int:
        """How many there were."""
        return sum(stratum["size"] for stratum in self.strata)

    @property
    def drawn(self) -> int:
        """How many were drawn."""
        return sum(stratum["drawn"] for stratum in self.strata)


def list_samples(*, as_of: AsOf) -> list[SampleRow]:
    """Every draw, the newest first."""
    return [_build(row) for row in Sample.objects.as_of(as_of.moment).order_by("-recorded_at")]


def get_sample(ref: str, *, as_of: AsOf) -> SampleRow:
    """One draw."""
    found = Sample.objects.as_of(as_of.moment).filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such sample.", rule="sample-exists")
    return _build(found)


def find_keys(sample: SampleRow, lake: WorkforceLake) -> tuple[str, ...] | None:
    """The decisions drawn, drawn again; None where what is loaded is no longer what it was."""
    frame = build_frame(lake, sample.dataset)
    if not frame:
        return None
    again = draw_dip_sample(frame, share=sample.share, seed=sample.seed)
    record = again.as_record()
    same = (record["frame_sha256"], record["drawn_sha256"]) == (
        sample.frame_sha256,
        sample.drawn_sha256,
    )
    return again.keys if same else None


def _build(row: Sample) -> SampleRow:
    return SampleRow(
        row.ref,
        row.dataset,
        float(row.share),
        row.seed,
        row.strata,
        row.frame_sha256,
        row.drawn_sha256,
        row.by,
        row.recorded_at,
    )
