"""Make the demo's monitoring site in the home folder, once, telling on stderr how it goes."""

from __future__ import annotations

import sys

from evenhand.core import EvenhandError, Month
from evenhand.datasets.synthetic import START
from evenhand.monitoring.demonstration import Demonstration, demonstrate
from evenhand.publication import is_site
from evenhand.web.home import Home


class _Lines:
    """Progress as lines: the register starts where there may be no terminal to draw a bar on."""

    def rows(self, stage: str, *, files: int, of: int, rows: int) -> None:
        """Nothing between stages: reading the demo takes seconds."""

    def stage(self, stage: str, /) -> None:
        """One line for each stage."""
        _tell(f"  {stage}")

    def pages(self, done: int, total: int, what: str) -> None:  # noqa: ARG002 - named by protocol
        """One line when writing begins."""
        if done <= 1:
            _tell(f"  writing {total:,} pages")


def make_demo_site(home: Home, *, first: Month = START) -> Demonstration | None:
    """Measure the synthetic service into the home folder; None where a site is there already.

    A site that cannot be made does not keep the register from starting: why is said on stderr, and
    the next start tries again.
    """
    if is_site(home.site):
        return None
    _tell("Measuring two years of made-up stop and search; this takes about ten seconds …")
    try:
        return demonstrate(records=home.records, site=home.site, told=_Lines(), first=first)
    except (EvenhandError, OSError) as error:
        _tell(f"The monitoring site could not be made: {error}")
        return None


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
