"""The quality report as one page that needs nothing beside it."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from evenhand.datasets import QualityReport


def render_page(report: QualityReport, *, what: str, at: dt.datetime) -> str:
    """The report as HTML under the heading ``what``: no script, no outside file."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["commas"] = lambda number: f"{number:,}"
    template = environment.from_string(
        files("evenhand.cli").joinpath("check_page.html").read_text(encoding="utf-8")
    )
    return template.render(
        report=report,
        what=what,
        at=f"{at:%-d %B %Y, %H:%M} UTC",
        faults=[fault for fault in report.faults if fault.severity != "warning"],
        warnings=[fault for fault in report.faults if fault.severity == "warning"],
    )
