"""What a page is drawn from: one place's released figures within the release."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import Cell, Period, Signal
from evenhand.disclosure import ReleasedTable
from evenhand.indicators import Indicator, Place, place_label
from evenhand.monitoring.release import Figures, Release

FIELDS = ("ethnicity-self-defined", "ethnicity-officer-perceived")
"""The two ethnicity fields, which stand side by side wherever one of them does."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a block is drawn from: the release, the place's own figures, and its parts'."""

    release: Release
    figures: Figures

    @property
    def place(self) -> Place:
        """The place the page is about."""
        return self.figures.place

    @property
    def label(self) -> str:
        """Its name to a reader."""
        return place_label(self.place)

    @property
    def period(self) -> Period:
        """The months the place has records for."""
        panel = self.release.measured.panel
        return panel.period_of(panel.places.all.index(self.place))

    @property
    def parts(self) -> list[Place]:
        """The places one level below: a service's units, the whole's services."""
        places = self.release.places
        return [p for i, p in enumerate(places) if p != self.place and self._is_part(i)]

    def _is_part(self, position: int) -> bool:
        places = self.release.places
        return places.all[places.parent(position)] == self.place

    def findings_of(self, indicator: Indicator) -> ReleasedTable | None:
        """The place's own findings for one indicator; None where there are none."""
        found = self.figures.findings
        own = found.where(indicator=indicator.id) if found else None
        return own if own and len(own.table) else None

    def changes_of(self, indicator: Indicator) -> ReleasedTable | None:
        """What is worsening or improving at the place for one indicator; None where nothing is."""
        found = self.figures.changes
        own = found.where(indicator=indicator.id) if found else None
        return own if own and len(own.table) else None


def strongest(findings: ReleasedTable | None) -> list[dict[str, Cell]]:
    """Rows that ask for attention and may be shown, most worrying first."""
    if findings is None:
        return []
    worth = (Signal.CONCERN, Signal.WORSENING, Signal.WATCH)
    return [r for r in findings.table.rows() if r["signal"] in worth]
