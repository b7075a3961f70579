"""What is proposed or recorded, as values that commands take and forms make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evenhand.accountability.judgement import Criterion, Reading
from evenhand.core import UsageProblem
from evenhand.web.judgement.choices import MeasureKind


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion as it is proposed: the measure, and the pure value that it is held to.

    An indicator of ours is named with its scope; a figure from outside with where it comes from.
    """

    kind: MeasureKind
    title: str
    criterion: Criterion
    source: str = ""
    indicator: str = ""
    unit: str = ""
    characteristic: str = ""
    group: str = ""
    comparator: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise UsageProblem("a criterion says what is measured.", rule="criterion-shape")
        if self.kind == MeasureKind.INDICATOR and not self.indicator.strip():
            raise UsageProblem("choose the indicator.", rule="criterion-shape")
        if self.kind == MeasureKind.EXTERNAL and not self.source.strip():
            raise UsageProblem(
                "a figure from outside names its source: who publishes it, and where.",
                rule="criterion-shape",
            )

    @property
    def scope(self) -> dict[str, str]:
        """The indicator with its scope."""
        return {
            "indicator": self.indicator,
            "unit": self.unit,
            "characteristic": self.characteristic,
            "group": self.group,
            "comparator": self.comparator,
        }


def check_figure(reading: Reading) -> Reading:
    """Refuse a figure without a source: somebody must be able to find it again."""
    if not reading.source.strip():
        raise UsageProblem("a figure names its source.", rule="figure-has-a-source")
    return reading


def spell_reading(reading: Reading, spell: Any) -> dict[str, Any]:
    """A figure as the ledger spells it."""
    return {
        "from": reading.start.isoformat(),
        "to": reading.end.isoformat(),
        "value": spell(reading.value),
        "low": spell(reading.low),
        "high": spell(reading.high),
        "detectable": spell(reading.detectable),
        "count": reading.count,
        "of": spell(reading.of),
        "absent": reading.absent,
        "source": reading.source,
        "reference": reading.reference,
    }
