"""What the API says and takes when something is imported, field by field."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class FaultOut(Schema):
    """Something that must be put right before a paper is accepted."""

    where: str
    name: str
    problem: str


class LineOut(Schema):
    """A recommendation or part as it would be recorded."""

    key: str
    number: str
    text: str
    left_out: bool
    doubts: int


class PaperOut(Schema):
    """A paper that was brought: what would be recorded, and what is to be put right."""

    ref: str
    state: str
    publication: str
    title: str
    counts: dict[str, int]
    faults: list[FaultOut]
    lines: list[LineOut]


class HeadIn(Schema):
    """Corrections to the head of a paper; what is left out stays as it was read."""

    title: str | None = None
    ref: str | None = None
    inquiry: str | None = None
    new_inquiry: str | None = None
    published_on: date | None = None
    author: str | None = None
    report_number: str | None = None
    edition: int | None = Field(None, ge=1, le=32767)
    scale: str | None = None
    addressed_to: str | None = None
    makes_none: bool | None = None


class AcceptedOut(Schema):
    """Where the paper is on the register."""

    publication: str


class ChangeOut(Schema):
    """One cell that would change."""

    line: int
    ref: str
    column: str
    before: str
    after: str


class SheetFaultOut(Schema):
    """One cell that is refused."""

    line: int
    ref: str
    column: str
    rule: str
    problem: str


class SheetOut(Schema):
    """An edited register against the register as it stands."""

    sha256: str
    rows: int
    changes: list[ChangeOut]
    faults: list[SheetFaultOut]


class AppliedOut(Schema):
    """How many changes are on the record."""

    changes: int
