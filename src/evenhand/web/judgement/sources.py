"""What became of the measurement behind a figure that a panel judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.loads.queries import list_loads
from evenhand.web.measures.queries import check_run, get_run


@dataclass(frozen=True, slots=True)
class Source:
    """The measurement (a run) that a figure comes from, and what was withdrawn of it since."""

    run: str
    title: str
    withdrawn: bool
    reason: str
    loads: tuple[str, ...]

    @property
    def words(self) -> str:
        """What a reader of the verdict must know; empty while the measurement is relied on."""
        if self.withdrawn:
            told = f"The measurement “{self.title}” ({self.run}) was withdrawn since: {self.reason}"
        elif self.loads:
            told = f"Files that “{self.title}” ({self.run}) was measured from were withdrawn since"
        else:
            return ""
        judged = "The figure is what it was when the panel judged; nothing new relies on it."
        return f"{told.rstrip('. ')}. {judged}"


def find_source(bundle: Mapping[str, Any], *, as_of: AsOf) -> Source | None:
    """The measurement behind a bundle's figure; None where it was not measured here."""
    name = run_of(bundle)
    if not name:
        return None
    try:
        run = get_run(name, as_of=as_of)
    except NotThere:
        return None
    withdrawn = {
        load.ref for load in list_loads(as_of=as_of)
        if not load.stands and load.ref.removeprefix(f"{load.dataset}-") in run.loads
    }  # fmt: skip
    return Source(run.ref, run.title, not run.stands, run.reason, tuple(sorted(withdrawn)))


def run_of(bundle: Mapping[str, Any]) -> str:
    """The reference of the run that the figure of a bundle is from; empty where it is from none."""
    if bundle["criterion"].get("kind") != MeasureKind.INDICATOR:
        return ""
    return str(bundle["figure"].get("reference", "")).rpartition("/")[0]


def is_intact(run: str, *, as_of: AsOf) -> bool:
    """Whether every figure of a run is still the one whose hash the ledger holds."""
    try:
        return check_run(run, as_of=as_of)
    except NotThere:
        return False


def tell_change(now: Mapping[str, Any], then: Mapping[str, Any]) -> str:
    """How a figure measured here is not what was put before the panel; empty where it is."""
    figure, shown = now["figure"], then["figure"]
    if figure == shown or then["criterion"].get("kind") != MeasureKind.INDICATOR:
        return ""
    name = shown.get("reference") or figure.get("reference") or then["criterion"]["title"]
    return (
        f"the figure {name} is {_said(figure)} in the measures, and was {_said(shown)} when judged"
    )


def _said(figure: Mapping[str, Any]) -> str:
    value, low, high = (figure.get(name) for name in ("value", "low", "high"))
    if value is None:
        return "absent"
    ends = f" ({low} to {high})" if low is not None else ""
    return f"{value}{ends}, met for {figure['met_months']} months"
