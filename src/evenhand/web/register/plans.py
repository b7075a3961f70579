"""What is to be put on the register, as values: a report as accepted by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.accountability.scales import Scale


@dataclass(frozen=True, slots=True)
class RecommendationPlan:
    """One recommendation with its sub-items. ``text`` is the exact published wording.

    ``number`` is the number or letter as printed, without brackets; ``themes`` are references of
    themes that exist; ``addressed_to`` a party's reference; ``level`` a level of the publication's
    scale that the report itself states, as at its date.
    """

    number: str
    text: str
    heading: str = ""
    title: str = ""
    page: str = ""
    addressed_to: str = ""
    themes: tuple[str, ...] = ()
    level: str = ""
    items: tuple[RecommendationPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """A report: its inquiry must exist; a scale that is not yet known is added with it.

    ``makes_none``: a person says that the report makes no recommendations of its own, as a progress
    report that is on the register for what it tells.
    """

    ref: str
    inquiry: str
    title: str
    published_on: date
    scale: Scale
    recommendations: tuple[RecommendationPlan, ...]
    edition: int = 1
    author: str = ""
    report_number: str = ""
    source_sha256: str = ""
    makes_none: bool = False

    def walk(self) -> Iterator[tuple[str, str, RecommendationPlan]]:
        """Every recommendation and sub-item as printed: its reference, its parent's, itself."""
        for top in self.recommendations:
            ref = f"{self.ref}/{top.number}"
            yield ref, "", top
            for item in top.items:
                yield f"{ref}/{item.number}", ref, item
