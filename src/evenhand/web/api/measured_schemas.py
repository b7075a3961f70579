"""What the API says of measured figures; a field that is not named here is not sent."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class RunOut(Schema):
    """A measurement: of what, from which loads, by which definitions and policies."""

    ref: str
    dataset: str
    title: str
    synthetic: bool
    starts: date
    ends: date
    code_version: str
    definitions: dict[str, int]
    loads: list[str]
    policies: dict[str, int]
    sha256: str
    recorded_at: datetime
    state: str
    reason: str


class RunsOut(Schema):
    """One page of measurements."""

    total: int
    page: int
    pages: int
    rows: list[RunOut]


class IndicatorOut(Schema):
    """An indicator that was measured: its question, its cautions, how often it gave each signal."""

    dataset: str
    indicator: str
    title: str
    question: str
    cautions: list[str]
    comparisons: int
    signals: dict[str, int] = Field(description="Hidden comparisons under “hidden”")


class NamedMeasureOut(Schema):
    """A question to the figures that somebody named: ask ``/measures/figures`` with it."""

    ref: str
    title: str
    by: str
    query: dict[str, str]


class FigureOut(Schema):
    """One comparison as the holder may see it; a number that is not there says why."""

    run: str
    dataset: str
    key: str
    indicator: str
    step: str
    service: str
    unit: str
    characteristic: str
    group: str
    comparator: str
    field: str
    starts: date
    ends: date
    signal: str
    scale: str
    numbers: dict[str, float | None]
    absent: dict[str, str]
    sentence: str
    method: str
    review: str


class FiguresOut(Schema):
    """One page of figures, and for which audience they were made."""

    audience: str = Field(description="The disclosure policy that these figures are under")
    audience_words: str
    total: int
    page: int
    pages: int
    rows: list[FigureOut]
